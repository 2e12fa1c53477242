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

/** A journal whose process may die before or after each write, and whose writes are witnessed. */
public final class CrashingJournal implements Journal {
  private final Journal journal;
  private final CrashPoint mortality;
  private final Consumer<Command> durable;
  private final List<Command> waiting = new ArrayList<>();

  /**
   * @param durable is told of each command once it has survived
   */
  public CrashingJournal(Journal journal, CrashPoint mortality, Consumer<Command> durable) {
    this.journal = journal;
    this.mortality = mortality;
    this.durable = durable;
  }

  @Override
  public boolean commit() {
    if (journal.uncommitted() == 0) {
      return journal.commit();
    }
    mortality.step("before a journal write");
    boolean written = journal.commit();
    waiting.forEach(durable);
    waiting.clear();
    mortality.step("after a journal write");
    return written;
  }

  @Override
  public List<CommandRecord> append(long cause, List<PendingCommand> commands) {
    for (PendingCommand each : commands) {
      waiting.add(each.command());
      if (each.command() instanceof Command.PlaceOrder) {
        mortality.orderWritten();
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
    // nobody reads the story of a simulated life
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
