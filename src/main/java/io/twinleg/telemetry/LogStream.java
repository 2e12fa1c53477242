package io.twinleg.telemetry;

import io.twinleg.core.event.LogEvent;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** JSON lines into a stream, from a level on. */
public final class LogStream implements LogSink {
  private static final Duration FLUSH = Duration.ofMillis(250);

  private final String runId;
  private final LogEvent.Level level;
  private final PrintStream out;
  private final InstantSource wallClock;
  private Instant nextFlush = Instant.MIN;

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
    if (event.level().compareTo(level) <= 0) {
      out.print(LogLine.of(runId, at, event) + "\n");
      if (event.level().compareTo(LogEvent.Level.WARN) <= 0) {
        out.flush();
      }
    }
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
