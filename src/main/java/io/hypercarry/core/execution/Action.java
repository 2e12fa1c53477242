package io.hypercarry.core.execution;

import io.hypercarry.core.event.Command.BurnNonce;
import io.hypercarry.core.event.Command.CancelOrder;
import io.hypercarry.core.event.Command.QueryAccount;
import io.hypercarry.core.event.Command.QueryOrder;
import io.hypercarry.core.model.OrderIntent;

/**
 * What a state wants done. An order has to pass the risk gate first; a cancel or a question never
 * has.
 */
public sealed interface Action {
  record Place(OrderIntent intent) implements Action {}

  record Cancel(CancelOrder command) implements Action {}

  record Ask(QueryOrder command) implements Action {}

  record Burn(BurnNonce command) implements Action {}

  record AskAccount(QueryAccount command) implements Action {}
}
