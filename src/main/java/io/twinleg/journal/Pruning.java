package io.twinleg.journal;

import io.twinleg.core.event.Event;
import java.nio.ByteBuffer;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.CRC32C;

/**
 * Drops market data that no kept snapshot needs, a slice of the sequence at a time: each slice is
 * one transaction, which also says how far it came and what it left. So it can be interrupted
 * anywhere, and what is lost of the facts is noticed.
 */
final class Pruning {
  /** Of the sequence: some milliseconds of work, a tenth of a second on a busy machine. */
  static final int SLICE = 2_000;

  /** Snapshots that are kept: the newest may turn out unreadable, and so may the one before. */
  static final int SNAPSHOTS_KEPT = 3;

  /** With fewer there is none to fall back on. */
  private static final int SNAPSHOTS_NEEDED = 2;

  /** As in the index of the facts, letter for letter. */
  static final String IS_NO_MARKET_DATA =
      "(cause IS NOT NULL OR kind NOT IN (%s))"
          .formatted(
              JournalNames.marketData().stream()
                  .map(kind -> "'" + kind + "'")
                  .collect(Collectors.joining(", ")));

  private Pruning() {}

  /** How far the market data were dropped, and what is left up to there. */
  private record Mark(long sequence, long kept, long crc) {
    Mark with(long row, long rowCrc) {
      CRC32C chained = new CRC32C();
      chained.update(
          ByteBuffer.allocate(3 * Long.BYTES).putLong(crc).putLong(row).putLong(rowCrc).array());
      return new Mark(sequence, kept + 1, chained.getValue());
    }

    Mark upTo(long row) {
      return new Mark(row, kept, crc);
    }
  }

  private record Kept(long sequence, long crc) {}

  /**
   * The condition for a row that is never dropped: a command, an event that caused one, or one that
   * is no market data. The first report of the account says what was there before us.
   */
  static String isFact(Database database) {
    return "(%s OR seq = %d OR EXISTS (SELECT 1 FROM journal AS next WHERE next.seq = journal.seq + 1 AND next.cause IS NOT NULL))"
        .formatted(IS_NO_MARKET_DATA, firstAccount(database));
  }

  private static long firstAccount(Database database) {
    return database.number(
        "SELECT seq FROM journal WHERE kind = '%s' ORDER BY seq LIMIT 1"
            .formatted(JournalNames.EVENTS.get(Event.AccountReported.class)));
  }

  /** The last of these facts up to a row. A fact that is market data comes before a command. */
  static long lastFact(Database database, long upTo) {
    long first = firstAccount(database);
    long last =
        database.number(
            "SELECT max(seq) FROM journal WHERE %s AND seq <= %d"
                .formatted(IS_NO_MARKET_DATA, upTo));
    return first <= upTo ? Math.max(first, last) : last;
  }

  /**
   * The sequences of so many of these facts after one row (the first argument) up to another (the
   * second), read from the index of the facts alone.
   */
  static String nextFacts(Database database, int limit) {
    return "SELECT seq FROM journal WHERE %1$s AND seq > ?1 AND seq <= ?2 UNION SELECT cause FROM journal WHERE %1$s AND seq > ?1 AND seq <= ?2 AND cause > ?1 UNION SELECT %2$d WHERE %2$d > ?1 AND %2$d <= ?2 ORDER BY 1 LIMIT %3$d"
        .formatted(IS_NO_MARKET_DATA, firstAccount(database), limit);
  }

  /** Up to which row they may be dropped. */
  static long limit(Database database) {
    return database.number(
        "SELECT CASE WHEN count(*) >= %d THEN min(seq) ELSE 0 END FROM snapshot"
            .formatted(SNAPSHOTS_NEEDED));
  }

  /** One slice. Returns whether there is more. */
  static boolean slice(Database database) {
    Mark before = mark(database);
    long limit = limit(database);
    if (before.sequence() >= limit) {
      return false;
    }
    long to = Math.min(limit, before.sequence() + SLICE);
    String isFact = isFact(database);
    database.transaction(() -> {
      Mark after = chained(database, before, to, isFact).upTo(to);
      update(
          database,
          "DELETE FROM journal WHERE seq > ? AND seq <= ? AND NOT " + isFact,
          before.sequence(),
          to);
      update(
          database,
          "UPDATE pruned SET seq = ?, kept = ?, crc = ?",
          after.sequence(),
          after.kept(),
          after.crc());
    });
    return to < limit;
  }

  private static Mark mark(Database database) {
    return database
        .rows(
            "SELECT seq, kept, crc FROM pruned",
            row -> new Mark(row.getLong(1), row.getLong(2), row.getLong(3)))
        .get(0);
  }

  private static Mark chained(Database database, Mark from, long to, String isFact) {
    Mark mark = from;
    List<Kept> kept =
        database.rows(
            "SELECT seq, crc FROM journal WHERE seq > ? AND seq <= ? AND "
                + isFact
                + " ORDER BY seq",
            row -> new Kept(row.getLong(1), row.getLong(2)),
            from.sequence(),
            to);
    for (Kept row : kept) {
      mark = mark.with(row.sequence(), row.crc());
    }
    return mark;
  }

  private static void update(Database database, String sql, long... arguments) throws SQLException {
    try (PreparedStatement statement = database.prepare(sql)) {
      for (int i = 0; i < arguments.length; i++) {
        statement.setLong(i + 1, arguments[i]);
      }
      statement.executeUpdate();
    }
  }

  /** What is wrong with the rows that were left, in one phrase; empty when nothing is. */
  static String damage(Database database) {
    Mark recorded = mark(database);
    Mark found = chained(database, new Mark(0, 0, 0), recorded.sequence(), "1");
    if (found.kept() != recorded.kept()) {
      return "%d rows are left up to row %d, and %d were kept"
          .formatted(found.kept(), recorded.sequence(), recorded.kept());
    }
    return found.crc() == recorded.crc()
        ? ""
        : "the rows up to row %d are not those that were kept".formatted(recorded.sequence());
  }
}
