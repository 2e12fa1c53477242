package io.twinleg.telemetry;

import io.twinleg.core.event.LogEvent;
import java.time.Instant;

/** Where a run's log goes. Called by the runner's thread, after the journal and the venue. */
public interface LogSink extends AutoCloseable {
  void log(Instant at, LogEvent event);

  /** The run's status; computed only by a sink that shows it. */
  default void status(Instant at, StatusLine.Source source) {}

  /**
   * A start reads its journal.
   *
   * @param row the last one that was read, of so many
   */
  default void reading(long row, long of) {}

  /** The runner's loop has turned, whether or not something happened. */
  default void turned() {}

  @Override
  void close();
}
