package io.twinleg.runtime;

import io.twinleg.core.Engine;
import io.twinleg.core.event.Command;
import io.twinleg.core.event.Event;
import io.twinleg.core.event.LogEvent;
import io.twinleg.core.event.SequencedEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Counts of the run itself, logged once a minute where {@code telemetry.metrics} is set: what was
 * sent and what became of it since the last line, and how far journal and feeds are behind.
 */
final class Metrics {
  private static final Duration INTERVAL = Duration.ofMinutes(1);

  private final Engine engine;
  private @Nullable Instant lastLine;
  private Instant lastBook = Instant.EPOCH;
  private long events;
  private long sent;
  private long cancels;
  private long fills;
  private long rejected;
  private long unknown;

  Metrics(Engine engine) {
    this.engine = engine;
  }

  /**
   * Counts an event and what it caused; returns the line when it is due.
   *
   * @param uncommitted rows that wait for the next commit of the journal
   */
  Optional<LogEvent> count(SequencedEvent event, List<Command> commands, int uncommitted) {
    events++;
    count(event);
    commands.forEach(this::count);
    Instant now = event.receivedTime();
    if (lastLine == null) {
      lastLine = now;
    }
    if (now.isBefore(lastLine.plus(INTERVAL))) {
      return Optional.empty();
    }
    lastLine = now;
    LogEvent line = line(now, uncommitted);
    reset();
    return Optional.of(line);
  }

  private void count(SequencedEvent event) {
    switch (event.fact()) {
      case Event.BookUpdated book -> lastBook = event.receivedTime();
      case Event.MarketObserved seen -> lastBook = event.receivedTime();
      case Event.OrderFilled filled -> fills++;
      case Event.OrderRejected reject -> rejected++;
      case Event.OrderUnknown timeout -> unknown++;
      default -> {
        // not counted
      }
    }
  }

  private void count(Command command) {
    if (command instanceof Command.PlaceOrder) {
      sent++;
    } else if (command instanceof Command.CancelOrder) {
      cancels++;
    }
  }

  private LogEvent line(Instant now, int uncommitted) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("events", events);
    fields.put("orders_sent", sent);
    fields.put("cancels_sent", cancels);
    fields.put("fills", fills);
    fields.put("orders_rejected", rejected);
    fields.put("orders_unknown", unknown);
    fields.put("orders_left_this_minute", engine.ordersLeft(now));
    fields.put("newest_book_age_ms", Duration.between(lastBook, now).toMillis());
    fields.put("journal_rows_waiting", uncommitted);
    return LogEvent.info("metrics").with(fields);
  }

  private void reset() {
    events = 0;
    sent = 0;
    cancels = 0;
    fills = 0;
    rejected = 0;
    unknown = 0;
  }
}
