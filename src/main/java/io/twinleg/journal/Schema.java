package io.twinleg.journal;

import io.twinleg.core.model.OrderIdTag;
import io.twinleg.journal.JournalException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Whether a database is a journal, of which version and whose. A new version is one more numbered
 * script, which takes the tables from the version before it to its own.
 */
final class Schema {
  private static final List<String> SCRIPTS =
      List.of("001-journal.sql", "002-snapshots.sql", "003-short-rows.sql", "004-simulator.sql");

  private static final int LATEST = SCRIPTS.size();
  private static final int SNAPSHOTS = 2;
  private static final int SIMULATOR = 4;

  private static final String TABLES =
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY 1";

  private Schema() {}

  /**
   * Brings a journal up to date, or makes one of an empty database.
   *
   * <p>The tables and the identity come before WAL, straight into the file: a lost log then loses
   * rows, never whose journal it is. The transaction also proves that the file can be written.
   */
  static void prepare(Database database, JournalOwner owner, Supplier<OrderIdTag> newTag) {
    int version = version(database);
    if (version > 0) {
      requireOwner(database, owner);
    }
    database.transaction(() -> {
      upgrade(database, version);
      if (version == 0) {
        write(database, owner.with(newTag.get()));
      }
    });
    useWriteAheadLog(database);
  }

  private static void useWriteAheadLog(Database database) {
    String mode = database.rows("PRAGMA journal_mode = WAL", row -> row.getString(1)).get(0);
    if (!mode.equals("wal") && !mode.equals("memory")) {
      throw new JournalException(
          Kind.UNUSABLE,
          database.path()
              + " cannot have a write-ahead log, only journal mode "
              + mode
              + ": give --state-db a path on a local disk");
    }
  }

  /** The version of a journal, 0 of an empty database; anything else is refused. Writes nothing. */
  static int version(Database database) {
    List<String> tables = database.rows(TABLES, row -> row.getString(1));
    if (tables.isEmpty()) {
      return 0;
    }
    if (tables.equals(List.of("events", "kv"))) {
      throw otherVersion(
          database, "is a state db of the Python original, which this program cannot go on with");
    }
    int version = (int) database.number("PRAGMA user_version");
    if (version < 1 || !tables.containsAll(List.of("journal", "meta"))) {
      throw new JournalException(
          Kind.NO_JOURNAL,
          database.path()
              + " is another program's database (its tables: "
              + String.join(", ", tables)
              + "), and was left as it is: give --state-db another path");
    }
    if (version > LATEST) {
      throw otherVersion(
          database,
          "has schema version %d, and this program knows versions up to %d"
              .formatted(version, LATEST));
    }
    return version;
  }

  private static JournalException otherVersion(Database database, String what) {
    return new JournalException(
        Kind.OTHER_VERSION,
        database.path() + " " + what + ": use the program that wrote it, or another --state-db");
  }

  /** For readers, which may not bring a journal up to date. Returns its version. */
  static int requireReadable(Database database) {
    int version = version(database);
    if (version == 0) {
      throw new JournalException(
          Kind.NO_JOURNAL, database.path() + " is empty: no run has written to it yet");
    }
    return version;
  }

  /** Whether it has snapshots: an older one has none, and all its rows. */
  static boolean hasSnapshots(int version) {
    return version >= SNAPSHOTS;
  }

  /** Whether they have what a dry run's exchange held. */
  static boolean hasSimulator(int version) {
    return version >= SIMULATOR;
  }

  /**
   * Within the caller's transaction. The version is written even where it stays the same: SQLite
   * opens a write-protected file without an error, and would refuse the first commit instead.
   */
  static void upgrade(Database database, int from) throws SQLException {
    for (String script : SCRIPTS.subList(from, LATEST)) {
      database.execute(text(script));
    }
    database.execute("PRAGMA user_version = " + LATEST);
  }

  private static String text(String script) {
    try (InputStream resource = Schema.class.getResourceAsStream("/db/" + script)) {
      if (resource == null) {
        throw new IllegalStateException("the program was built without db/" + script);
      }
      return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void write(Database database, JournalIdentity identity) throws SQLException {
    Map<String, String> meta = new LinkedHashMap<>();
    meta.put("mode", identity.mode());
    meta.put("account", identity.account());
    meta.put("network", identity.network());
    meta.put("seed", Long.toString(identity.seed()));
    meta.put("world", identity.world());
    meta.put("book_id", identity.orderIdTag().hex());
    try (PreparedStatement insert = database.prepare("INSERT INTO meta (k, v) VALUES (?, ?)")) {
      for (Map.Entry<String, String> entry : meta.entrySet()) {
        insert.setString(1, entry.getKey());
        insert.setString(2, entry.getValue());
        insert.executeUpdate();
      }
    }
  }

  static JournalIdentity identity(Database database) {
    Map<String, String> meta = new LinkedHashMap<>();
    database
        .rows("SELECT k, v FROM meta", row -> Map.entry(row.getString(1), row.getString(2)))
        .forEach(entry -> meta.put(entry.getKey(), entry.getValue()));
    try {
      return new JournalIdentity(
          required(meta, "mode"),
          required(meta, "account"),
          required(meta, "network"),
          Long.parseLong(required(meta, "seed")),
          required(meta, "world"),
          new OrderIdTag(required(meta, "book_id")));
    } catch (IllegalArgumentException e) {
      throw new JournalException(
          Kind.UNUSABLE,
          database.path() + " has no readable identity (" + e.getMessage() + "): it is damaged",
          e);
    }
  }

  private static String required(Map<String, String> meta, String key) {
    String value = meta.get(key);
    if (value == null) {
      throw new IllegalArgumentException("no " + key + " in its table meta");
    }
    return value;
  }

  static void requireOwner(Database database, JournalOwner expected) {
    List<String> differences = expected.differencesFrom(identity(database).owner());
    if (!differences.isEmpty()) {
      throw new JournalException(
          Kind.OTHER_IDENTITY,
          database.path()
              + " is another run's journal, with "
              + String.join(", ", differences)
              + ": give --state-db another path, or run what it belongs to");
    }
  }
}
