package io.twinleg.journal;

import io.twinleg.core.event.Command;
import io.twinleg.core.event.SequencedEvent;
import java.util.List;

/** One event and the commands it caused. */
public record JournalEntry(SequencedEvent event, List<CommandRecord> commands) {
  public JournalEntry {
    commands = List.copyOf(commands);
  }

  /**
   * A command that is to be appended.
   *
   * @param envelope what the venue adapter needs to send it again (nonce, expiry), in the adapter's
   *     own format; empty where it adds nothing. A replay does not compare it
   */
  public record PendingCommand(Command command, String envelope) {}

  /**
   * A command in the journal.
   *
   * @param envelope as in the {@link PendingCommand}
   */
  public record CommandRecord(long sequence, Command command, String envelope) {}
}
