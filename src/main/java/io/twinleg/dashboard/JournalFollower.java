package io.twinleg.dashboard;

import io.twinleg.journal.JournalException;
import io.twinleg.journal.JournalLock;
import io.twinleg.journal.JournalReader.StateEntry;
import io.twinleg.journal.OperatorInbox.InboxEntry;
import io.twinleg.journal.SampledReader;
import io.twinleg.runtime.JournalReplay.SettingsReader;
import io.twinleg.telemetry.JsonText;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Follows one journal on a thread of its own and publishes, as JSON text, what the page shows. A
 * journal that is not there yet, is replaced or cannot be read is said so on the page and tried
 * again; it never disturbs a runner.
 */
final class JournalFollower implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(150);
  private static final Duration AT_LEAST_EVERY = Duration.ofSeconds(1);
  private static final Duration AFTER_A_FAULT = Duration.ofSeconds(2);
  private static final int SAMPLES_AT_FIRST = 600;
  private static final int SAMPLES_LATER = 20;
  private static final int EVENTS_SHOWN = 60;

  /** The kinds of the table events that a person would want to see. */
  private static final List<String> KINDS =
      List.of(
          "entry",
          "exit",
          "repair",
          "unwind",
          "unwind_stuck",
          "halt",
          "align",
          "order_refused",
          "degraded",
          "resumed",
          "paused",
          "flatten_requested",
          "delever",
          "transfer",
          "run_start",
          "run_stop",
          "margin_warning",
          "margin_restored",
          "liquidation_detected",
          "adl_detected",
          "foreign_trade_detected",
          "reject");

  private final Path journal;
  private final SettingsReader settings;
  private final InstantSource wall;
  private final Consumer<Duration> acknowledged;
  private final Thread thread;
  private final Object changed = new Object();
  private Published published = new Published(0, "{}", "{}");
  private volatile boolean closed;
  private long lastHistory = -1;
  private String lastCore = "";
  private Instant publishedAt = Instant.MIN;
  private boolean running;
  private Instant checkedAt = Instant.MIN;

  /**
   * What requests are answered with.
   *
   * @param version counts the publications
   */
  record Published(long version, String state, String history) {}

  JournalFollower(
      Path journal, SettingsReader settings, InstantSource wall, Consumer<Duration> acknowledged) {
    this.acknowledged = acknowledged;
    this.journal = journal;
    this.settings = settings;
    this.wall = wall;
    this.thread = Thread.ofPlatform().daemon().name("dashboard").unstarted(this::follow);
  }

  void start() {
    thread.start();
  }

  Published published() {
    synchronized (changed) {
      return published;
    }
  }

  /** Waits for a publication after this version; returns the newest one, which may be the same. */
  Published awaitAfter(long version, Duration longest) throws InterruptedException {
    synchronized (changed) {
      long until = System.nanoTime() + longest.toNanos();
      long left = longest.toMillis();
      while (published.version() <= version && !closed && left > 0) {
        changed.wait(left);
        left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
      }
      return published;
    }
  }

  private void follow() {
    while (!closed) {
      try (SampledReader reader = SampledReader.open(journal)) {
        follow(reader);
      } catch (JournalException absent) {
        publishFault(String.valueOf(absent.getMessage()));
        pause(AFTER_A_FAULT);
      } catch (RuntimeException fault) {
        publishFault("the journal cannot be shown (" + fault + ")");
        pause(AFTER_A_FAULT);
      }
    }
  }

  /** Until it is closed, or the file is another one. */
  private void follow(SampledReader reader) {
    long last = reader.lastSequence();
    publish(reader, null);
    PositionModel model =
        new PositionModel(reader.identity(), settings, span(reader, last), acknowledged);
    int samples = SAMPLES_AT_FIRST;
    while (!closed) {
      if (last > model.sequence()) {
        reader.read(model.sequence(), last, samples, midnight(reader, last), model::add);
        samples = SAMPLES_LATER;
      }
      publish(reader, model);
      pause(POLL);
      last = reader.lastSequence();
      if (last < model.sequence()) {
        return;
      }
    }
  }

  private static Duration span(SampledReader reader, long last) {
    Optional<Instant> first = reader.time(1);
    Optional<Instant> end = reader.time(last);
    return first.isPresent() && end.isPresent()
        ? Duration.between(first.get(), end.get())
        : Duration.ZERO;
  }

  /** What today has earned is counted from the prices at midnight. */
  private static List<Instant> midnight(SampledReader reader, long last) {
    return reader.time(last).map(now -> now.truncatedTo(ChronoUnit.DAYS)).stream().toList();
  }

  private void pause(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      closed = true;
    }
  }

  // ---- what is published

  private void publishFault(String sentence) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("fault", sentence);
    fields.put("wall", wall.millis());
    publish(JsonText.of(fields), "{}");
    lastCore = "";
    lastHistory = -1;
  }

  private void publish(SampledReader reader, @Nullable PositionModel shown) {
    Optional<PositionModel> model = Optional.ofNullable(shown);
    Instant now = wall.instant();
    if (now.isBefore(checkedAt) || !now.isBefore(checkedAt.plus(AT_LEAST_EVERY))) {
      running = JournalLock.isHeld(journal);
      checkedAt = now;
    }
    String status = reader.value("status").orElse("null");
    String latency = reader.value("latency").orElse("null");
    List<Map<String, Object>> pending =
        reader.pending().stream().map(JournalFollower::pending).toList();
    String core = status + running + pending + model.map(PositionModel::sequence);
    if (core.equals(lastCore) && now.isBefore(publishedAt.plus(AT_LEAST_EVERY))) {
      return;
    }
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("reading", model.isEmpty());
    fields.put("mode", reader.identity().mode());
    fields.put("network", reader.identity().network());
    fields.put("running", running);
    fields.put("wall", now.toEpochMilli());
    fields.put("pending", pending);
    model.ifPresent(known -> fields.putAll(known.fields()));
    fields.put("events", events(reader));
    fields.put("history", model.map(PositionModel::history));
    String text = JsonText.of(fields);
    long history = model.map(PositionModel::history).orElse(-1L);
    String columns =
        history == lastHistory
            ? published().history()
            : model.map(known -> JsonText.of(known.historyFields())).orElse("{}");
    publish(
        text.substring(0, text.length() - 1)
            + ",\"latency\":"
            + latency
            + ",\"status\":"
            + status
            + "}",
        columns);
    lastCore = core;
    lastHistory = history;
    publishedAt = now;
  }

  private static Map<String, Object> pending(InboxEntry entry) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("command", entry.command());
    fields.put("argument", entry.args());
    fields.put("at", entry.ts().toEpochMilli());
    return fields;
  }

  private static List<Object> events(SampledReader reader) {
    List<StateEntry> found = new ArrayList<>();
    KINDS.forEach(kind -> found.addAll(reader.logEvents(kind, EVENTS_SHOWN)));
    found.sort((one, other) -> Long.compare(other.id(), one.id()));
    List<Object> rows = new ArrayList<>();
    for (StateEntry entry : found) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("at", entry.ts().toEpochMilli());
      row.put("kind", entry.kind());
      row.put("data", entry.data());
      rows.add(row);
    }
    return rows;
  }

  private void publish(String state, String history) {
    synchronized (changed) {
      published = new Published(published.version() + 1, state, history);
      changed.notifyAll();
    }
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    synchronized (changed) {
      changed.notifyAll();
    }
  }
}
