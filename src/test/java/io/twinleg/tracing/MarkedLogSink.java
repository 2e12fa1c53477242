package io.twinleg.tracing;

import io.twinleg.core.event.LogEvent;
import io.twinleg.telemetry.LogSink;
import io.twinleg.telemetry.StatusLine;
import java.time.Instant;

/** An audience that marks when the work on a fact is over. */
record MarkedLogSink(LogSink audience, Marks marks) implements LogSink {
  @Override
  public void hear(Instant at, LogEvent note) {
    marks.noted();
    audience.hear(at, note);
  }

  @Override
  public void see(Instant at, StatusLine.Source source) {
    marks.noted();
    audience.see(at, source);
  }

  @Override
  public void close() {
    audience.close();
  }
}
