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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** A journal whose process may crash before or after each write. */
public final class CrashingJournal implements Journal {
  private final Journal journal;
  private final CrashPoint crashPoint;
  private final Consumer<Command> durable;
  private final List<Command> pending = new ArrayList<>();

  /**
   * @param durable receives each command once it is durable
   */
  public CrashingJournal(Journal journal, CrashPoint crashPoint, Consumer<Command> durable) {
    this.journal = journal;
    this.crashPoint = crashPoint;
    this.durable = durable;
  }

  @Override
  public boolean commit() {
    if (journal.uncommitted() == 0) {
      return journal.commit();
    }
    crashPoint.step("before a journal write");
    boolean written = journal.commit();
    pending.forEach(durable);
    pending.clear();
    crashPoint.step("after a journal write");
    return written;
  }

  @Override
  public List<CommandRecord> append(long cause, List<PendingCommand> commands) {
    for (PendingCommand command : commands) {
      pending.add(command.command());
      if (command.command() instanceof Command.PlaceOrder) {
        crashPoint.orderAppended();
      }
    }
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
    // not read in a simulation
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
