package io.twinleg.digest;

import io.twinleg.core.event.SequencedEvent;
import io.twinleg.journal.ForwardingJournal;
import io.twinleg.journal.Journal;
import io.twinleg.journal.JournalEntry.CommandRecord;
import io.twinleg.journal.JournalEntry.PendingCommand;
import java.time.Instant;
import java.util.List;

/** A journal that also adds every command to a {@link CommandLog}, whether it commits or not. */
public final class LoggedJournal extends ForwardingJournal {
  private final CommandLog log;
  private Instant now = Instant.MIN;

  public LoggedJournal(Journal journal, CommandLog log) {
    super(journal);
    this.log = log;
  }

  @Override
  public void append(SequencedEvent event) {
    now = event.receivedTime();
    super.append(event);
  }

  @Override
  public List<CommandRecord> append(long cause, List<PendingCommand> commands) {
    commands.forEach(each -> log.add(CommandText.line(now, each.command())));
    return super.append(cause, commands);
  }
}
