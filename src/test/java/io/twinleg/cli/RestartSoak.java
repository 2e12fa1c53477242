package io.twinleg.cli;

import io.twinleg.bootstrap.DryRunSpec;
import io.twinleg.bootstrap.RunOptions;
import io.twinleg.bootstrap.Session;
import io.twinleg.bootstrap.SignalBuffer;
import io.twinleg.config.Config;
import io.twinleg.core.event.LogEvent;
import io.twinleg.core.event.SequencedEvent;
import io.twinleg.journal.ForwardingJournal;
import io.twinleg.journal.Journal;
import io.twinleg.journal.JournalOwner;
import io.twinleg.journal.SqliteJournal;
import io.twinleg.telemetry.LogSink;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Dry runs that end at any event, with what was not committed lost, and are started again and
 * again: each ends with the summary and the audit of one that was never interrupted. How to run it
 * is in CONTRIBUTING.md.
 */
final class RestartSoak {
  private final Path folder;
  private final Duration length;

  RestartSoak(Path folder, Duration length) {
    this.folder = folder;
    this.length = length;
  }

  /** RestartSoak RESTARTS RESTARTS_A_WORLD HOURS FIRST_SEED. */
  public static void main(String[] arguments) throws IOException {
    int restarts = Integer.parseInt(arguments[0]);
    int each = Integer.parseInt(arguments[1]);
    Duration length = Duration.ofHours(Integer.parseInt(arguments[2]));
    long seed = Long.parseLong(arguments[3]);
    RestartSoak soak = new RestartSoak(Files.createTempDirectory("restart-soak"), length);
    PrintStream out = System.out;
    int done = 0;
    int differ = 0;
    for (; done < restarts; done += each, seed++) {
      Result result = soak.run(seed, each);
      differ += result.isAsWithout() ? 0 : 1;
      out.println("seed " + seed + ": " + result.text());
    }
    out.printf(
        "%d restarts in %d worlds: %d ended otherwise than without%n", done, done / each, differ);
    System.exit(differ == 0 ? 0 : 1);
  }

  /**
   * How the same world ended twice.
   *
   * @param processes how many processes the interrupted run took
   */
  record Result(
      int processes, long rows, Map<String, LogEvent> without, Map<String, LogEvent> interrupted) {
    boolean isAsWithout() {
      return without.equals(interrupted);
    }

    String text() {
      String ends = isAsWithout() ? "as without" : "OTHERWISE: " + without + " / " + interrupted;
      return "%d processes, %d rows, %s".formatted(processes, rows, ends);
    }
  }

  /** A world of this seed, and the same with so many restarts spread over its length. */
  Result run(long seed, int restarts) {
    Path whole = folder.resolve(seed + "-whole.db");
    Map<String, LogEvent> without = new TreeMap<>();
    long rows = live(whole, seed, Long.MAX_VALUE, without).orElseThrow();
    SplittableRandom random = new SplittableRandom(seed);
    Path killed = folder.resolve(seed + "-killed.db");
    Map<String, LogEvent> interrupted = new TreeMap<>();
    int processes = 1;
    // each process begins with the dozen rows of a start, which are no progress
    for (int i = 0; i < restarts; i++) {
      long events = random.nextLong(1, Math.max(2, 2 * rows / restarts));
      if (live(killed, seed, events, interrupted).isPresent()) {
        break;
      }
      processes++;
    }
    interrupted.clear();
    if (live(killed, seed, Long.MAX_VALUE, interrupted).isEmpty()) {
      throw new IllegalStateException("the last process did not come to the run's own end");
    }
    return new Result(processes, rows, without, interrupted);
  }

  private static final class KilledException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** Ends its run in the middle of an event. */
  private static final class EndingJournal extends ForwardingJournal {
    private long left;

    EndingJournal(Journal journal, long events) {
      super(journal);
      left = events;
    }

    @Override
    public void append(SequencedEvent event) {
      if (left-- == 0) {
        throw new KilledException();
      }
      super.append(event);
    }
  }

  /** The rows of a run that came to its end; empty where it was killed. */
  private Optional<Long> live(Path file, long seed, long events, Map<String, LogEvent> ends) {
    RunFlags flags = new RunFlags();
    flags.dryRun = true;
    flags.seed = seed;
    flags.speedText = "max";
    flags.length = length;
    flags.stateDbPath = file.toString();
    Config config =
        Config.load(
            Path.of("config_example.json"),
            List.of(),
            Config.Mode.DRY_RUN,
            name -> Optional.empty());
    DryRunSpec spec = DryRunSpec.of(config, flags.market, seed, null);
    JournalOwner owner = new JournalOwner("dry-run", "", "", seed, spec.name());
    try (Journal journal = SqliteJournal.open(file, owner, spec::orderIdTag)) {
      new Session(config, flags.options(RunOptions.IN_MEMORY), new SignalBuffer())
          .dryRun(spec, new EndingJournal(journal, events), new EndsOnly(ends));
      return Optional.of(journal.nextSequence() - 1);
    } catch (KilledException killed) {
      return Optional.empty();
    }
  }

  private record EndsOnly(Map<String, LogEvent> ends) implements LogSink {
    @Override
    public void log(Instant at, LogEvent event) {
      if (event.event().equals("shutdown_summary") || event.event().equals("exchange_audit")) {
        ends.put(event.event(), event);
      }
    }

    @Override
    public void close() {}
  }
}
