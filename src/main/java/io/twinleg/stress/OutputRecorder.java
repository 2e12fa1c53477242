package io.twinleg.stress;

import io.twinleg.core.event.LogEvent;
import io.twinleg.telemetry.LogSink;
import io.twinleg.telemetry.StatusLine;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** Counts what the runner tells, and keeps on tape what an operator would read. */
final class OutputRecorder implements LogSink {
  /** How often entries were stopped until somebody resumed. */
  static final String HALTS = "halts";

  private final Map<String, Integer> counts = new TreeMap<>();
  private final TraceBuffer tape;
  private long events;
  private Runnable halt = () -> {};
  private Runnable resume = () -> {};

  OutputRecorder(TraceBuffer tape) {
    this.tape = tape;
  }

  /** Told whenever entries are stopped for good, and when they go on. */
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
    if (note.event().equals("resumed") && note.fields().containsKey("was_latched")) {
      resume.run();
    }
    if (!note.event().equals("pnl_update")) {
      tape.say(at, note.event() + " " + note.fields());
    }
  }

  /** A gate that refuses an entry for it afterwards says so under the same name, as news. */
  private static boolean isHalt(LogEvent note) {
    boolean named = note.event().equals("guard_halted") || note.event().equals("kill_switch");
    return named && note.level() == LogEvent.Level.ERROR;
  }

  @Override
  public void status(Instant at, StatusLine.Source source) {
    events++;
  }

  @Override
  public void close() {
    // nothing is held open
  }

  Map<String, Integer> counts() {
    return counts;
  }

  long events() {
    return events;
  }
}
