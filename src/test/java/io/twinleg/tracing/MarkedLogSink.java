package io.twinleg.tracing;

import io.twinleg.core.event.LogEvent;
import io.twinleg.telemetry.LogSink;
import io.twinleg.telemetry.StatusLine;
import java.time.Instant;

/** An audience that marks when the work on a fact is over. */
record MarkedLogSink(LogSink audience, Marks marks) implements LogSink {
  @Override
  public void log(Instant at, LogEvent note) {
    marks.noted();
    audience.log(at, note);
  }

  @Override
  public void status(Instant at, StatusLine.Source source) {
    marks.noted();
    audience.status(at, source);
  }

  @Override
  public void close() {
    audience.close();
  }
}
