package io.twinleg.bootstrap;

import io.twinleg.core.event.Event;
import io.twinleg.core.event.Event.OperatorCommand.Operation;
import io.twinleg.runtime.OperatorInput;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The signals and commands to this process, kept until the run can take them. Thread-safe. */
public final class SignalBuffer {
  private final List<Event.OperatorCommand> commands = new ArrayList<>();
  private @Nullable OperatorInput operators;
  private @Nullable VenueWait start;
  private int stops;

  /** The first signal ends the run cleanly, the second fast. */
  public synchronized void signal(String name) {
    stops++;
    add(new Event.OperatorCommand(stops == 1 ? Operation.STOP : Operation.STOP_FAST, name));
    if (start != null) {
      start.stop();
    }
  }

  public synchronized void add(Event.OperatorCommand command) {
    commands.add(command);
    if (operators != null) {
      operators.submit(command);
    }
  }

  /** A start that is stopped by a signal, also by one that has come already. */
  synchronized void stops(VenueWait wait) {
    start = wait;
    if (stops > 0) {
      wait.stop();
    }
  }

  /** A start that is begun again is given everything again: its engine is a new one. */
  synchronized void connect(OperatorInput input) {
    commands.forEach(input::submit);
    operators = input;
  }
}
