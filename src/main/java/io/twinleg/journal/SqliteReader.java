package io.twinleg.journal;

import io.twinleg.journal.JournalException.Kind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Reads what is committed: for another process while a runner writes, and for the runner itself.
 */
final class SqliteReader implements JournalReader {
  private static final String LAST_LINES =
      "SELECT id, ts, kind, data FROM events %s ORDER BY id DESC LIMIT ?";

  private static final String LAST_EVENT =
      "SELECT seq, ts FROM journal WHERE cause IS NULL AND seq <= ? ORDER BY seq DESC LIMIT 1";

  private static final String LAST_SEQUENCES =
      "SELECT (SELECT max(seq) FROM journal),"
          + " (SELECT seq FROM sqlite_sequence WHERE name = 'journal')";

  private final Database database;
  private final JournalIdentity identity;

  SqliteReader(Database database) {
    this.database = database;
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
  SequenceTracker tail() {
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

  private long checked(long last, long everGiven) {
    if (last != everGiven) {
      throw new JournalException(
          Kind.UNUSABLE,
          "%s ends at row %d, but row %d was committed once: put a backup in its place, or start on"
                  .formatted(database.path(), last, everGiven)
              + " a new --state-db and adopt the positions");
    }
    return last;
  }

  @Override
  public Iterable<JournalEntry> entries() {
    return () -> new EntryIterator(database.path(), new RowPager(database, lastSequence()));
  }

  @Override
  public List<StateEntry> story(int limit) {
    return oldestFirst(database.rows(LAST_LINES.formatted(""), SqliteReader::line, limit));
  }

  @Override
  public List<StateEntry> story(String kind, int limit) {
    return oldestFirst(
        database.rows(LAST_LINES.formatted("WHERE kind = ?"), SqliteReader::line, kind, limit));
  }

  private static StateEntry line(ResultSet row) throws SQLException {
    return new StateEntry(
        row.getLong(1),
        IsoTime.read(row.getString(2)),
        row.getString(3),
        StateJson.read(row.getString(4)));
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
}
