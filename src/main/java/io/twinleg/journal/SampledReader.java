package io.twinleg.journal;

import io.twinleg.core.event.SequencedEvent;
import io.twinleg.journal.EventCodec.JournalRow;
import io.twinleg.journal.JournalEntry.CommandRecord;
import io.twinleg.journal.JournalException.Kind;
import io.twinleg.journal.JournalReader.StateEntry;
import io.twinleg.journal.OperatorInbox.InboxEntry;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Reads a journal for a picture of it: every event of the run itself (orders, fills, payments,
 * commands), and of the market data and the account's reports, which are all but a hundredth of a
 * long journal, no more than can be drawn. Money and sizes are exact; what values them between two
 * samples is older.
 *
 * <p>Read in full are the beginning, the end, the last rows before each order (its price is
 * compared with the mid of then), and the rows about chosen instants. Used by one thread; a runner
 * may write meanwhile.
 */
public final class SampledReader implements AutoCloseable {
  /** As the index of the facts has it, so that the rest of a long journal is not looked through. */
  private static final String FACTS = " AND " + Pruning.IS_NO_MARKET_DATA;

  private static final String REPORTS = " AND kind = 'AccountReported'";

  /** Up to so many rows nothing is left out. */
  private static final int ALL = 5_000;

  private static final int AT_THE_END = 500;
  private static final int AT_THE_END_A_SAMPLE = 4;
  private static final int AT_THE_BEGINNING = 500;
  private static final int ABOUT_AN_INSTANT = 200;
  private static final int BEFORE_AN_ORDER = 60;

  /** Market data are read in runs of so many rows: both books and the mark are of one moment. */
  private static final int RUN = 24;

  private static final String COLUMNS = "SELECT seq, ts, cause, kind, data, crc FROM journal";
  private static final String BETWEEN = " WHERE seq > ? AND seq <= ?";

  /** Enough of them that one has nothing in flight. */
  private static final String LAST_REPORTS =
      COLUMNS + BETWEEN + REPORTS + " ORDER BY seq DESC LIMIT 20";

  private final Database database;
  private final SqliteReader reader;

  private SampledReader(Database database, int version) {
    this.database = database;
    this.reader = new SqliteReader(database, version);
  }

  /**
   * @throws JournalException when there is no journal at this path, or it is of another version
   */
  public static SampledReader open(Path journal) {
    Database database = Database.openExisting(journal, Database.Access.READ);
    try {
      return new SampledReader(database, Schema.requireReadable(database));
    } catch (RuntimeException failure) {
      database.close();
      throw failure;
    }
  }

  public JournalIdentity identity() {
    return reader.identity();
  }

  /** The value last {@link Journal#put put} under this key. */
  public Optional<String> value(String key) {
    return reader.value(key);
  }

  /** As {@link JournalReader#logEvents(String, int)}. */
  public List<StateEntry> logEvents(String kind, int limit) {
    return reader.logEvents(kind, limit);
  }

  /** As {@link JournalReader#logEvents(int)}. */
  public List<StateEntry> logEvents(int limit) {
    return reader.logEvents(limit);
  }

  /** The rows of the table {@code events} after one, oldest first. */
  public List<StateEntry> logEventsAfter(long id, int limit) {
    return reader.logEventsAfter(id, limit);
  }

  /** The last row of the table {@code events}; 0 where there is none. */
  public long lastLogEvent() {
    return database.number("SELECT max(id) FROM events");
  }

  /** Operator commands that no runner has taken yet, oldest first. */
  public List<InboxEntry> pending() {
    return OperatorInbox.pending(database);
  }

  /** The last sequence that is committed; 0 where nothing is. */
  public long lastSequence() {
    return database.number("SELECT max(seq) FROM journal");
  }

