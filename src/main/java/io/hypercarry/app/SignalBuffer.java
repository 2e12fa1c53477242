package io.hypercarry.app;

import io.hypercarry.core.event.Fact;
import io.hypercarry.core.event.Fact.OperatorCommand.Operation;
import io.hypercarry.runner.OperatorInput;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is said to this process, kept until the run is there to hear it. */
final class SignalBuffer {
  private final List<Fact.OperatorCommand> early = new ArrayList<>();
  private Optional<OperatorInput> operators = Optional.empty();
  private int stops;

  /** The first signal ends cleanly, the second fast. */
  synchronized void signal(String name) {
    stops++;
    say(new Fact.OperatorCommand(stops == 1 ? Operation.STOP : Operation.STOP_FAST, name));
  }

  synchronized void say(Fact.OperatorCommand word) {
    operators.ifPresentOrElse(listening -> listening.say(word), () -> early.add(word));
  }

  synchronized void connect(OperatorInput listening) {
    early.forEach(listening::say);
    early.clear();
    operators = Optional.of(listening);
  }
}
