package io.twinleg.core.execution;

import io.twinleg.core.event.Command;
import io.twinleg.core.event.Command.CancelOrder;
import io.twinleg.core.event.Command.QueryAccount;
import io.twinleg.core.event.Command.QueryOrder;
import io.twinleg.core.model.OrderIntent;

/**
 * What a state wants done. An order has to pass the risk gate first; a cancel or a question never
 * has.
 */
public sealed interface PairAction {
  record Place(OrderIntent intent) implements PairAction {}

  record Cancel(CancelOrder command) implements PairAction {}

  record Ask(QueryOrder command) implements PairAction {}

  record Burn(Command.InvalidateNonce command) implements PairAction {}

  record AskAccount(QueryAccount command) implements PairAction {}
}
