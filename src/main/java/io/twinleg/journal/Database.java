package io.twinleg.journal;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteOpenMode;

/**
 * One connection to one SQLite file; its errors are {@link JournalException}s. Used by one thread.
 */
final class Database implements AutoCloseable {
  static final Path IN_MEMORY = Path.of(":memory:");

  /** How long a lock that another process holds for a moment is waited for. */
  private static final int BUSY_TIMEOUT_MS = 5_000;

  enum Access {
    /** Also makes the file where there is none. */
    CREATE,
    WRITE,
    READ
  }

  interface RowReader<T> {
    T read(ResultSet row) throws SQLException;
  }

  interface Work {
    void run() throws SQLException;
  }

  private final Path path;
  private final Connection connection;

  private Database(Path path, Connection connection) {
    this.path = path;
    this.connection = connection;
  }

  static Database open(Path path, Access access) {
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout(BUSY_TIMEOUT_MS);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    if (access == Access.READ) {
      config.setReadOnly(true);
    }
    if (access == Access.WRITE) {
      config.resetOpenMode(SQLiteOpenMode.CREATE);
    }
    try {
      return new Database(path, config.createConnection("jdbc:sqlite:" + path));
    } catch (SQLException e) {
      throw SqliteFaults.fault(path, e);
    }
  }

  Path path() {
    return path;
  }

  /**
   * All of the work becomes durable, or none of it. The write lock is held no longer than it runs.
   */
  void transaction(Work work) {
    try {
      execute("BEGIN IMMEDIATE");
      try {
        work.run();
        execute("COMMIT");
      } catch (SQLException | RuntimeException e) {
        rollBack(e);
        throw e;
      }
    } catch (SQLException e) {
      throw fault(e);
    }
  }

  /** Some errors have rolled back already; another failure here adds nothing to the first. */
  private void rollBack(Exception reason) {
    try {
      execute("ROLLBACK");
    } catch (SQLException e) {
      reason.addSuppressed(e);
    }
  }

  /** One statement, or a script of several. */
  void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }

  PreparedStatement prepare(String sql) throws SQLException {
    return connection.prepareStatement(sql);
  }

  <T> List<T> rows(String sql, RowReader<T> reader, Object... arguments) {
    try (PreparedStatement statement = prepare(sql)) {
      for (int i = 0; i < arguments.length; i++) {
        statement.setObject(i + 1, arguments[i]);
      }
      List<T> rows = new ArrayList<>();
      try (ResultSet found = statement.executeQuery()) {
        while (found.next()) {
          rows.add(reader.read(found));
        }
      }
      return rows;
    } catch (SQLException e) {
      throw fault(e);
    }
  }

  /** The only number that such a query answers with; 0 for NULL or nothing. */
  long number(String sql) {
    List<Long> found = rows(sql, row -> row.getLong(1));
    return found.isEmpty() ? 0 : found.get(0);
  }

  JournalException fault(SQLException e) {
    return SqliteFaults.fault(path, e);
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw fault(e);
    }
  }
}
