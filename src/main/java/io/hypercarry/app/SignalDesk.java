package io.hypercarry.app;

import io.hypercarry.core.event.Fact.OperatorCommanded;
import io.hypercarry.core.event.Fact.OperatorCommanded.Operation;
import io.hypercarry.runner.Operators;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is said to this process, kept until the run is there to hear it. */
final class SignalDesk {
  private final List<OperatorCommanded> early = new ArrayList<>();
  private Optional<Operators> operators = Optional.empty();
  private int stops;

  /** The first signal ends cleanly, the second fast. */
  synchronized void signal(String name) {
    stops++;
    say(new OperatorCommanded(stops == 1 ? Operation.STOP : Operation.STOP_FAST, name));
  }

  synchronized void say(OperatorCommanded word) {
    operators.ifPresentOrElse(listening -> listening.say(word), () -> early.add(word));
  }

  synchronized void connect(Operators listening) {
    early.forEach(listening::say);
    early.clear();
    operators = Optional.of(listening);
  }
}
