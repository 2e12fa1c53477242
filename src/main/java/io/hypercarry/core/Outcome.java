package io.hypercarry.core;

import io.hypercarry.core.event.Command;
import io.hypercarry.core.event.Note;
import java.util.List;

/** What an event led to: commands to be sent, in order, and lines to be told. */
public record Outcome(List<Command> commands, List<Note> notes) {
  public Outcome {
    commands = List.copyOf(commands);
    notes = List.copyOf(notes);
  }
}
