package io.twinleg.journal;

import io.twinleg.core.event.SequencedEvent;
import io.twinleg.core.model.OrderIdTag;
import io.twinleg.journal.JournalException.Kind;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The journal in an SQLite file, in WAL mode with synchronous=FULL. Between commits it holds no
 * lock of SQLite's, so that operators can write to the inbox at any time; that there is only one
 * runner is ensured by {@link JournalLock}.
 */
public final class SqliteJournal implements Journal {
  private final Optional<JournalLock> lock;
  private final Database database;
  private final SqliteReader reader;
  private final SequenceTracker tail;
  private final WriteBuffer batch = new WriteBuffer();
  private Optional<RuntimeException> broken = Optional.empty();

  private SqliteJournal(Optional<JournalLock> lock, Database database) {
    this.lock = lock;
    this.database = database;
    this.reader = new SqliteReader(database);
    this.tail = reader.tail();
  }

  /**
   * Opens this run's journal, or creates it where there is none.
   *
   * @param path of a file, whose directories are made; or {@code :memory:}, which is gone when
   *     closed
   * @param newBook asked for the book id of a journal that is created now
   * @throws JournalException when it is another run's, another program's, damaged or in use. Then
   *     nothing was written to it
   */
  public static SqliteJournal open(Path path, JournalOwner owner, Supplier<OrderIdTag> newBook) {
    if (path.equals(Database.IN_MEMORY)) {
      return open(Optional.empty(), path, owner, newBook);
    }
    JournalFile.prepareDirectory(path);
    JournalLock lock = JournalLock.acquire(path);
    try {
      return open(Optional.of(lock), path, owner, newBook);
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  private static SqliteJournal open(
      Optional<JournalLock> lock, Path path, JournalOwner owner, Supplier<OrderIdTag> newBook) {
    Database database = Database.open(path, Database.Access.CREATE);
    try {
      prepare(database, owner, newBook);
      return new SqliteJournal(lock, database);
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  /**
   * The tables and the identity come before WAL, straight into the file: a lost log then loses
   * rows, never whose journal it is. The transaction also proves that the file can be written.
   */
  private static void prepare(Database database, JournalOwner owner, Supplier<OrderIdTag> newBook) {
    int version = Schema.version(database);
    if (version > 0) {
      Schema.requireOwner(database, owner);
    }
    database.transaction(() -> {
      Schema.upgrade(database, version);
      if (version == 0) {
        Schema.write(database, owner.with(newBook.get()));
      }
    });
    useWriteAheadLog(database);
  }

  private static void useWriteAheadLog(Database database) {
    String mode = database.rows("PRAGMA journal_mode = WAL", row -> row.getString(1)).get(0);
    if (!mode.equals("wal") && !mode.equals("memory")) {
      throw new JournalException(
          Kind.UNUSABLE,
          database.path()
              + " cannot have a write-ahead log, only journal mode "
              + mode
              + ": give --state-db a path on a local disk");
    }
  }

  /**
   * For everyone but the runner, also while it writes.
   *
   * @throws JournalException when there is no journal that this program can read
   */
  public static JournalReader openReadOnly(Path path) {
    Database database = JournalFile.open(path, Database.Access.READ);
    try {
      Schema.requireLatest(database);
      return new SqliteReader(database);
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
    return tail.nextSequence();
  }

  @Override
  public void append(SequencedEvent event) {
    requireSound();
    JournalRow row = RowCodec.row(event);
    tail.admit(event);
    batch.add(row);
  }

  @Override
  public List<CommandRecord> append(long cause, List<PendingCommand> commands) {
    requireSound();
    List<CommandRecord> appended = tail.numbered(commands);
    List<JournalRow> rows =
        appended.stream().map(one -> RowCodec.row(cause, tail.lastEventMs(), one)).toList();
    tail.admit(cause, appended);
    rows.forEach(batch::add);
    return appended;
  }

  @Override
  public void tell(Instant ts, String kind, Map<String, Object> data) {
    requireSound();
    batch.tell(ts, kind, StateJson.write(data));
  }

  @Override
  public void put(String key, String value) {
    requireSound();
    batch.put(key, value);
  }

  @Override
  public boolean commit() {
    requireSound();
    if (batch.size() == 0) {
      return false;
    }
    try {
      database.transaction(() -> batch.write(database));
    } catch (JournalException e) {
      broken = Optional.of(e);
      throw e;
    }
    batch.clear();
    return true;
  }

  @Override
  public int uncommitted() {
    return batch.size();
  }

  @Override
  public List<InboxEntry> inbox() {
    requireSound();
    return Inbox.waiting(database).stream().filter(entry -> !batch.takes(entry)).toList();
  }

  @Override
  public void taken(InboxEntry entry, long sequence) {
    requireSound();
    batch.taken(entry, sequence);
  }

  @Override
  public Iterable<JournalEntry> entries() {
    return reader.entries();
  }

  @Override
  public List<StateEntry> story(int limit) {
    return reader.story(limit);
  }

  @Override
  public List<StateEntry> story(String kind, int limit) {
    return reader.story(kind, limit);
  }

  @Override
  public Optional<String> value(String key) {
    return reader.value(key);
  }

  private void requireSound() {
    if (broken.isPresent()) {
      throw broken.get();
    }
  }

  Database database() {
    return database;
  }

  @Override
  public void close() {
    broken = Optional.of(new IllegalStateException("this journal is closed: open it anew"));
    try {
      reader.close();
    } finally {
      lock.ifPresent(JournalLock::close);
    }
  }
}
