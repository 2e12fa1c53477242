package io.twinleg.telemetry;

import io.twinleg.core.event.LogEvent;
import java.time.Instant;
import java.util.List;

/** Several sinks as one, called in order. */
public final class LogSinkGroup implements LogSink {
  private final List<LogSink> sinks;

  public LogSinkGroup(List<LogSink> sinks) {
    this.sinks = List.copyOf(sinks);
  }

  @Override
  public void log(Instant at, LogEvent event) {
    sinks.forEach(sink -> sink.log(at, event));
  }

  @Override
  public void status(Instant at, StatusLine.Source source) {
    sinks.forEach(sink -> sink.status(at, source));
  }

  @Override
  public void reading(long row, long of) {
    sinks.forEach(sink -> sink.reading(row, of));
  }

  @Override
  public void turned() {
    sinks.forEach(LogSink::turned);
  }

  @Override
  public void close() {
    sinks.forEach(LogSink::close);
  }
}
