package io.twinleg.journal;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Rows that wait for the next commit of a {@link SqliteJournal}. */
final class WriteBuffer {
  private record Line(Instant ts, String kind, String data) {}

  private final List<JournalRow> rows = new ArrayList<>();
  private final List<Line> story = new ArrayList<>();
  private final Map<String, String> values = new LinkedHashMap<>();
  private final Map<Long, Long> taken = new LinkedHashMap<>();

  void add(JournalRow row) {
    rows.add(row);
  }

  void tell(Instant ts, String kind, String data) {
    story.add(new Line(ts, kind, data));
  }

  void put(String key, String value) {
    values.put(key, value);
  }

  void taken(InboxEntry entry, long sequence) {
    taken.put(entry.id(), sequence);
  }

  boolean takes(InboxEntry entry) {
    return taken.containsKey(entry.id());
  }

  int size() {
    return rows.size() + story.size() + values.size() + taken.size();
  }

  void clear() {
    rows.clear();
    story.clear();
    values.clear();
    taken.clear();
  }

  /** Within the caller's transaction. */
  void write(Database database) throws SQLException {
    if (!rows.isEmpty()) {
      writeRows(database);
    }
    if (!story.isEmpty()) {
      writeStory(database);
    }
    if (!values.isEmpty()) {
      writeValues(database);
    }
    if (!taken.isEmpty()) {
      writeTaken(database);
    }
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

  private void writeStory(Database database) throws SQLException {
    String sql = "INSERT INTO events (ts, kind, data) VALUES (?, ?, ?)";
    try (PreparedStatement insert = database.prepare(sql)) {
      for (Line line : story) {
        insert.setString(1, IsoTime.write(line.ts()));
        insert.setString(2, line.kind());
        insert.setString(3, line.data());
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
