package io.twinleg.cli;

import io.twinleg.core.event.Event;
import io.twinleg.core.event.Event.OperatorCommand.Operation;
import io.twinleg.runtime.OperatorInput;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is said to this process, kept until the run is there to hear it. */
final class SignalBuffer {
  private final List<Event.OperatorCommand> early = new ArrayList<>();
  private Optional<OperatorInput> operators = Optional.empty();
  private int stops;

  /** The first signal ends cleanly, the second fast. */
  synchronized void signal(String name) {
    stops++;
    say(new Event.OperatorCommand(stops == 1 ? Operation.STOP : Operation.STOP_FAST, name));
  }

  synchronized void say(Event.OperatorCommand word) {
    operators.ifPresentOrElse(listening -> listening.submit(word), () -> early.add(word));
  }

  synchronized void connect(OperatorInput listening) {
    early.forEach(listening::submit);
    early.clear();
    operators = Optional.of(listening);
  }
}
