package io.twinleg.journal;

import io.twinleg.core.event.SequencedEvent;
import io.twinleg.journal.JournalEntry.CommandRecord;
import io.twinleg.journal.JournalEntry.PendingCommand;
import io.twinleg.journal.JournalException.Kind;
import io.twinleg.journal.JournalReader.StateEntry;
import io.twinleg.journal.OperatorInbox.InboxEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A journal on a simulated disk, for backtests and for tests: it can crash, losing what was not
 * committed, fail to commit, and be opened again. Values are kept as they are, not encoded.
 */
public final class MemoryJournal implements Journal {
  private final MemoryDisk disk;
  private final SequenceTracker sequences;
  private final List<MemoryDisk.Change> pending = new ArrayList<>();
  private final Map<Long, Long> taken = new LinkedHashMap<>();
  private boolean failNextCommit;
  private @Nullable RuntimeException failure;

  public MemoryJournal(JournalIdentity identity) {
    this(new MemoryDisk(identity));
  }

  private MemoryJournal(MemoryDisk disk) {
    this.disk = disk;
    this.sequences = disk.sequences();
  }

  /** The process dies: what is not committed is lost, and only {@link #reopen} goes on. */
  public void crash() {
    close();
  }

  /** Another process opens the same disk; this journal is closed. */
  public MemoryJournal reopen() {
    close();
    return new MemoryJournal(disk);
  }

  /** The next commit fails as on a full disk. */
  public void failNextCommit() {
    failNextCommit = true;
  }

  /** As {@link OperatorInbox#put} does with a file. */
  public void addToInbox(Instant ts, String command, String args) {
    disk.addToInbox(ts, command, args);
  }

  @Override
  public JournalIdentity identity() {
    return disk.identity();
  }

  @Override
  public long nextSequence() {
    return sequences.nextSequence();
  }

  @Override
  public void append(SequencedEvent event) {
    requireUsable();
    sequences.append(event);
    pending.add(to -> to.add(event));
  }

  @Override
  public List<CommandRecord> append(long cause, List<PendingCommand> commands) {
    requireUsable();
    List<CommandRecord> appended = sequences.numbered(commands);
    sequences.append(cause, appended);
    appended.forEach(recorded -> pending.add(to -> to.add(recorded)));
    return appended;
  }

  @Override
  public void logEvent(Instant ts, String kind, Map<String, Object> data) {
    requireUsable();
    String text = EventCodec.encodeFields(data);
    pending.add(to -> to.logEvent(ts, kind, text));
  }

  @Override
  public void put(String key, String value) {
    requireUsable();
    pending.add(to -> to.put(key, value));
  }

  @Override
  public void snapshot(Snapshot snapshot) {
    requireUsable();
    pending.add(to -> to.snapshot(snapshot));
  }

  @Override
  public boolean prune() {
    requireUsable();
    return disk.prune();
  }

  @Override
  public boolean commit() {
    requireUsable();
    if (uncommitted() == 0) {
      return false;
    }
    if (failNextCommit) {
      throw fail(
          new JournalException(Kind.UNUSABLE, "the simulated disk is full: reopen the journal"));
    }
    pending.forEach(change -> change.apply(disk));
    pending.clear();
    taken.clear();
    return true;
  }

  @Override
  public int uncommitted() {
    return pending.size();
  }

  @Override
  public List<InboxEntry> inbox() {
    requireUsable();
    return disk.inbox().stream().filter(entry -> !taken.containsKey(entry.id())).toList();
  }

  @Override
  public void markTaken(InboxEntry entry, long sequence) {
    requireUsable();
    taken.put(entry.id(), sequence);
    pending.add(to -> to.removeFromInbox(entry));
  }

  @Override
  public Iterable<JournalEntry> entries() {
    return disk.entriesAfter(0);
  }

  @Override
  public Iterable<JournalEntry> entriesAfter(long sequence) {
    return disk.entriesAfter(sequence);
  }

  @Override
  public Iterable<JournalEntry> facts(long upTo) {
    return disk.facts(upTo);
  }

  @Override
  public long prunedTo() {
    return disk.prunedTo();
  }

  @Override
  public List<Snapshot> snapshots() {
    return disk.snapshots();
  }

  @Override
  public List<StateEntry> logEvents(int limit) {
    return disk.logEvents(limit);
  }

  @Override
  public List<StateEntry> logEvents(String kind, int limit) {
    return disk.logEvents(kind, limit);
  }

  @Override
  public Optional<String> value(String key) {
    return disk.value(key);
  }

  private RuntimeException fail(RuntimeException reason) {
    failure = reason;
    return reason;
  }

  private void requireUsable() {
    if (failure != null) {
      throw failure;
    }
  }

  @Override
  public void close() {
    pending.clear();
    taken.clear();
    fail(new IllegalStateException("this journal is closed: reopen it"));
  }
}
