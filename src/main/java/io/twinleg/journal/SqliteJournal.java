package io.twinleg.journal;

import io.twinleg.core.event.SequencedEvent;
import io.twinleg.core.model.OrderIdTag;
import io.twinleg.files.OwnerOnly;
import io.twinleg.journal.EventCodec.JournalRow;
import io.twinleg.journal.JournalEntry.CommandRecord;
import io.twinleg.journal.JournalEntry.PendingCommand;
import io.twinleg.journal.JournalReader.StateEntry;
import io.twinleg.journal.OperatorInbox.InboxEntry;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The journal in an SQLite file, in WAL mode with synchronous=FULL. Between commits it holds no
 * lock of SQLite's, so that operators can write to the inbox at any time; that there is only one
 * runner is ensured by {@link JournalLock}.
 */
public final class SqliteJournal implements Journal {
  private static final String DEFAULT_FOLDER = "state";

  private final @Nullable JournalLock lock;
  private final Database database;
  private final SqliteReader reader;
  private final SequenceTracker sequences;
  private final WriteBuffer buffer = new WriteBuffer();
  private @Nullable RuntimeException failure;

  private SqliteJournal(@Nullable JournalLock lock, Database database) {
    this.lock = lock;
    this.database = database;
    this.reader = new SqliteReader(database, Schema.version(database));
    this.sequences = reader.sequences();
  }

  /**
   * Opens this run's journal, or creates it where there is none.
   *
   * @param path of a file, whose directories are created; or {@code :memory:}, which is gone when
   *     closed
   * @param newTag supplies the order id tag of a journal that is created now
   * @throws JournalException when it is another run's, another program's, damaged or in use. Then
   *     nothing was written to it
   */
  public static SqliteJournal open(Path path, JournalOwner owner, Supplier<OrderIdTag> newTag) {
    if (path.equals(Database.IN_MEMORY)) {
      return open(null, path, owner, newTag);
    }
    Database.createDirectory(path);
    JournalLock lock = JournalLock.acquire(path);
    try {
      Database.createFile(path);
      return open(lock, path, owner, newTag);
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  /**
   * Closes to others what an older version made, or a copy: the file, what lies beside it, and the
   * folder where it is the default one. Another folder may be shared with others on purpose. For a
   * journal that is open, and so known to be this run's.
   *
   * @return sentences for the operator; mostly none
   */
  public static List<String> tighten(Path path) {
    if (path.equals(Database.IN_MEMORY)) {
      return List.of();
    }
    List<Path> files = new ArrayList<>();
    for (String suffix : List.of("", "-wal", "-shm", ".lock")) {
      files.add(path.resolveSibling(path.getFileName() + suffix));
    }
    files.add(path.resolveSibling("KILL"));
    Path folder = path.toAbsolutePath().normalize().getParent();
    if (folder != null && folder.endsWith(DEFAULT_FOLDER)) {
      files.add(folder);
    }
    return OwnerOnly.tighten(files);
  }

  private static SqliteJournal open(
      @Nullable JournalLock lock, Path path, JournalOwner owner, Supplier<OrderIdTag> newTag) {
    Database database = Database.open(path, Database.Access.CREATE);
    try {
      Schema.prepare(database, owner, newTag);
      return new SqliteJournal(lock, database);
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  /**
   * For every process but the runner, also while the runner writes.
   *
   * @throws JournalException when there is no journal that this program can read
   */
  public static JournalReader openReadOnly(Path path) {
    Database database = Database.openExisting(path, Database.Access.READ);
    try {
      return new SqliteReader(database, Schema.requireReadable(database));
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  @Override
  public JournalIdentity identity() {
    return reader.identity();
  }

  @Override
  public long nextSequence() {
    return sequences.nextSequence();
  }

  @Override
  public void append(SequencedEvent event) {
    requireUsable();
    JournalRow row = EventCodec.encode(event);
    sequences.append(event);
    buffer.add(row);
  }

  @Override
  public List<CommandRecord> append(long cause, List<PendingCommand> commands) {
    requireUsable();
    List<CommandRecord> appended = sequences.numbered(commands);
    List<JournalRow> rows =
        appended.stream()
            .map(command -> EventCodec.encode(cause, sequences.lastEventMs(), command))
            .toList();
    sequences.append(cause, appended);
    rows.forEach(buffer::add);
    return appended;
  }

  @Override
  public void logEvent(Instant ts, String kind, Map<String, Object> data) {
    requireUsable();
    buffer.logEvent(ts, kind, EventCodec.encodeFields(data));
  }

  @Override
  public void put(String key, String value) {
    requireUsable();
    buffer.put(key, value);
  }

  @Override
  public void snapshot(Snapshot snapshot) {
    requireUsable();
    buffer.snapshot(snapshot);
  }

  @Override
  public boolean prune() {
    requireUsable();
    try {
      return Pruning.slice(database);
    } catch (JournalException e) {
      failure = e;
      throw e;
    }
  }

  @Override
  public boolean commit() {
    requireUsable();
    if (buffer.size() == 0) {
      return false;
    }
    try {
      database.transaction(() -> buffer.write(database));
    } catch (JournalException e) {
      failure = e;
      throw e;
    }
    buffer.clear();
    return true;
  }

  @Override
  public int uncommitted() {
    return buffer.size();
  }

  @Override
  public List<InboxEntry> inbox() {
    requireUsable();
    return OperatorInbox.pending(database).stream()
        .filter(entry -> !buffer.isTaken(entry))
        .toList();
  }

  @Override
  public void markTaken(InboxEntry entry, long sequence) {
    requireUsable();
    buffer.markTaken(entry, sequence);
  }

  @Override
  public Iterable<JournalEntry> entries() {
    return reader.entries();
  }

  @Override
  public Iterable<JournalEntry> entriesAfter(long sequence) {
    return reader.entriesAfter(sequence);
  }

  @Override
  public Iterable<JournalEntry> facts(long upTo) {
    return reader.facts(upTo);
  }

  @Override
  public long prunedTo() {
    return reader.prunedTo();
  }

  @Override
  public List<Snapshot> snapshots() {
    return reader.snapshots();
  }

  @Override
  public List<StateEntry> logEvents(int limit) {
    return reader.logEvents(limit);
  }

  @Override
  public List<StateEntry> logEvents(String kind, int limit) {
    return reader.logEvents(kind, limit);
  }

  @Override
  public Optional<String> value(String key) {
    return reader.value(key);
  }

  private void requireUsable() {
    if (failure != null) {
      throw failure;
    }
  }

  Database database() {
    return database;
  }

  @Override
  public void close() {
    failure = new IllegalStateException("this journal is closed: open it again");
    try {
      reader.close();
    } finally {
      if (lock != null) {
        lock.close();
      }
    }
  }
}
