package io.twinleg.telemetry;

import io.twinleg.core.event.LogEvent;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * JSON lines into a stream, from a level on. The figures of every minute are left to the log file:
 * here they come when the position or the fees have changed, and each hour.
 */
public final class LogStream implements LogSink {
  private static final Duration FLUSH = Duration.ofMillis(250);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final List<String> CHANGES = List.of("spot_sz", "perp_sz", "fees_total");

  private final String runId;
  private final LogEvent.Level level;
  private final PrintStream out;
  private final InstantSource wallClock;
  private Instant nextFlush = Instant.MIN;
  private final Map<String, Figures> figures = new TreeMap<>();

  /** What was last written of a market. */
  private record Figures(Instant at, List<Optional<Object>> held) {}

  /**
   * @param wallClock by which the buffer is flushed, at most every 250 ms; a warning is flushed at
   *     once, as the program may be about to wait
   */
  public LogStream(String runId, LogEvent.Level level, PrintStream out, InstantSource wallClock) {
    this.runId = runId;
    this.level = level;
    this.out = out;
    this.wallClock = wallClock;
  }

  @Override
  public void log(Instant at, LogEvent event) {
    if (event.level().compareTo(level) <= 0 && isWritten(at, event)) {
      out.print(LogLine.of(runId, at, event) + "\n");
      if (event.level().compareTo(LogEvent.Level.WARN) <= 0) {
        out.flush();
      }
    }
  }

  private boolean isWritten(Instant at, LogEvent event) {
    if (!event.event().equals("pnl_update")) {
      return true;
    }
    String market = event.market().map(Object::toString).orElse("");
    List<Optional<Object>> held =
        CHANGES.stream().map(field -> Optional.ofNullable(event.fields().get(field))).toList();
    Figures before = figures.get(market);
    boolean isWritten =
        before == null || !before.held().equals(held) || !at.isBefore(before.at().plus(HOUR));
    if (isWritten) {
      figures.put(market, new Figures(at, held));
    }
    return isWritten;
  }

  @Override
  public void status(Instant at, StatusLine.Source source) {
    Instant now = wallClock.instant();
    if (!now.isBefore(nextFlush)) {
      nextFlush = now.plus(FLUSH);
      out.flush();
    }
  }

  @Override
  public void close() {
    out.flush();
  }
}
