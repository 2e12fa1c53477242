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
  private final LogEvent.Level least;
  private final PrintStream out;
  private final InstantSource wall;
  private Instant nextFlush = Instant.MIN;

  /**
   * @param wall by whose seconds lines are let out of the buffer
   */
  public LogStream(String runId, LogEvent.Level least, PrintStream out, InstantSource wall) {
    this.runId = runId;
    this.least = least;
    this.out = out;
    this.wall = wall;
  }

  @Override
  public void hear(Instant at, LogEvent note) {
    if (note.level().compareTo(least) <= 0) {
      out.print(LogLine.of(runId, at, note) + "\n");
    }
  }

  @Override
  public void see(Instant at, StatusLine.Source source) {
    Instant now = wall.instant();
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
