package io.twinleg.alerts;

import io.twinleg.alerts.Alert.AlertLevel;
import io.twinleg.files.OwnerOnly;
import io.twinleg.journal.JournalReader.StateEntry;
import io.twinleg.journal.SampledReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.sqlite.SQLiteException;

/**
 * What can be read of a damaged queue: from either end of each table up to the damage, and without
 * the rows that make no sense. An alert whose delivery cannot be read is kept and not sent: a
 * thousand old ones at once would be worse.
 */
final class AlertSalvage {
  /** As SQLite has it: the disk image is malformed. */
  static final int DAMAGED = 11;

  /** Under which it is kept how far the journal was read. */
  static final String CURSOR = "cursor";

  /** No such table or column, malformed, a constraint, another type, no database. */
  private static final Set<Integer> CODES = Set.of(1, DAMAGED, 19, 20, 26);

  /** The file is too short, or was moved away. */
  private static final Set<Integer> EXTENDED_CODES = Set.of(522, 1032);

  private static final Set<String> STATES =
      Set.of("waiting", "sending", "delivered", "dropped", "refused", "unclear");

  private final Map<Long, Alert> alerts = new TreeMap<>();
  private final List<Delivery> deliveries = new ArrayList<>();
  private final Map<String, String> values = new HashMap<>();

  /** The state of one alert on one channel. */
  record Delivery(long sequence, String channel, String state, int unclear) {
    boolean isOpen() {
      return state.equals("waiting") || state.equals("sending");
    }
  }

  private AlertSalvage() {}

  /**
   * Whether the last run that began up to this row has no end: what a queue that was lost would
   * know.
   */
  static boolean isWithoutEnd(SampledReader journal, long row) {
    return newest(journal, "run_start", row) > newest(journal, "run_stop", row);
  }

  private static long newest(SampledReader journal, String kind, long upTo) {
    return journal.logEvents(kind, 2).stream()
        .mapToLong(StateEntry::id)
        .filter(id -> id <= upTo)
        .max()
        .orElse(0);
  }

  /** Whether it is the file, and not the disk or a right, that is wrong. */
  static boolean isDamage(Exception failure) {
    return switch (failure) {
      case SQLiteException error ->
          CODES.contains(error.getErrorCode())
              || EXTENDED_CODES.contains(error.getResultCode().code);
      case SQLException error -> CODES.contains(error.getErrorCode());
      default -> true;
    };
  }

  /**
   * @param without a key whose value is of no use
   */
  static AlertSalvage read(Connection damaged, String without) {
    AlertSalvage found = new AlertSalvage();
    Set<String> ids = new HashSet<>();
    found.walk(
        damaged,
        "SELECT seq, id, level, ts, source, kind, market, text FROM alert ORDER BY seq",
        row -> {
          Alert alert =
              new Alert(
                  text(row, 2),
                  AlertLevel.valueOf(text(row, 3)),
                  Instant.parse(text(row, 4)),
                  text(row, 5),
                  text(row, 6),
                  text(row, 7),
                  text(row, 8));
          if (ids.add(alert.id())) {
            found.alerts.putIfAbsent(row.getLong(1), alert);
          }
        });
    found.walk(
        damaged,
        "SELECT seq, channel, state, unclear FROM delivery ORDER BY channel, seq",
        row -> {
          Delivery delivery =
              new Delivery(row.getLong(1), text(row, 2), text(row, 3), row.getInt(4));
          if (found.alerts.containsKey(delivery.sequence()) && STATES.contains(delivery.state())) {
            found.deliveries.add(delivery);
          }
        });
    found.walk(
        damaged,
        "SELECT k, v FROM kv ORDER BY k",
        row -> found.values.putIfAbsent(text(row, 1), text(row, 2)));
    found.values.remove(without);
    found.completeCursor();
    return found;
  }

  /** Without it, the journal was read at least as far as the last alert says. */
  private void completeCursor() {
    alerts.values().stream()
        .map(Alert::id)
        .filter(id -> id.matches("[0-9a-f]{8}-[0-9]{1,18}"))
        .mapToLong(id -> Long.parseLong(id.substring(id.indexOf('-') + 1)))
        .max()
        .ifPresent(row -> values.putIfAbsent(CURSOR, Long.toString(row)));
  }

  private static String text(ResultSet row, int column) throws SQLException {
    String text = row.getString(column);
    if (text == null) {
      throw new IllegalArgumentException("nothing in column " + column);
    }
    return text;
  }

  private interface RowReader {
    void read(ResultSet row) throws SQLException;
  }

  /** From the beginning, and where that ends at the damage also from the end. */
  private void walk(Connection damaged, String sql, RowReader reader) {
    if (!isWalked(damaged, sql, reader)) {
      String backwards = sql.replace("channel, seq", "channel DESC, seq") + " DESC";
      isWalked(damaged, backwards, reader);
    }
  }

  private static boolean isWalked(Connection damaged, String sql, RowReader reader) {
    try (Statement statement = damaged.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        readOne(rows, reader);
      }
      return true;
    } catch (SQLException damage) {
      return false;
    }
  }

  /** A row without sense is left out. */
  @SuppressWarnings("EmptyCatch")
  private static void readOne(ResultSet rows, RowReader reader) throws SQLException {
    try {
      reader.read(rows);
    } catch (IllegalArgumentException | DateTimeException nonsense) {
      // There is nothing to be made of it.
    }
  }

  /** Moves the file and what belongs to it, for its owner alone; a former one is replaced. */
  static Path putAside(Path file) throws IOException {
    Path aside = file.resolveSibling(file.getFileName() + ".damaged");
    for (String suffix : List.of("", "-journal")) {
      Path from = file.resolveSibling(file.getFileName() + suffix);
      Path to = aside.resolveSibling(aside.getFileName() + suffix);
      if (Files.isRegularFile(from)) {
        OwnerOnly.tighten(List.of(from));
        Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
      } else {
        Files.deleteIfExists(to);
      }
    }
    return aside;
  }

  Map<Long, Alert> alerts() {
    return alerts;
  }

  List<Delivery> deliveries() {
    return deliveries;
  }

  /** May be changed. */
  Map<String, String> values() {
    return values;
  }
}
