package io.twinleg.core.execution;

import io.twinleg.core.event.Command;
import io.twinleg.core.model.OrderIntent;
import java.util.Optional;

/** Where actions go. An order comes back only if risk approved it. */
public interface CommandSink {
  /**
   * @param widerExit whether an exit under way is forced, at twice the slippage
   */
  Optional<Command.PlaceOrder> place(OrderIntent intent, boolean widerExit);

  void send(Command command);
}
