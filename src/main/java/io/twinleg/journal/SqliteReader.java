package io.twinleg.journal;

import io.twinleg.core.event.SequencedEvent;
import io.twinleg.journal.EventCodec.JournalRow;
import io.twinleg.journal.JournalEntry.CommandRecord;
import io.twinleg.journal.JournalException.Kind;
import io.twinleg.journal.JournalReader.StateEntry;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads what is committed: for another process while a runner writes, and for the runner itself.
 */
final class SqliteReader implements JournalReader {
  private static final String LAST_LOG_EVENTS =
      "SELECT id, ts, kind, data FROM events %s ORDER BY id DESC LIMIT ?";

  private static final String NEXT_LOG_EVENTS =
      "SELECT id, ts, kind, data FROM events WHERE id > ? ORDER BY id LIMIT ?";

  private static final String LAST_EVENT =
      "SELECT seq, ts FROM journal WHERE cause IS NULL AND seq <= ? ORDER BY seq DESC LIMIT 1";

  private static final String LAST_SEQUENCES =
      "SELECT (SELECT max(seq) FROM journal),"
          + " (SELECT seq FROM sqlite_sequence WHERE name = 'journal')";

  private static final String ROWS =
      "SELECT seq, ts, cause, kind, data, crc FROM journal WHERE seq > ? AND seq <= ?";
  private static final String FACTS =
      "SELECT fact.seq AS seq, entry.ts, entry.cause, entry.kind, entry.data, entry.crc"
          + " FROM (%s) AS fact CROSS JOIN journal AS entry ON entry.seq = fact.seq";
  private static final String SNAPSHOTS =
      "SELECT seq, ts, version, config, state, report, %s AS simulator, crc FROM snapshot"
          + " ORDER BY seq DESC";

  private final Database database;
  private final JournalIdentity identity;
  private final boolean hasSnapshots;
  private final String snapshots;

  /**
   * @param version of its schema
   */
  SqliteReader(Database database, int version) {
    this.database = database;
    this.hasSnapshots = Schema.hasSnapshots(version);
    this.snapshots = SNAPSHOTS.formatted(Schema.hasSimulator(version) ? "simulator" : "x''");
    this.identity = Schema.identity(database);
  }

  @Override
  public JournalIdentity identity() {
    return identity;
  }

  /**
   * Where the journal ends.
   *
   * @throws JournalException when rows are gone that were committed once
   */
  SequenceTracker sequences() {
    long last = lastSequence();
    return database
        .rows(LAST_EVENT, row -> new SequenceTracker(last, row.getLong(1), row.getLong(2)), last)
        .stream()
        .findFirst()
        .orElseGet(SequenceTracker::empty);
  }

  /** One statement sees one moment: a runner may commit between two. */
  private long lastSequence() {
    return database.rows(LAST_SEQUENCES, row -> checked(row.getLong(1), row.getLong(2))).get(0);
  }

  private long checked(long last, long everCommitted) {
    if (last != everCommitted) {
      throw new JournalException(
          Kind.UNUSABLE,
          "%s ends at row %d, but row %d was committed once: put a backup in its place, or start on"
                  .formatted(database.path(), last, everCommitted)
              + " a new --state-db and adopt the positions");
    }
    return last;
  }

  @Override
  public Iterable<JournalEntry> entries() {
    return entriesAfter(0);
  }

  @Override
  public Iterable<JournalEntry> entriesAfter(long sequence) {
    return () ->
        new EntryIterator(
            database.path(),
            new RowPager(database, ROWS, sequence, lastSequence()),
            sequence,
            row -> row <= prunedTo());
  }

  @Override
  public Iterable<JournalEntry> facts(long upTo) {
    return () -> {
      String rows = FACTS.formatted(Pruning.nextFacts(database, RowPager.PAGE));
      RowPager facts = new RowPager(database, rows, 0, Pruning.lastFact(database, upTo));
      return new EntryIterator(database.path(), facts, 0, row -> true);
    };
  }

  @Override
  public long prunedTo() {
    return hasSnapshots ? database.number("SELECT seq FROM pruned") : 0;
  }

  @Override
  public List<Snapshot> snapshots() {
    return hasSnapshots ? database.rows(snapshots, SqliteReader::snapshot) : List.of();
  }

  private static Snapshot snapshot(ResultSet row) throws SQLException {
    return new Snapshot(
        row.getLong(1),
        Instant.ofEpochMilli(row.getLong(2)),
        row.getInt(3),
        row.getString(4),
        row.getBytes(5),
        row.getBytes(6),
        row.getBytes(7),
        row.getLong(8));
  }

  @Override
  public List<StateEntry> logEvents(int limit) {
    return oldestFirst(database.rows(LAST_LOG_EVENTS.formatted(""), SqliteReader::logEvent, limit));
  }

  @Override
  public List<StateEntry> logEvents(String kind, int limit) {
    return oldestFirst(
        database.rows(
            LAST_LOG_EVENTS.formatted("WHERE kind = ?"), SqliteReader::logEvent, kind, limit));
  }

  /** The rows of the table {@code events} after one, oldest first. */
  List<StateEntry> logEventsAfter(long id, int limit) {
    return database.rows(NEXT_LOG_EVENTS, SqliteReader::logEvent, id, limit);
  }

