package io.twinleg.bootstrap;

import io.twinleg.core.event.Event;
import io.twinleg.core.event.Event.OperatorCommand.Operation;
import io.twinleg.runtime.OperatorInput;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The signals and commands to this process, kept until the run can take them. Thread-safe. */
public final class SignalBuffer {
  private final List<Event.OperatorCommand> early = new ArrayList<>();
  private @Nullable OperatorInput operators;
  private int stops;

  /** The first signal ends the run cleanly, the second fast. */
  public synchronized void signal(String name) {
    stops++;
    add(new Event.OperatorCommand(stops == 1 ? Operation.STOP : Operation.STOP_FAST, name));
  }

  public synchronized void add(Event.OperatorCommand command) {
    if (operators == null) {
      early.add(command);
    } else {
      operators.submit(command);
    }
  }

  synchronized void connect(OperatorInput input) {
    early.forEach(input::submit);
    early.clear();
    operators = input;
  }
}
