package io.twinleg.stress;

import io.twinleg.core.event.Command;
import io.twinleg.core.event.SequencedEvent;
import io.twinleg.journal.Journal;
import io.twinleg.journal.JournalEntry;
import io.twinleg.journal.JournalEntry.CommandRecord;
import io.twinleg.journal.JournalEntry.PendingCommand;
import io.twinleg.journal.JournalIdentity;
import io.twinleg.journal.OperatorInbox.InboxEntry;
import io.twinleg.journal.StateEntry;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A journal with a mistake planted in it. */
class MutatedJournal implements Journal {
  private final Journal journal;

  MutatedJournal(Journal journal) {
    this.journal = journal;
  }

  /** Reports a commit without writing a byte. */
  static final class Unsynced extends MutatedJournal {
    Unsynced(Journal journal) {
      super(journal);
    }

    @Override
    public boolean commit() {
      return true;
    }
  }

  /** Stores other commands than it is given. */
  static final class Falsified extends MutatedJournal {
    private final UnaryOperator<Command> change;

    Falsified(Journal journal, UnaryOperator<Command> change) {
      super(journal);
      this.change = change;
    }

    @Override
    public List<CommandRecord> append(long cause, List<PendingCommand> commands) {
      return super.append(
          cause,
          commands.stream()
              .map(each -> new PendingCommand(change.apply(each.command()), each.envelope()))
              .toList());
    }
  }

  @Override
  public boolean commit() {
    return journal.commit();
  }

  @Override
  public List<CommandRecord> append(long cause, List<PendingCommand> commands) {
    return journal.append(cause, commands);
  }

  @Override
  public JournalIdentity identity() {
    return journal.identity();
  }

  @Override
  public long nextSequence() {
    return journal.nextSequence();
  }

  @Override
  public void append(SequencedEvent event) {
    journal.append(event);
  }

  @Override
  public void logEvent(Instant ts, String kind, Map<String, Object> data) {
    journal.logEvent(ts, kind, data);
  }

  @Override
  public void put(String key, String value) {
    journal.put(key, value);
  }

  @Override
  public int uncommitted() {
    return journal.uncommitted();
  }

  @Override
  public List<InboxEntry> inbox() {
    return journal.inbox();
  }

  @Override
  public void markTaken(InboxEntry entry, long sequence) {
    journal.markTaken(entry, sequence);
  }

  @Override
  public Iterable<JournalEntry> entries() {
    return journal.entries();
  }

  @Override
  public List<StateEntry> logEvents(int limit) {
    return journal.logEvents(limit);
  }

  @Override
  public List<StateEntry> logEvents(String kind, int limit) {
    return journal.logEvents(kind, limit);
  }

  @Override
  public Optional<String> value(String key) {
    return journal.value(key);
  }

  @Override
  public void close() {
    journal.close();
  }
}
