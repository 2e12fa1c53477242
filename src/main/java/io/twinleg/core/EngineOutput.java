package io.twinleg.core;

import io.twinleg.core.event.Command;
import io.twinleg.core.event.LogEvent;
import java.util.List;

/** What an event led to: commands to be sent, in order, and lines to be told. */
public record EngineOutput(List<Command> commands, List<LogEvent> notes) {
  public EngineOutput {
    commands = List.copyOf(commands);
    notes = List.copyOf(notes);
  }
}
