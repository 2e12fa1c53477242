package io.hypercarry.core.execution;

import io.hypercarry.core.event.Command;
import io.hypercarry.core.event.Command.CancelOrder;
import io.hypercarry.core.event.Command.QueryAccount;
import io.hypercarry.core.event.Command.QueryOrder;
import io.hypercarry.core.model.OrderIntent;

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