  private static StateEntry logEvent(ResultSet row) throws SQLException {
    return new StateEntry(
        row.getLong(1),
        Database.instant(row.getString(2)),
        row.getString(3),
        EventCodec.decodeFields(row.getString(4)));
  }

  private static List<StateEntry> oldestFirst(List<StateEntry> newestFirst) {
    Collections.reverse(newestFirst);
    return newestFirst;
  }

  @Override
  public Optional<String> value(String key) {
    return database.rows("SELECT v FROM kv WHERE k = ?", row -> row.getString(1), key).stream()
        .findFirst();
  }

  @Override
  public void close() {
    database.close();
  }

  /**
   * The journal's rows up to one sequence, a page at a time. No cursor stays open in between, so a
   * slow reader neither keeps the writer's log from being folded into the file nor has anything to
   * close.
   */
  private static final class RowPager implements Iterator<JournalRow> {
    private static final int PAGE = 1000;

    private final Database database;
    private final String rows;
    private final long last;
    private final Deque<JournalRow> page = new ArrayDeque<>();
    private long read;

    /**
     * @param rows the query, with the sequence that they follow and the last one as its arguments
     */
    RowPager(Database database, String rows, long after, long last) {
      this.database = database;
      this.rows = rows + " ORDER BY seq LIMIT " + PAGE;
      this.read = after;
      this.last = last;
    }

    @Override
    public boolean hasNext() {
      if (page.isEmpty() && read < last) {
        page.addAll(nextPage());
        requireMore();
      }
      return !page.isEmpty();
    }

    /** Damage inside the file's index can hide its rows without an error. */
    private void requireMore() {
      if (page.isEmpty()) {
        throw new JournalException(
            Kind.UNUSABLE,
            "no row after %d of %s can be found, but there is a row %d: put a backup of the file in its place, or start on a new --state-db and adopt the positions"
                .formatted(read, database.path(), last));
      }
    }

    private List<JournalRow> nextPage() {
      return database.rows(
          rows,
          row ->
              new JournalRow(
                  row.getLong(1),
                  row.getLong(2),
                  row.getLong(3),
                  row.getString(4),
                  row.getString(5),
                  row.getLong(6)),
          read,
          last);
    }

    @Override
    public JournalRow next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      JournalRow row = page.remove();
      read = row.sequence();
      return row;
    }
  }

  /**
   * Rows, each event joined with the commands it caused. Checks each row: it is the next one, its
   * checksum fits, it can be read, and a command follows its cause.
   */
  private static final class EntryIterator implements Iterator<JournalEntry> {
    private static final String BACKUP =
        ": put a backup of the file in its place, or start on a new --state-db and adopt the"
            + " positions";

    private final Path path;
    private final Iterator<JournalRow> rows;
    private final LongPredicate mayBeMissing;
    private @Nullable JournalRow ahead;
    private long previous;

    /**
     * @param previous the row before the first
     * @param mayBeMissing whether the row before this one may be
     */
    EntryIterator(Path path, Iterator<JournalRow> rows, long previous, LongPredicate mayBeMissing) {
      this.path = path;
      this.rows = rows;
      this.previous = previous;
      this.mayBeMissing = mayBeMissing;
    }

    @Override
    public boolean hasNext() {
      return ahead != null || rows.hasNext();
    }

    @Override
    public JournalEntry next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      JournalRow first = ahead == null ? nextRow() : ahead;
      ahead = null;
      if (!first.isEvent()) {
        throw fault(
            first, "names event " + first.cause() + " as its cause, which it does not follow");
      }
      SequencedEvent event = read(first, EventCodec::decodeEvent);
      return new JournalEntry(event, commandsOf(event.sequence()));
    }

    private List<CommandRecord> commandsOf(long cause) {
      List<CommandRecord> commands = new ArrayList<>();
      while (rows.hasNext()) {
        JournalRow row = nextRow();
        if (row.cause() != cause) {
          ahead = row;
          return commands;
        }
        commands.add(read(row, EventCodec::decodeCommand));
      }
      return commands;
    }

    private JournalRow nextRow() {
      JournalRow row = rows.next();
      if (row.sequence() != previous + 1 && !mayBeMissing.test(row.sequence() - 1)) {
        throw fault(row, "follows row " + previous + ", so that rows between them are missing");
      }
      if (!row.isIntact()) {
        throw fault(row, "is damaged: its checksum does not fit");
      }
      previous = row.sequence();
      return row;
    }

    private <T> T read(JournalRow row, Function<JournalRow, T> decoder) {
      try {
        return decoder.apply(row);
      } catch (RuntimeException e) {
        throw new JournalException(
            Kind.UNUSABLE,
            "row %d (%s) of %s is intact, but this program cannot read it (%s): use the program that wrote it"
                .formatted(row.sequence(), row.kind(), path, e.getMessage()),
            e);
      }
    }

    private JournalException fault(JournalRow row, String what) {
      return new JournalException(
          Kind.UNUSABLE, "row " + row.sequence() + " of " + path + " " + what + BACKUP);
    }
  }
}
