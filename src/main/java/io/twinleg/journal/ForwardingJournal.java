package io.twinleg.journal;

import io.twinleg.core.event.SequencedEvent;
import io.twinleg.journal.JournalEntry.CommandRecord;
import io.twinleg.journal.JournalEntry.PendingCommand;
import io.twinleg.journal.JournalReader.StateEntry;
import io.twinleg.journal.OperatorInbox.InboxEntry;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A journal that forwards every call to another one. A subclass overrides what it watches or
 * changes; a method that is added to the port is forwarded here, once.
 */
public abstract class ForwardingJournal implements Journal {
  private final Journal delegate;

  protected ForwardingJournal(Journal delegate) {
    this.delegate = delegate;
  }

  // ---- writing

  @Override
  public long nextSequence() {
    return delegate.nextSequence();
  }

  @Override
  public void append(SequencedEvent event) {
    delegate.append(event);
  }

  @Override
  public List<CommandRecord> append(long cause, List<PendingCommand> commands) {
    return delegate.append(cause, commands);
  }

  @Override
  public void logEvent(Instant ts, String kind, Map<String, Object> data) {
    delegate.logEvent(ts, kind, data);
  }

  @Override
  public void put(String key, String value) {
    delegate.put(key, value);
  }

  @Override
  public void snapshot(Snapshot snapshot) {
    delegate.snapshot(snapshot);
  }

  @Override
  public boolean prune() {
    return delegate.prune();
  }

  @Override
  public boolean commit() {
    return delegate.commit();
  }

  @Override
  public int uncommitted() {
    return delegate.uncommitted();
  }

  @Override
  public List<InboxEntry> inbox() {
    return delegate.inbox();
  }

  @Override
  public void markTaken(InboxEntry entry, long sequence) {
    delegate.markTaken(entry, sequence);
  }

  // ---- reading

  @Override
  public JournalIdentity identity() {
    return delegate.identity();
  }

  @Override
  public Iterable<JournalEntry> entries() {
    return delegate.entries();
  }

  @Override
  public Iterable<JournalEntry> entriesAfter(long sequence) {
    return delegate.entriesAfter(sequence);
  }

  @Override
  public Iterable<JournalEntry> facts(long upTo) {
    return delegate.facts(upTo);
  }

  @Override
  public long prunedTo() {
    return delegate.prunedTo();
  }

  @Override
  public List<Snapshot> snapshots() {
    return delegate.snapshots();
  }

  @Override
  public List<StateEntry> logEvents(int limit) {
    return delegate.logEvents(limit);
  }

  @Override
  public List<StateEntry> logEvents(String kind, int limit) {
    return delegate.logEvents(kind, limit);
  }

  @Override
  public Optional<String> value(String key) {
    return delegate.value(key);
  }

  @Override
  public void close() {
    delegate.close();
  }
}
