package io.twinleg.alerts;

import io.twinleg.alerts.Alert.AlertLevel;
import io.twinleg.files.OwnerOnly;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sqlite.SQLiteConfig;

/**
 * The alerts on disk, in a file of their own beside the journal: what was read of the journal, what
 * is to be sent on which channel, and what became of it. Each step is durable before the next one
 * begins: an alert is stored with the place in the journal that it was read at, a sending is marked
 * before it begins and again when it is over. Used by several threads, one statement at a time.
 *
 * <p>Bounded: so many alerts may wait on a channel, the oldest of the least level are left out
 * first; so many that were delivered are kept.
 */
final class AlertQueue implements AutoCloseable {
  static final int WAITING_MAX = 500;
  private static final int KEPT = 1_000;

  /** A sending of unclear outcome is repeated so often at most. */
  static final int UNCLEAR_MAX = 6;

  private static final String TABLES =
      """
      CREATE TABLE IF NOT EXISTS alert (
        seq    INTEGER PRIMARY KEY AUTOINCREMENT,
        id     TEXT NOT NULL UNIQUE,
        level  TEXT NOT NULL,
        ts     TEXT NOT NULL,
        source TEXT NOT NULL,
        kind   TEXT NOT NULL,
        market TEXT NOT NULL,
        text   TEXT NOT NULL
      ) STRICT;
      CREATE TABLE IF NOT EXISTS delivery (
        seq     INTEGER NOT NULL,
        channel TEXT NOT NULL,
        state   TEXT NOT NULL,
        unclear INTEGER NOT NULL DEFAULT 0,
        PRIMARY KEY (channel, seq)
      ) STRICT;
      CREATE INDEX IF NOT EXISTS delivery_open ON delivery (channel, seq)
        WHERE state IN ('waiting', 'sending');
      CREATE TABLE IF NOT EXISTS kv (k TEXT NOT NULL PRIMARY KEY, v TEXT NOT NULL) STRICT;
      """;

  private static final String OPEN = "state IN ('waiting', 'sending')";

  private final Path file;
  private final Connection connection;

  private AlertQueue(Path file, Connection connection) {
    this.file = file;
    this.connection = connection;
  }

  /** The queue cannot be read or written; the sentence says why. */
  static final class QueueException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private static final int PRIMARY_CODE = 0xff;
    private static final int CORRUPT = 11;
    private static final int NO_DATABASE = 26;

    QueueException(Path file, Exception cause) {
      super("the alerts' queue " + file + " cannot be used (" + cause.getMessage() + ")", cause);
    }

