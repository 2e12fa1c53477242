package io.twinleg.telemetry;

import io.twinleg.core.event.LogEvent;
import java.time.Instant;

/** Who is told what a run does. Called by the runner's thread, after the journal and the venue. */
public interface LogSink extends AutoCloseable {
  void hear(Instant at, LogEvent note);

  /** A look at how the run stands; made only when this audience wants to look. */
  void see(Instant at, StatusLine.Source source);

  @Override
  void close();
}
