package io.twinleg.telemetry;

import io.twinleg.core.event.LogEvent;
import java.time.Instant;
import java.util.List;

/** Several audiences as one, told in order. */
public final class LogSinkGroup implements LogSink {
  private final List<LogSink> all;

  public LogSinkGroup(List<LogSink> all) {
    this.all = List.copyOf(all);
  }

  @Override
  public void hear(Instant at, LogEvent note) {
    all.forEach(audience -> audience.hear(at, note));
  }

  @Override
  public void see(Instant at, StatusLine.Source source) {
    all.forEach(audience -> audience.see(at, source));
  }

  @Override
  public void close() {
    all.forEach(LogSink::close);
  }
}
