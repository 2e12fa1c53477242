package io.hypercarry.journal;

import io.hypercarry.core.event.Event;
import java.util.List;

/** One event and the commands it caused. */
public record JournalEntry(Event event, List<Recorded> commands) {
  public JournalEntry {
    commands = List.copyOf(commands);
  }
}