    private boolean isDamage() {
      int code = getCause() instanceof SQLException e ? e.getErrorCode() & PRIMARY_CODE : 0;
      return code == CORRUPT || code == NO_DATABASE;
    }
  }

  /**
   * An alert that waits on a channel.
   *
   * @param unclear how often it was sent without knowing whether it arrived
   */
  record QueuedAlert(long sequence, String channel, Alert alert, int unclear) {}

  /** The queue of a journal. */
  static Path fileOf(Path journal) {
    return journal.resolveSibling(journal.getFileName() + ".alerts");
  }

  /**
   * Opens the queue, makes it where there is none, and puts a damaged one aside.
   *
   * @param channels that are configured; what waits on others is dropped
   */
  static AlertQueue open(Path file, Collection<String> channels) {
    AlertQueue queue;
    try {
      queue = connect(file);
    } catch (QueueException failure) {
      if (!failure.isDamage()) {
        throw failure;
      }
      queue = connectAnew(file);
    }
    queue.begin(channels);
    return queue;
  }

  private static AlertQueue connectAnew(Path file) {
    try {
      Path aside = file.resolveSibling(file.getFileName() + ".damaged");
      Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
      return connect(file);
    } catch (IOException e) {
      throw new QueueException(file, e);
    }
  }

  private static AlertQueue connect(Path file) {
    SQLiteConfig config = new SQLiteConfig();
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.setBusyTimeout(5_000);
    try {
      OwnerOnly.createFile(file);
      Connection connection = config.createConnection("jdbc:sqlite:" + file);
      try (Statement statement = connection.createStatement()) {
        statement.executeUpdate(TABLES);
        return new AlertQueue(file, connection);
      } catch (SQLException unreadable) {
        connection.close();
        throw unreadable;
      }
    } catch (IOException | SQLException e) {
      throw new QueueException(file, e);
    }
  }

  /** What was being sent when the program was killed may have arrived. */
  private void begin(Collection<String> channels) {
    transaction(() -> {
      update(
          "UPDATE delivery SET state = 'waiting', unclear = unclear + 1 WHERE state = 'sending'");
      for (String channel : strings("SELECT DISTINCT channel FROM delivery WHERE " + OPEN)) {
        if (!channels.contains(channel)) {
          update("UPDATE delivery SET state = 'dropped' WHERE channel = ? AND " + OPEN, channel);
        }
      }
    });
  }

  synchronized Optional<String> value(String key) {
    try {
      return strings("SELECT v FROM kv WHERE k = ?", key).stream().findFirst();
    } catch (SQLException e) {
      throw new QueueException(file, e);
    }
  }

  /**
   * In one transaction: alerts for each channel, and what was read up to them. An alert whose id is
   * there already is not added again.
   *
   * @param values that replace those under the same keys
   */
  void add(List<Alert> alerts, Collection<String> channels, Map<String, String> values) {
    transaction(() -> {
      for (Alert alert : alerts) {
        boolean isNew =
            update(
                    "INSERT OR IGNORE INTO alert (id, level, ts, source, kind, market, text)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?)",
                    alert.id(),
                    alert.level().name(),
                    alert.at().toString(),
                    alert.source(),
                    alert.kind(),
                    alert.market(),
                    alert.text())
                > 0;
        for (String channel : isNew ? channels : List.<String>of()) {
          update(
              "INSERT INTO delivery (seq, channel, state)"
                  + " SELECT seq, ?, 'waiting' FROM alert WHERE id = ?",
              channel,
              alert.id());
        }
      }
      for (Map.Entry<String, String> value : values.entrySet()) {
        update("INSERT OR REPLACE INTO kv (k, v) VALUES (?, ?)", value.getKey(), value.getValue());
      }
      if (!alerts.isEmpty()) {
        limit(channels);
      }
    });
  }

  private void limit(Collection<String> channels) throws SQLException {
    for (String channel : channels) {
      for (AlertLevel least : AlertLevel.values()) {
        long over = count(channel) - WAITING_MAX;
        if (over > 0) {
          update(
              "UPDATE delivery SET state = 'dropped' WHERE channel = ? AND seq IN (SELECT d.seq"
                  + " FROM delivery d JOIN alert a ON a.seq = d.seq WHERE d.channel = ?"
                  + " AND d.state = 'waiting' AND a.level = ? ORDER BY d.seq LIMIT ?)",
              channel,
              channel,
              least.name(),
              over);
        }
      }
    }
    String old = "SELECT max(seq) - " + KEPT + " FROM alert";
    update("DELETE FROM delivery WHERE NOT " + OPEN + " AND seq < (" + old + ")");
    update("DELETE FROM alert WHERE seq < (" + old + ") AND seq NOT IN (SELECT seq FROM delivery)");
  }

  /** How many wait on a channel. */
  synchronized int waiting(String channel) {
    try {
      return (int) count(channel);
    } catch (SQLException e) {
      throw new QueueException(file, e);
    }
  }

  private long count(String channel) throws SQLException {
    String sql = "SELECT count(*) FROM delivery WHERE channel = ? AND " + OPEN;
    return Long.parseLong(strings(sql, channel).get(0));
  }

  /** The oldest that waits on a channel. */
  synchronized Optional<QueuedAlert> next(String channel) {
    String sql =
        "SELECT d.seq, d.unclear, a.id, a.level, a.ts, a.source, a.kind, a.market, a.text"
            + " FROM delivery d JOIN alert a ON a.seq = d.seq WHERE d.channel = ? AND d."
            + OPEN
            + " ORDER BY d.seq LIMIT 1";
    try (PreparedStatement statement = prepare(sql, channel);
        ResultSet row = statement.executeQuery()) {
      if (!row.next()) {
        return Optional.empty();
      }
      Alert alert =
          new Alert(
              row.getString(3),
              AlertLevel.valueOf(row.getString(4)),
              Instant.parse(row.getString(5)),
              row.getString(6),
              row.getString(7),
              row.getString(8),
              row.getString(9));
      return Optional.of(new QueuedAlert(row.getLong(1), channel, alert, row.getInt(2)));
    } catch (SQLException e) {
      throw new QueueException(file, e);
    }
  }

  /** Durable before anything is sent. */
  void sending(QueuedAlert queued) {
    mark(queued, "sending", queued.unclear());
  }

  void delivered(QueuedAlert queued) {
    mark(queued, "delivered", queued.unclear());
  }

  /** It did certainly not arrive. */
  void again(QueuedAlert queued) {
    mark(queued, "waiting", queued.unclear());
  }

  /** It may have arrived; after so many times it is left at that. */
  void unclear(QueuedAlert queued) {
    int times = queued.unclear() + 1;
    mark(queued, times < UNCLEAR_MAX ? "waiting" : "unclear", times);
  }

  /** The service will not have it. */
  void refused(QueuedAlert queued) {
    mark(queued, "refused", queued.unclear());
  }

  private void mark(QueuedAlert queued, String state, int unclear) {
    transaction(() ->
        update(
            "UPDATE delivery SET state = ?, unclear = ? WHERE channel = ? AND seq = ?",
            state,
            unclear,
            queued.channel(),
            queued.sequence()));
  }

  // ---- SQLite

  /** Statements that become durable together. */
  private interface Statements {
    void run() throws SQLException;
  }

  private synchronized void transaction(Statements statements) {
    try {
      connection.setAutoCommit(false);
      try {
        statements.run();
        connection.commit();
      } catch (SQLException failure) {
        connection.rollback();
        throw failure;
      } finally {
        connection.setAutoCommit(true);
      }
    } catch (SQLException e) {
      throw new QueueException(file, e);
    }
  }

  private PreparedStatement prepare(String sql, Object... arguments) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < arguments.length; i++) {
      statement.setObject(i + 1, arguments[i]);
    }
    return statement;
  }

  private int update(String sql, Object... arguments) throws SQLException {
    try (PreparedStatement statement = prepare(sql, arguments)) {
      return statement.executeUpdate();
    }
  }

  private List<String> strings(String sql, Object... arguments) throws SQLException {
    List<String> found = new ArrayList<>();
    try (PreparedStatement statement = prepare(sql, arguments);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        found.add(rows.getString(1));
      }
    }
    return found;
  }

  @Override
  public synchronized void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new QueueException(file, e);
    }
  }
}
