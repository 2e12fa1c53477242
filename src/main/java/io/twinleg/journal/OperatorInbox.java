package io.twinleg.journal;

import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.time.Instant;
import java.util.List;

/**
 * The table {@code inbox}: commands that other processes leave for the runner of a journal. What is
 * put here is durable; the runner takes it within moments, or, when none is running, the next one
 * at its start.
 */
public final class OperatorInbox {
  private static final int PAGE = 100;

  private static final String PENDING =
      "SELECT id, ts, command, args FROM inbox WHERE taken_seq IS NULL ORDER BY id LIMIT " + PAGE;

  /** SQLite reads the time itself: an operator command is stamped with the wall clock. */
  private static final String PUT =
      "INSERT INTO inbox (ts, command, args) VALUES (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), ?, ?)";

  private OperatorInbox() {}

  /** A command of the operator; {@code args} may be empty. */
  public record InboxEntry(long id, Instant ts, String command, String args) {}

  /**
   * @param args may be empty
   * @throws JournalException when there is no journal at this path
   */
  public static void put(Path journal, String command, String args) {
    try (Database database = Database.openExisting(journal, Database.Access.WRITE)) {
      Schema.requireReadable(database);
      database.transaction(() -> {
        try (PreparedStatement insert = database.prepare(PUT)) {
          insert.setString(1, command);
          insert.setString(2, args);
          insert.executeUpdate();
        }
      });
    }
  }

  /**
   * What no runner has taken yet, oldest first, at most a hundred; nothing is changed.
   *
   * @throws JournalException when there is no journal at this path
   */
  public static List<InboxEntry> pending(Path journal) {
    try (Database database = Database.openExisting(journal, Database.Access.READ)) {
      return pending(database);
    }
  }

  /** Entries that no runner has taken, oldest first, at most one page. */
  static List<InboxEntry> pending(Database database) {
    return database.rows(
        PENDING,
        row ->
            new InboxEntry(
                row.getLong(1),
                Database.instant(row.getString(2)),
                row.getString(3),
                row.getString(4)));
  }
}
