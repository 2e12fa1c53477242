package io.twinleg.core.execution;

import io.twinleg.core.event.Command;
import io.twinleg.core.model.OrderIntent;
import java.util.Optional;

/** Where actions go. An order comes back only if risk let it pass. */
public interface CommandSink {
  Optional<Command.PlaceOrder> place(OrderIntent intent);

  void send(Command command);
}
