package io.twinleg.digest;

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

/** A journal that also adds every command to a {@link CommandLog}, whether it commits or not. */
public final class LoggedJournal implements Journal {
  private final Journal journal;
  private final CommandLog log;
  private Instant now = Instant.MIN;

  public LoggedJournal(Journal journal, CommandLog log) {
    this.journal = journal;
    this.log = log;
  }

  @Override
  public void append(SequencedEvent event) {
    now = event.receivedTime();
    journal.append(event);
  }

  @Override
  public List<CommandRecord> append(long cause, List<PendingCommand> commands) {
    commands.forEach(each -> log.add(CommandText.line(now, each.command())));
    return journal.append(cause, commands);
  }

  @Override
  public boolean commit() {
    return journal.commit();
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
