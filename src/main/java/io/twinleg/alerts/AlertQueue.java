package io.twinleg.alerts;

import io.twinleg.alerts.Alert.AlertLevel;
import io.twinleg.core.event.LogEvent;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

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

  private static final String OPEN = "state IN ('waiting', 'sending')";

  private final AlertFile file;

  private AlertQueue(AlertFile file) {
    this.file = file;
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
   * @param log receives a line where a damaged one was put aside
   */
  static AlertQueue open(Path path, Collection<String> channels, Consumer<LogEvent> log) {
    AlertQueue queue = new AlertQueue(AlertFile.open(path, log));
    queue.begin(channels);
    return queue;
  }

  /** What was being sent when the program was killed may have arrived. */
  private void begin(Collection<String> channels) {
    file.transaction(() -> {
      file.update(
          "UPDATE delivery SET state = 'waiting', unclear = unclear + 1 WHERE state = 'sending'");
      for (String channel : file.strings("SELECT DISTINCT channel FROM delivery WHERE " + OPEN)) {
        if (!channels.contains(channel)) {
          file.update(
              "UPDATE delivery SET state = 'dropped' WHERE channel = ? AND " + OPEN, channel);
        }
      }
    });
  }

  /**
   * What was last stored under this key; empty where there is nothing that the reader understands.
   *
   * @param reader fails on a text that is not one of ours
   */
  <T> Optional<T> value(String key, Function<String, T> reader) {
    return file.value(key, reader);
  }

  /**
   * In one transaction: alerts for each channel, and what was read up to them. An alert whose id is
   * there already is not added again.
   *
   * @param values that replace those under the same keys
   */
  void add(List<Alert> alerts, Collection<String> channels, Map<String, String> values) {
    file.transaction(() -> {
      for (Alert alert : alerts) {
        boolean isNew =
            file.update(
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
          file.update(
              "INSERT INTO delivery (seq, channel, state)"
                  + " SELECT seq, ?, 'waiting' FROM alert WHERE id = ?",
              channel,
              alert.id());
        }
      }
      for (Map.Entry<String, String> value : values.entrySet()) {
        file.store(value.getKey(), value.getValue());
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
          file.update(
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
    file.update("DELETE FROM delivery WHERE NOT " + OPEN + " AND seq < (" + old + ")");
    file.update(
        "DELETE FROM alert WHERE seq < (" + old + ") AND seq NOT IN (SELECT seq FROM delivery)");
  }

  /** How many wait on a channel. */
  int waiting(String channel) {
    return file.attempt(() -> (int) count(channel));
  }

  private long count(String channel) throws SQLException {
    String sql =
        "SELECT count(*) FROM delivery JOIN alert USING (seq) WHERE channel = ? AND " + OPEN;
    return Long.parseLong(file.strings(sql, channel).get(0));
  }

  /** The oldest that waits on a channel. */
  Optional<QueuedAlert> next(String channel) {
    return file.attempt(() -> first(channel));
  }

  private Optional<QueuedAlert> first(String channel) throws SQLException {
    String sql =
        "SELECT d.seq, d.unclear, a.id, a.level, a.ts, a.source, a.kind, a.market, a.text"
            + " FROM delivery d JOIN alert a ON a.seq = d.seq WHERE d.channel = ? AND d."
            + OPEN
            + " ORDER BY d.seq LIMIT 1";
    try (PreparedStatement statement = file.prepare(sql, channel);
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
    file.transaction(() ->
        file.update(
            "UPDATE delivery SET state = ?, unclear = ? WHERE channel = ? AND seq = ?",
            state,
            unclear,
            queued.channel(),
            queued.sequence()));
  }

  @Override
  public void close() {
    file.close();
  }
}
