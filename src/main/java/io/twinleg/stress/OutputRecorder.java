package io.twinleg.stress;

import io.twinleg.core.event.LogEvent;
import io.twinleg.telemetry.LogSink;
import io.twinleg.telemetry.StatusLine;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** Counts the log events of the runner, and adds them to the trace. */
final class OutputRecorder implements LogSink {
  /** How often entries were halted until resumed. */
  static final String HALTS = "halts";

  private final Map<String, Integer> counts = new TreeMap<>();
  private final TraceBuffer trace;
  private long events;
  private Runnable halt = () -> {};
  private Runnable resume = () -> {};

  OutputRecorder(TraceBuffer trace) {
    this.trace = trace;
  }

  /** Called when a halt is latched, and when it is lifted. */
  void onHalt(Runnable halted, Runnable resumed) {
    halt = halted;
    resume = resumed;
  }

  @Override
  public void log(Instant at, LogEvent note) {
    counts.merge(note.event(), 1, Integer::sum);
    if (isHalt(note)) {
      counts.merge(HALTS, 1, Integer::sum);
      halt.run();
    }
    if (note.event().equals("trading_resumed") && note.fields().containsKey("was_latched")) {
      resume.run();
    }
    if (!note.event().equals("pnl_update")) {
      trace.note(at, note.event() + " " + note.fields());
    }
  }

  /** What an operator or a circuit breaker latches. */
  private static boolean isHalt(LogEvent note) {
    boolean named = note.event().equals("trading_halted") || note.event().equals("kill_switch");
    return named && note.level() == LogEvent.Level.ERROR;
  }

  @Override
  public void status(Instant at, StatusLine.Source source) {
    events++;
  }

  @Override
  public void close() {
    // nothing to close
  }

  Map<String, Integer> counts() {
    return counts;
  }

  long events() {
    return events;
  }
}