  /** The first row of this instant or later; the last sequence where there is none. */
  public long firstSince(Instant instant) {
    long low = 1;
    long high = Math.max(1, lastSequence());
    while (low < high) {
      long middle = low + (high - low) / 2;
      if (timeOf(middle) < instant.toEpochMilli()) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private long timeOf(long sequence) {
    return database
        .rows(
            "SELECT ts FROM journal WHERE seq >= ? ORDER BY seq LIMIT 1",
            row -> row.getLong(1),
            sequence)
        .stream()
        .findFirst()
        .orElse(Long.MAX_VALUE);
  }

  /** When the row of this sequence was received; empty where there is none. */
  public Optional<Instant> time(long sequence) {
    return Optional.of(timeOf(sequence))
        .filter(millis -> millis != Long.MAX_VALUE)
        .map(Instant::ofEpochMilli);
  }

  /**
   * The entries after one sequence up to another, in order.
   *
   * @param samples at how many places the market data are read, where there are too many; the more,
   *     the more of the end is read in full
   * @param instants about which nothing is left out
   * @throws JournalException where a row is damaged or cannot be read by this program
   */
  public void read(
      long after, long last, int samples, List<Instant> instants, Consumer<JournalEntry> consumer) {
    Map<Long, JournalRow> rows = new TreeMap<>();
    if (last - after <= ALL) {
      add(rows, COLUMNS + BETWEEN, after, last);
    } else {
      add(rows, COLUMNS + BETWEEN + FACTS, after, last);
      add(rows, COLUMNS + BETWEEN + REPORTS + " ORDER BY seq LIMIT 1", after, last);
      add(rows, LAST_REPORTS, after, last);
      long step = Math.max(RUN, (last - after) / samples);
      for (long start = after; start < last; start += step) {
        add(rows, COLUMNS + BETWEEN, start, Math.min(last, start + RUN));
      }
      add(rows, COLUMNS + BETWEEN, after, after + AT_THE_BEGINNING);
      int end = AT_THE_END + samples * AT_THE_END_A_SAMPLE;
      add(rows, COLUMNS + BETWEEN, Math.max(after, last - end), last);
      for (Instant instant : instants) {
        long at = firstSince(instant);
        add(
            rows,
            COLUMNS + BETWEEN,
            Math.max(after, at - ABOUT_AN_INSTANT),
            Math.min(last, at + ABOUT_AN_INSTANT));
      }
      addCauses(rows, after);
    }
    deliver(rows.values(), consumer);
  }

  private void add(Map<Long, JournalRow> rows, String sql, long after, long last) {
    database
        .rows(sql, SampledReader::row, after, last)
        .forEach(row -> rows.put(row.sequence(), row));
  }

  /** A command stands behind the event that caused it, which may be of the market. */
  private void addCauses(Map<Long, JournalRow> rows, long after) {
    long read = after;
    for (JournalRow row : List.copyOf(rows.values())) {
      if (row.cause() > read) {
        int before = row.kind().equals("PlaceOrder") ? BEFORE_AN_ORDER : 1;
        add(rows, COLUMNS + BETWEEN, Math.max(read, row.cause() - before), row.cause());
        read = row.cause();
      }
    }
  }

  private static JournalRow row(ResultSet row) throws SQLException {
    return new JournalRow(
        row.getLong(1),
        row.getLong(2),
        row.getLong(3),
        row.getString(4),
        row.getString(5),
        row.getLong(6));
  }

  private void deliver(Iterable<JournalRow> rows, Consumer<JournalEntry> consumer) {
    SequencedEvent event = null;
    List<CommandRecord> commands = new ArrayList<>();
    for (JournalRow row : rows) {
      requireIntact(row);
      if (row.isEvent()) {
        if (event != null) {
          consumer.accept(new JournalEntry(event, commands));
        }
        commands.clear();
        event = EventCodec.decodeEvent(row);
      } else {
        commands.add(EventCodec.decodeCommand(row));
      }
    }
    if (event != null) {
      consumer.accept(new JournalEntry(event, commands));
    }
  }

  private void requireIntact(JournalRow row) {
    if (!row.isIntact()) {
      throw new JournalException(
          Kind.UNUSABLE,
          "row %d of %s is damaged: its checksum does not fit; put a backup of the file in its place"
              .formatted(row.sequence(), database.path()));
    }
  }

  @Override
  public void close() {
    database.close();
  }
}
