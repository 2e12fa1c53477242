package io.twinleg.core;

import io.twinleg.core.event.Command;
import io.twinleg.core.event.LogEvent;
import java.util.ArrayList;
import java.util.List;

/** What one event leads to: commands to be sent in their order, and lines for the log. */
public record EngineOutput(List<Command> commands, List<LogEvent> log) {
  public EngineOutput {
    commands = List.copyOf(commands);
    log = List.copyOf(log);
  }

  /** Collects the output of one event. Orders are numbered, so that a replay gives the same ids. */
  static final class Builder {
    private final List<Command> commands = new ArrayList<>();
    private final List<LogEvent> log = new ArrayList<>();
    private int orders;

    void send(Command command) {
      commands.add(command);
    }

    void log(LogEvent line) {
      log.add(line);
    }

    /**
     * The number of the order that is sent after so many more, from 0; counted when it is sent by
     * {@link #sendOrder}.
     */
    int ordinal(int more) {
      return orders + more;
    }

    void sendOrder(Command.PlaceOrder order) {
      orders++;
      commands.add(order);
    }

    EngineOutput build() {
      return new EngineOutput(commands, log);
    }
  }
}
