package io.twinleg.journal;

import io.twinleg.files.OwnerOnly;
import io.twinleg.journal.JournalException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.sqlite.ProgressHandler;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteOpenMode;

/**
 * One connection to one SQLite file. Its errors are {@link JournalException}s. Used by one thread.
 */
final class Database implements AutoCloseable {
  static final Path IN_MEMORY = Path.of(":memory:");

  /** How long a statement waits for a lock that another process holds. */
  private static final int BUSY_TIMEOUT_MS = 5_000;

  private static final DateTimeFormatter MILLIS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  /** The extended codes keep the primary one in their lowest byte. */
  private static final int PRIMARY = 0xff;

  private static final int PERM = 3;
  private static final int BUSY = 5;
  private static final int LOCKED = 6;
  private static final int READONLY = 8;
  private static final int IOERR = 10;
  private static final int CORRUPT = 11;
  private static final int FULL = 13;
  private static final int CANTOPEN = 14;
  private static final int NOTADB = 26;

  enum Access {
    /** Creates the file where there is none. */
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
      throw exception(path, e);
    }
  }

  /**
   * Opens a file that exists. The file system is queried before SQLite; the file itself is never
   * opened here, because closing it again would free the locks that SQLite holds on it in this
   * process.
   *
   * @throws JournalException of kind NO_JOURNAL where there is none
   */
  static Database openExisting(Path journal, Access access) {
    refuseDirectory(journal);
    if (!Files.exists(journal)) {
      throw new JournalException(
          Kind.NO_JOURNAL,
          "there is no journal at " + journal + ": start a run first, or check --state-db");
    }
    return open(journal, access);
  }

  /**
   * Makes the file where there is none, because SQLite would give it the mode that the umask
   * leaves. Its {@code -wal} and {@code -shm} get the mode of the file. SQLite takes an empty file
   * as a new database. One that exists is not opened, for the reason above.
   */
  static void createFile(Path journal) {
    try {
      OwnerOnly.createFile(journal);
    } catch (IOException e) {
      throw new JournalException(
          Kind.NO_JOURNAL,
          journal
              + " cannot be made ("
              + e
              + "): check that it is a file in a directory that this user may write",
          e);
    }
  }

  /** A directory that is missing is made for its owner alone. */
  static void createDirectory(Path journal) {
    refuseDirectory(journal);
    Path directory = journal.toAbsolutePath().getParent();
    try {
      if (directory != null && !Files.isDirectory(directory)) {
        OwnerOnly.createDirectories(directory);
      }
    } catch (IOException e) {
      throw new JournalException(
          Kind.UNUSABLE,
          "the directory of " + journal + " cannot be made (" + e + "): give another --state-db",
          e);
    }
  }

  private static void refuseDirectory(Path journal) {
    if (Files.isDirectory(journal)) {
      throw new JournalException(
          Kind.NO_JOURNAL,
          journal + " is a directory, and a journal is a file: give --state-db a file in it");
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

  /**
   * One statement that may take long.
   *
   * @param written the file that a failure names
   * @param watcher called after each so many steps of SQLite's, on this thread
   */
  void watched(Path written, int steps, Runnable watcher, String sql) {
    try {
      ProgressHandler.setHandler(
          connection,
          steps,
          new ProgressHandler() {
            @Override
            protected int progress() {
              watcher.run();
              return 0;
            }
          });
      try {
        execute(sql);
      } finally {
        ProgressHandler.clearHandler(connection);
      }
    } catch (SQLException e) {
      throw exception(written, e);
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

  /** The only number in the result of a query; 0 for NULL or no row. */
  long number(String sql) {
    List<Long> found = rows(sql, row -> row.getLong(1));
    return found.isEmpty() ? 0 : found.get(0);
  }

  private JournalException fault(SQLException e) {
    return exception(path, e);
  }

  /** What an error code of SQLite means to an operator. */
  private static JournalException exception(Path path, SQLException e) {
    int code = e.getErrorCode() & PRIMARY;
    return new JournalException(kind(code), path + " " + sentence(code, e), e);
  }

  private static Kind kind(int code) {
    return switch (code) {
      case BUSY, LOCKED -> Kind.LOCKED;
      case NOTADB, CANTOPEN -> Kind.NO_JOURNAL;
      default -> Kind.UNUSABLE;
    };
  }

  private static String sentence(int code, SQLException e) {
    return switch (code) {
      case BUSY, LOCKED ->
          "is kept locked by another process: end whatever else has this file open for writing";
      case NOTADB ->
          "is not an SQLite database, and was left as it is: give --state-db another path";
      case CORRUPT ->
          "is damaged: keep the file, put a backup in its place, or start on a new --state-db and"
              + " adopt the positions";
      case FULL -> "could not be written because the disk is full: free some space and start again";
      case IOERR ->
          "could not be read or written (" + e.getMessage() + "): check the disk and start again";
      case READONLY, PERM ->
          "is write-protected: give this user the right to write it and its directory, or another"
              + " --state-db";
      case CANTOPEN ->
          "cannot be opened: check that it is a file in a directory that this user may write";
      default -> "cannot be used (" + e.getMessage() + ")";
    };
  }

  /**
   * A time as it stands in the tables {@code events} and {@code inbox}: always UTC, always three
   * decimals, so that the texts sort.
   */
  static String timestamp(Instant time) {
    return MILLIS.format(time);
  }

  static Instant instant(String timestamp) {
    return Instant.parse(timestamp);
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
