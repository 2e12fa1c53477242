package io.twinleg.bench;

import com.sun.management.ThreadMXBean;
import io.twinleg.bench.Bench.BenchRow;
import io.twinleg.config.RunConfig;
import io.twinleg.core.Engine;
import io.twinleg.core.EngineOutput;
import io.twinleg.core.event.Event;
import io.twinleg.core.event.SequencedEvent;
import io.twinleg.journal.JournalEntry;
import io.twinleg.journal.JournalReader;
import io.twinleg.journal.SqliteJournal;
import io.twinleg.runtime.JournalReplay;
import io.twinleg.runtime.JournalReplay.History;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** What a run costs: a decision, and coming back from a journal. */
final class RunRows {
  private static final Duration LENGTH = Duration.ofDays(2);
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final Path folder;
  private @Nullable Path journal;

  RunRows(Path folder) {
    this.folder = folder;
  }

  List<BenchRow> rows() {
    return List.of(
        new BenchRow(
            "decision", "a book update to its decision, nothing sent", false, this::decision),
        new BenchRow("recovery", "a journal to an engine that is ready", false, this::recovery));
  }

  /** One run for all rows. */
  private Path journal() {
    Path found = journal;
    if (found == null) {
      found = folder.resolve("run.db");
      WorldRun.into(found, LENGTH, List.of(), UnaryOperator.identity());
      journal = found;
    }
    return found;
  }

  /** An Engine is a pure function of its events: those of a whole run are applied again. */
  private Map<String, Object> decision(int rounds) {
    List<SequencedEvent> events = new ArrayList<>();
    try (JournalReader reader = SqliteJournal.openReadOnly(journal())) {
      for (JournalEntry entry : reader.entries()) {
        events.add(entry.event());
      }
    }
    apply(events, new Histogram(3), new Histogram(3));
    Histogram micros = new Histogram(3);
    Histogram bytes = new Histogram(3);
    List<Double> whole = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      whole.add(apply(events, micros, bytes) / 1e3);
    }
    return RowFields.of(
        "median_us", RowFields.rounded(micros.getValueAtPercentile(50) / 1e3),
        "p99_us", RowFields.rounded(micros.getValueAtPercentile(99) / 1e3),
        "cpu_us", RowFields.median(whole),
        "bytes", bytes.getValueAtPercentile(50),
        "bytes_mean", RowFields.whole(bytes.getMean()),
        "updates", micros.getTotalCount(),
        "rounds", rounds);
  }

  /** The CPU time of one event of all, in ns. */
  private static double apply(List<SequencedEvent> events, Histogram nanos, Histogram bytes) {
    RunConfig config = config(events);
    Engine engine = new Engine(config.settings());
    long begun = THREADS.getCurrentThreadCpuTime();
    for (SequencedEvent event : events) {
      long allocated = THREADS.getCurrentThreadAllocatedBytes();
      long start = System.nanoTime();
      EngineOutput output = engine.apply(event);
      long took = System.nanoTime() - start;
      allocated = THREADS.getCurrentThreadAllocatedBytes() - allocated;
      if (WorldRun.isBook(event) && output.commands().isEmpty()) {
        nanos.recordValue(took);
        bytes.recordValue(allocated);
      }
    }
    return (double) (THREADS.getCurrentThreadCpuTime() - begun) / events.size();
  }

  private static RunConfig config(List<SequencedEvent> events) {
    Event.RunStarted started = (Event.RunStarted) events.getFirst().fact();
    return RunConfig.parse(started.config());
  }

  private Map<String, Object> recovery(int rounds) {
    List<Double> cold = new ArrayList<>();
    List<Double> fromSnapshot = new ArrayList<>();
    long events = 0;
    for (int round = 0; round < rounds; round++) {
      try (JournalReader reader = SqliteJournal.openReadOnly(journal())) {
        JournalReplay replay = new JournalReplay(text -> RunConfig.parse(text).settings());
        long begun = THREADS.getCurrentThreadCpuTime();
        events = replay.replay(reader, (event, commands) -> {}).events();
        long between = THREADS.getCurrentThreadCpuTime();
        replay.recover(reader, History.FACTS, (event, commands) -> {}, null);
        cold.add(events * 1e9 / (between - begun));
        fromSnapshot.add((THREADS.getCurrentThreadCpuTime() - between) / 1e6);
      }
    }
    return RowFields.of(
        "events",
        events,
        "events_per_cpu_s",
        RowFields.median(cold),
        "from_snapshot_cpu_ms",
        RowFields.median(fromSnapshot),
        "rounds",
        rounds);
  }
}
