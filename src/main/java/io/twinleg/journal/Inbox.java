package io.twinleg.journal;

import java.sql.PreparedStatement;
import java.util.List;

/** The table {@code inbox}. */
final class Inbox {
  private static final int AT_A_TIME = 100;

  private static final String WAITING =
      "SELECT id, ts, command, args FROM inbox WHERE taken_seq IS NULL ORDER BY id LIMIT "
          + AT_A_TIME;

  /** The system's time is read by SQLite itself: an operator's word is told by the wall clock. */
  private static final String PUT =
      "INSERT INTO inbox (ts, command, args) VALUES (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), ?, ?)";

  private Inbox() {}

  static List<InboxEntry> waiting(Database database) {
    return database.rows(
        WAITING,
        row ->
            new InboxEntry(
                row.getLong(1),
                IsoTime.read(row.getString(2)),
                row.getString(3),
                row.getString(4)));
  }

  static void put(Database database, String command, String args) {
    database.transaction(() -> {
      try (PreparedStatement insert = database.prepare(PUT)) {
        insert.setString(1, command);
        insert.setString(2, args);
        insert.executeUpdate();
      }
    });
  }
}
