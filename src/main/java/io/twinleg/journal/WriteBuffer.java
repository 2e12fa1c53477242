package io.twinleg.journal;

import io.twinleg.journal.EventCodec.JournalRow;
import io.twinleg.journal.OperatorInbox.InboxEntry;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the next commit writes. */
final class WriteBuffer {
  private record LogRow(Instant ts, String kind, String data) {}

  private final List<JournalRow> rows = new ArrayList<>();
  private final List<LogRow> logRows = new ArrayList<>();
  private final Map<String, String> values = new LinkedHashMap<>();
  private final Map<Long, Long> taken = new LinkedHashMap<>();
  private final List<Snapshot> snapshots = new ArrayList<>();

  void snapshot(Snapshot snapshot) {
    snapshots.add(snapshot);
  }

  void add(JournalRow row) {
    rows.add(row);
  }

  void logEvent(Instant ts, String kind, String data) {
    logRows.add(new LogRow(ts, kind, data));
  }

  void put(String key, String value) {
    values.put(key, value);
  }

  void markTaken(InboxEntry entry, long sequence) {
    taken.put(entry.id(), sequence);
  }

  boolean isTaken(InboxEntry entry) {
    return taken.containsKey(entry.id());
  }

  int size() {
    return rows.size() + logRows.size() + values.size() + taken.size() + snapshots.size();
  }

  void clear() {
    rows.clear();
    logRows.clear();
    values.clear();
    taken.clear();
    snapshots.clear();
  }

  /** Within the caller's transaction. */
  void write(Database database) throws SQLException {
    if (!rows.isEmpty()) {
      writeRows(database);
    }
    if (!logRows.isEmpty()) {
      writeLogRows(database);
    }
    if (!values.isEmpty()) {
      writeValues(database);
    }
    if (!taken.isEmpty()) {
      writeTaken(database);
    }
    if (!snapshots.isEmpty()) {
      writeSnapshots(database);
    }
  }

  private void writeSnapshots(Database database) throws SQLException {
    String sql =
        "INSERT OR REPLACE INTO snapshot (seq, ts, version, config, state, report, simulator, crc)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)";
    try (PreparedStatement insert = database.prepare(sql)) {
      for (Snapshot snapshot : snapshots) {
        insert.setLong(1, snapshot.sequence());
        insert.setLong(2, snapshot.time().toEpochMilli());
        insert.setInt(3, snapshot.version());
        insert.setString(4, snapshot.config());
        insert.setBytes(5, snapshot.state());
        insert.setBytes(6, snapshot.report());
        insert.setBytes(7, snapshot.simulator());
        insert.setLong(8, snapshot.crc());
        insert.executeUpdate();
      }
    }
    database.execute(
        "DELETE FROM snapshot WHERE seq NOT IN"
            + " (SELECT seq FROM snapshot ORDER BY seq DESC LIMIT "
            + Pruning.SNAPSHOTS_KEPT
            + ")");
  }

  private void writeRows(Database database) throws SQLException {
    String sql = "INSERT INTO journal (seq, ts, cause, kind, data, crc) VALUES (?, ?, ?, ?, ?, ?)";
    try (PreparedStatement insert = database.prepare(sql)) {
      for (JournalRow row : rows) {
        insert.setLong(1, row.sequence());
        insert.setLong(2, row.tsMs());
        if (row.isEvent()) {
          insert.setNull(3, Types.BIGINT);
        } else {
          insert.setLong(3, row.cause());
        }
        insert.setString(4, row.kind());
        insert.setString(5, row.data());
        insert.setLong(6, row.crc());
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  private void writeLogRows(Database database) throws SQLException {
    String sql = "INSERT INTO events (ts, kind, data) VALUES (?, ?, ?)";
    try (PreparedStatement insert = database.prepare(sql)) {
      for (LogRow row : logRows) {
        insert.setString(1, Database.timestamp(row.ts()));
        insert.setString(2, row.kind());
        insert.setString(3, row.data());
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  private void writeValues(Database database) throws SQLException {
    String sql = "INSERT INTO kv (k, v) VALUES (?, ?) ON CONFLICT (k) DO UPDATE SET v = excluded.v";
    try (PreparedStatement insert = database.prepare(sql)) {
      for (Map.Entry<String, String> value : values.entrySet()) {
        insert.setString(1, value.getKey());
        insert.setString(2, value.getValue());
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  private void writeTaken(Database database) throws SQLException {
    String sql = "UPDATE inbox SET taken_seq = ? WHERE id = ?";
    try (PreparedStatement update = database.prepare(sql)) {
      for (Map.Entry<Long, Long> entry : taken.entrySet()) {
        update.setLong(1, entry.getValue());
        update.setLong(2, entry.getKey());
        update.addBatch();
      }
      update.executeBatch();
    }
  }
}
