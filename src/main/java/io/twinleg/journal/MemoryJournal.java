package io.twinleg.journal;

import io.twinleg.core.event.SequencedEvent;
import io.twinleg.journal.JournalException.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A journal on a simulated disk, for backtests and for tests: it can crash, losing what was not
 * committed, fail to commit, and be opened again. Values are kept as they are, not encoded.
 */
public final class MemoryJournal implements Journal {
  private final MemoryDisk disk;
  private final SequenceTracker tail;
  private final List<MemoryDisk.Change> waiting = new ArrayList<>();
  private final Map<Long, Long> taken = new LinkedHashMap<>();
  private boolean failNextCommit;
  private Optional<RuntimeException> broken = Optional.empty();

  public MemoryJournal(JournalIdentity identity) {
    this(new MemoryDisk(identity));
  }

  private MemoryJournal(MemoryDisk disk) {
    this.disk = disk;
    this.tail = disk.tail();
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

  /** The next commit finds the disk full. */
  public void failNextCommit() {
    failNextCommit = true;
  }

  /** What {@link OperatorInbox#put} does to a file. */
  public void operatorSays(Instant ts, String command, String args) {
    disk.operatorSays(ts, command, args);
  }

  @Override
  public JournalIdentity identity() {
    return disk.identity();
  }

  @Override
  public long nextSequence() {
    return tail.nextSequence();
  }

  @Override
  public void append(SequencedEvent event) {
    requireSound();
    tail.admit(event);
    waiting.add(to -> to.add(event));
  }

  @Override
  public List<CommandRecord> append(long cause, List<PendingCommand> commands) {
    requireSound();
    List<CommandRecord> appended = tail.numbered(commands);
    tail.admit(cause, appended);
    appended.forEach(recorded -> waiting.add(to -> to.add(recorded)));
    return appended;
  }

  @Override
  public void tell(Instant ts, String kind, Map<String, Object> data) {
    requireSound();
    String text = StateJson.write(data);
    waiting.add(to -> to.tell(ts, kind, text));
  }

  @Override
  public void put(String key, String value) {
    requireSound();
    waiting.add(to -> to.put(key, value));
  }

  @Override
  public boolean commit() {
    requireSound();
    if (uncommitted() == 0) {
      return false;
    }
    if (failNextCommit) {
      throw breakDown(
          new JournalException(
              Kind.UNUSABLE,
              "the simulated disk is full, as it was asked to be: reopen the journal"));
    }
    waiting.forEach(change -> change.apply(disk));
    waiting.clear();
    taken.clear();
    return true;
  }

  @Override
  public int uncommitted() {
    return waiting.size();
  }

  @Override
  public List<InboxEntry> inbox() {
    requireSound();
    return disk.inbox().stream().filter(entry -> !taken.containsKey(entry.id())).toList();
  }

  @Override
  public void taken(InboxEntry entry, long sequence) {
    requireSound();
    taken.put(entry.id(), sequence);
    waiting.add(to -> to.take(entry));
  }

  @Override
  public Iterable<JournalEntry> entries() {
    return disk.entries();
  }

  @Override
  public List<StateEntry> story(int limit) {
    return disk.story(limit);
  }

  @Override
  public List<StateEntry> story(String kind, int limit) {
    return disk.story(kind, limit);
  }

  @Override
  public Optional<String> value(String key) {
    return disk.value(key);
  }

  private RuntimeException breakDown(RuntimeException reason) {
    broken = Optional.of(reason);
    return reason;
  }

  private void requireSound() {
    if (broken.isPresent()) {
      throw broken.get();
    }
  }

  @Override
  public void close() {
    waiting.clear();
    taken.clear();
    breakDown(new IllegalStateException("this journal is closed: reopen it"));
  }
}
