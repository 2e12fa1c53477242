package io.twinleg.journal;

import io.twinleg.core.event.SequencedEvent;
import java.util.List;

/** One event and the commands it caused. */
public record JournalEntry(SequencedEvent event, List<CommandRecord> commands) {
  public JournalEntry {
    commands = List.copyOf(commands);
  }
}
