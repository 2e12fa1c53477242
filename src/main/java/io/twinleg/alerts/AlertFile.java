package io.twinleg.alerts;

import io.twinleg.core.event.LogEvent;
import io.twinleg.files.OwnerOnly;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Function;
import org.sqlite.SQLiteConfig;
import tools.jackson.core.JacksonException;

/**
 * The file of the alerts' queue. One that is damaged, at the start or while it is used, is put
 * aside, and what can be read of it goes on in another. Used by several threads, one statement at a
 * time.
 */
final class AlertFile implements AutoCloseable {
  /** What is damaged again at once is not the file's fault. */
  private static final Duration BETWEEN_RENEWALS = Duration.ofMinutes(1);

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

  private final Path file;
  private final Consumer<LogEvent> log;

  /** What this process read and wrote, whatever becomes of the file. */
  private final Map<String, String> values = new HashMap<>();

  private final Map<String, String> uncommitted = new HashMap<>();
  private Connection connection;
  private long renewed = System.nanoTime() - BETWEEN_RENEWALS.toNanos();

  private AlertFile(Path file, Consumer<LogEvent> log, Connection connection) {
    this.file = file;
    this.log = log;
    this.connection = connection;
  }

  /** The queue cannot be read or written; the sentence says why. */
  static final class QueueException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    QueueException(Path file, Exception cause) {
      super("the alerts' queue " + file + " cannot be used (" + cause.getMessage() + ")", cause);
    }
  }

  /**
   * Opens the file, makes it where there is none, and puts a damaged one aside.
   *
   * @param log receives a line where one was put aside
   */
  static AlertFile open(Path path, Consumer<LogEvent> log) {
    AlertFile file = new AlertFile(path, log, connected(path, log));
    file.attempt(file::prepareFile);
    return file;
  }

  /** Of a file that is no database at all, nothing can be read. */
  private static Connection connected(Path path, Consumer<LogEvent> log) {
    try {
      try {
        return connect(path);
      } catch (SQLException unusable) {
        if (!AlertSalvage.isDamage(unusable)) {
          throw unusable;
        }
        Path aside = AlertSalvage.putAside(path);
        Connection anew = connect(path);
        log.accept(renewed(unusable, aside, 0, 0));
        return anew;
      }
    } catch (IOException | SQLException e) {
      throw new QueueException(path, e);
    }
  }

  private static LogEvent renewed(Exception cause, Path aside, int kept, int waiting) {
    return LogEvent.warn("alerts_file_renewed")
        .with("cause", String.valueOf(cause.getMessage()))
        .with("aside", aside.toString())
        .with("kept", kept)
        .with("waiting", waiting);
  }

  private static Connection connect(Path file) throws IOException, SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.setBusyTimeout(5_000);
    OwnerOnly.createFile(file);
    return config.createConnection("jdbc:sqlite:" + file);
  }

  private boolean prepareFile() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate(TABLES);
    }
    List<String> found = strings("PRAGMA quick_check(1)");
    if (!found.equals(List.of("ok"))) {
      throw new SQLException(String.join(", ", found), "", AlertSalvage.DAMAGED);
    }
    return true;
  }

  /**
   * What was last stored under this key; empty where there is nothing that the reader understands.
   *
   * @param reader fails on a text that is not one of ours
   */
  synchronized <T> Optional<T> value(String key, Function<String, T> reader) {
    List<String> found = attempt(() -> strings("SELECT v FROM kv WHERE k = ?", key));
    try {
      Optional<T> value = found.stream().findFirst().map(reader);
      value.ifPresent(known -> values.put(key, found.get(0)));
      return value;
    } catch (IllegalArgumentException | DateTimeException | JacksonException notOurs) {
      renew(notOurs, key);
      return Optional.empty();
    }
  }

  /** Within a transaction. */
  void store(String key, String value) throws SQLException {
    update("INSERT OR REPLACE INTO kv (k, v) VALUES (?, ?)", key, value);
    uncommitted.put(key, value);
  }

  /** Statements that become durable together. */
  interface Statements {
    void run() throws SQLException;
  }

  synchronized void transaction(Statements statements) {
    attempt(() -> {
      connection.setAutoCommit(false);
      uncommitted.clear();
      try {
        statements.run();
        connection.commit();
        connection.setAutoCommit(true);
        values.putAll(uncommitted);
        return true;
      } catch (SQLException | RuntimeException failure) {
        rollBack(failure);
        throw failure;
      }
    });
  }

  /**
   * A full disk has rolled back already, and to do it again fails as a damaged file does: that adds
   * nothing to the first failure.
   */
  private void rollBack(Exception failure) {
    for (Statements step :
        List.<Statements>of(connection::rollback, () -> connection.setAutoCommit(true))) {
      try {
        step.run();
      } catch (SQLException again) {
        failure.addSuppressed(again);
      }
    }
  }

  /** Reads or writes, once more where the file was damaged and another has taken its place. */
  synchronized <T> T attempt(Callable<T> work) {
    try {
      return work.call();
    } catch (SQLException | IllegalArgumentException | DateTimeException failure) {
      renew(failure, "");
    } catch (Exception failure) {
      throw new QueueException(file, failure);
    }
    try {
      return work.call();
    } catch (Exception failure) {
      throw new QueueException(file, failure);
    }
  }

  /**
   * Puts a damaged file aside, and begins another with what can be read of it and what this process
   * knows. The other is whole before it takes the place of the first, so that no disk that is full
   * loses both.
   *
   * @param without a key whose value is not carried over
   * @throws QueueException where the file is not damaged: there is no space, or no right to write
   */
  private void renew(Exception cause, String without) {
    boolean isSoon = System.nanoTime() - renewed < BETWEEN_RENEWALS.toNanos();
    if (isSoon || !AlertSalvage.isDamage(cause)) {
      throw new QueueException(file, cause);
    }
    renewed = System.nanoTime();
    AlertSalvage salvage = AlertSalvage.read(connection, without);
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    try {
      int waiting = write(fresh, salvage, without);
      connection.close();
      Path aside = AlertSalvage.putAside(file);
      Files.move(fresh, file);
      connection = connect(file);
      log.accept(renewed(cause, aside, salvage.alerts().size(), waiting));
    } catch (IOException | SQLException e) {
      throw new QueueException(file, e);
    }
  }

  /** Returns how many deliveries wait. */
  private int write(Path fresh, AlertSalvage salvage, String without)
      throws IOException, SQLException {
    Files.deleteIfExists(fresh);
    Connection damaged = connection;
    try (Connection other = connect(fresh)) {
      connection = other;
      prepareFile();
      Map<String, String> kept = salvage.values();
      values.remove(without);
      kept.putAll(values);
      return insert(salvage, kept);
    } finally {
      connection = damaged;
    }
  }

  private int insert(AlertSalvage salvage, Map<String, String> kept) throws SQLException {
    connection.setAutoCommit(false);
    for (Map.Entry<Long, Alert> row : salvage.alerts().entrySet()) {
      Alert alert = row.getValue();
      update(
          "INSERT INTO alert (seq, id, level, ts, source, kind, market, text)"
              + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
          row.getKey(),
          alert.id(),
          alert.level().name(),
          alert.at().toString(),
          alert.source(),
          alert.kind(),
          alert.market(),
          alert.text());
    }
    for (AlertSalvage.Delivery each : salvage.deliveries()) {
      update(
          "INSERT OR IGNORE INTO delivery (seq, channel, state, unclear) VALUES (?, ?, ?, ?)",
          each.sequence(),
          each.channel(),
          each.state(),
          each.unclear());
    }
    for (Map.Entry<String, String> value : kept.entrySet()) {
      update("INSERT INTO kv (k, v) VALUES (?, ?)", value.getKey(), value.getValue());
    }
    connection.commit();
    connection.setAutoCommit(true);
    return (int) salvage.deliveries().stream().filter(AlertSalvage.Delivery::isOpen).count();
  }

  PreparedStatement prepare(String sql, Object... arguments) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < arguments.length; i++) {
      statement.setObject(i + 1, arguments[i]);
    }
    return statement;
  }

  int update(String sql, Object... arguments) throws SQLException {
    try (PreparedStatement statement = prepare(sql, arguments)) {
      return statement.executeUpdate();
    }
  }

  List<String> strings(String sql, Object... arguments) throws SQLException {
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
