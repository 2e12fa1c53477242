package io.hypercarry.core.execution;

import io.hypercarry.core.event.Command;
import io.hypercarry.core.model.OrderIntent;
import java.util.Optional;

/** Where actions go. An order comes back only if risk let it pass. */
public interface CommandSink {
  Optional<Command.PlaceOrder> place(OrderIntent intent);

  void send(Command command);
}
