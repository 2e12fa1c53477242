package io.twinleg.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.config.Config;
import io.twinleg.core.event.Event;
import io.twinleg.core.event.LogEvent;
import io.twinleg.core.event.SequencedEvent;
import io.twinleg.history.RecordingFiles;
import io.twinleg.journal.ForwardingJournal;
import io.twinleg.journal.Journal;
import io.twinleg.journal.JournalEntry;
import io.twinleg.journal.JournalIdentity;
import io.twinleg.journal.JournalReader;
import io.twinleg.journal.MemoryJournal;
import io.twinleg.journal.Snapshot;
import io.twinleg.journal.WithSnapshots;
import io.twinleg.runtime.StrategyRunner;
import io.twinleg.snapshot.StateCodec;
import io.twinleg.telemetry.LogSink;
import io.twinleg.venue.PreparedCommand;
import io.twinleg.venue.simulated.SimulatedVenue;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A dry run's exchange that was restored from a snapshot is the one that was replayed, at any
 * event, and a run that goes on from it ends as one that replays and as one that never stopped.
 */
class SimulatorSnapshotTest {
  private static final Path PINNED = Path.of("src/test/resources/journal/simulator-format.txt");
  private static final Path FOUND = Path.of("target/simulator-format.txt");
  private static final String TWO_MARKETS =
      "markets=[{\"base\":\"HYPE\",\"spot\":\"HYPE/USDC\",\"perp\":\"HYPE\"},"
          + "{\"base\":\"BTC\",\"spot\":\"UBTC/USDC\",\"perp\":\"BTC\"}]";

  private final List<LogEvent> lines = new ArrayList<>();

  // ---- at any event

  @ParameterizedTest
  @CsvSource({"1, 6, ''", "2, 6, ''", "3, 4, two"})
  void restoredAtAnyEventItIsTheReplayedOne(long seed, int hours, String markets) {
    Config config = markets.isEmpty() ? config() : config(TWO_MARKETS);
    restoresAnywhere(config, spec(config, seed), hours, 60);
  }

  @Test
  void aRecordedWorldIsRestoredAtAnyEvent() {
    Config config = config();
    DryRunSpec spec = DryRunSpec.of(config, "replay:" + RecordingFiles.realFolder(), 4, null);
    restoresAnywhere(config, spec, 48, 60);
  }

  private void restoresAnywhere(Config config, DryRunSpec spec, int hours, int points) {
    Journal journal = journal(spec);
    run(config, spec, hours, journal);
    List<JournalEntry> entries = entries(journal);
    SplittableRandom random = new SplittableRandom(entries.size());
    Set<Integer> at = new TreeSet<>();
    while (at.size() < points) {
      at.add(random.nextInt(entries.size()));
    }
    at.addAll(aroundCommands(entries));
    try (DryRunVenue replayed = new DryRunVenue(spec, config, journal, "it")) {
      for (int i = 0; i < entries.size(); i++) {
        take(entries.get(i), replayed);
        if (at.contains(i)) {
          goesOnAsReplayed(config, spec, journal, entries, i, replayed.state());
        }
      }
    }
  }

  /** While requests, answers and fills are under way. */
  private static List<Integer> aroundCommands(List<JournalEntry> entries) {
    List<Integer> found = new ArrayList<>();
    for (int i = 0; i < entries.size() - 3 && found.size() < 60; i++) {
      if (!entries.get(i).commands().isEmpty()) {
        Collections.addAll(found, i, i + 1, i + 2);
      }
    }
    return found;
  }

  /** Its next events are those of the journal, or the replay would refuse them. */
  private static void goesOnAsReplayed(
      Config config,
      DryRunSpec spec,
      Journal journal,
      List<JournalEntry> entries,
      int at,
      byte[] state) {
    try (DryRunVenue restored = new DryRunVenue(spec, config, journal, "it")) {
      long sequence = entries.get(at).event().sequence();
      Snapshot snapshot = snapshot(entries, at, state);
      assertThat(restored.restore(List.of(snapshot), silent(line -> assertThat(line).isNull())))
          .isEqualTo(sequence);
      assertThat(fields(restored.state())).as("row %d", sequence).isEqualTo(fields(state));
      for (JournalEntry entry : entries.subList(at + 1, Math.min(at + 400, entries.size()))) {
        take(entry, restored);
      }
    }
  }

  // ---- a whole run

  /** Kills lose what was not committed; one pair of runs is killed at the same events. */
  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13})
  void restartedFromSnapshotsItEndsAsReplayedAndAsNeverStopped(long seed) {
    Config config = config();
    MemoryJournal never = journal(spec(config, seed));
    LogEvent whole = run(config, spec(config, seed), 9, never).orElseThrow();
    long rows = never.nextSequence();

    Killed restored = killed(config, seed, rows, journal -> journal);
    long fast = replayedRows;
    Killed replayed = killed(config, seed, rows, SimulatorSnapshotTest::without);

    assertThat(restored.summary()).isEqualTo(whole);
    assertThat(replayed.summary()).isEqualTo(whole);
    assertThat(restored.entries()).isEqualTo(replayed.entries());
    assertThat(fast).isLessThan(replayedRows / 2);
    assertThat(lines).isEmpty();
  }

  private long replayedRows;

  private record Killed(LogEvent summary, List<JournalEntry> entries) {}

  /** A run that comes to its end after kills at the same events whatever it restarts from. */
  private Killed killed(Config config, long seed, long rows, UnaryOperator<Journal> seen) {
    MemoryJournal journal = journal(spec(config, seed));
    replayedRows = 0;
    SplittableRandom random = new SplittableRandom(rows);
    for (int kill = 0; kill < 12; kill++) {
      Journal killed = new Ending(journal, random.nextLong(20, rows / 6));
      if (run(config, spec(config, seed), 9, seen.apply(killed)).isPresent()) {
        throw new AssertionError("it came to its end before it was killed");
      }
      journal = journal.reopen();
    }
    LogEvent summary = run(config, spec(config, seed), 9, seen.apply(journal)).orElseThrow();
    return new Killed(summary, entries(journal.reopen()));
  }

  @Test
  void whatCannotBeReadIsReplayed() {
    Config config = config();
    LogEvent whole = whole(config, 21);
    MemoryJournal journal = journal(spec(config, 21));
    run(config, spec(config, 21), 3, journal);
    MemoryJournal again = journal.reopen();
    List<Snapshot> damaged =
        again.snapshots().stream().map(each -> sealed(each, truncated(each.simulator()))).toList();

    assertThat(run(config, spec(config, 21), 5, new WithSnapshots(again, damaged))).contains(whole);
    assertThat(lines).extracting(LogEvent::event).containsOnly("snapshot_unreadable").hasSize(3);
  }

  @Test
  void anotherVersionsExchangeIsReplayedWithoutAWord() {
    Config config = config();
    LogEvent whole = whole(config, 22);
    MemoryJournal journal = journal(spec(config, 22));
    run(config, spec(config, 22), 3, journal);
    MemoryJournal again = journal.reopen();
    List<Snapshot> other =
        again.snapshots().stream()
            .map(each -> {
              byte[] bytes = each.simulator();
              bytes[3]++;
              return sealed(each, bytes);
            })
            .toList();

    assertThat(run(config, spec(config, 22), 5, new WithSnapshots(again, other))).contains(whole);
    assertThat(lines).isEmpty();
  }

  /** A market that joins has no part of a snapshot from before: the exchange is replayed. */
  @Test
  void aMarketThatJoinsIsNoPartOfAnOldSnapshot() {
    Config one = config();
    MemoryJournal journal = journal(spec(one, 23));
    run(one, spec(one, 23), 3, journal);
    Config two = config(TWO_MARKETS);

    assertThat(run(two, spec(two, 23), 5, journal.reopen())).isPresent();
    assertThat(lines).extracting(LogEvent::event).containsOnly("snapshot_unreadable").hasSize(3);
  }

  // ---- the format

  /** Where it differs, raise {@link DryRunVenue#VERSION} and copy the found one over the pinned. */
  @Test
  void theFormatIsThatOfItsVersion() throws IOException, ClassNotFoundException {
    Set<String> classes = new TreeSet<>();
    for (String root :
        List.of(
            SimulatedVenue.class.getName(),
            "io.twinleg.simulator.market.synthetic.SyntheticWorld",
            "io.twinleg.simulator.market.synthetic.MeanRevertingPath",
            "io.twinleg.simulator.market.recorded.RecordedWorld",
            "io.twinleg.simulator.market.recorded.RecordedPath")) {
      classes.addAll(StateCodec.format(Class.forName(root)));
    }
    List<String> found = new ArrayList<>();
    found.add("version " + DryRunVenue.VERSION);
    found.addAll(classes);
    Files.write(FOUND, found);
    assertThat(found).as("%s against %s", FOUND, PINNED).isEqualTo(Files.readAllLines(PINNED));
  }

  // ---- runs

  private static Config config(String... overrides) {
    return Config.load(
        Path.of("config_example.json"),
        List.of(overrides),
        Config.Mode.DRY_RUN,
        name -> Optional.empty());
  }

  /** A world moves once only. */
  private static DryRunSpec spec(Config config, long seed) {
    return DryRunSpec.of(config, "synthetic", seed, null);
  }

  private LogEvent whole(Config config, long seed) {
    DryRunSpec spec = spec(config, seed);
    return run(config, spec, 5, journal(spec)).orElseThrow();
  }

  private static MemoryJournal journal(DryRunSpec spec) {
    return new MemoryJournal(
        new JournalIdentity("dry-run", "", "", 1, spec.name(), spec.orderIdTag()));
  }

  private static final class KilledException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** The summary of a run that came to its end; empty where it was killed. */
  private Optional<LogEvent> run(Config config, DryRunSpec spec, int hours, Journal journal) {
    RunOptions options =
        new RunOptions(
            "it", false, Duration.ofSeconds(1), Duration.ofHours(hours), null, true, false);
    List<LogEvent> ends = new ArrayList<>();
    LogSink log =
        new LogSink() {
          @Override
          public void log(Instant at, LogEvent event) {
            switch (event.event()) {
              case "snapshot_unreadable" -> lines.add(event);
              case "shutdown_summary" -> ends.add(event);
              default -> {
                // not of interest
              }
            }
          }

          @Override
          public void reading(long row, long of) {
            replayedRows++;
          }

          @Override
          public void close() {}
        };
    try {
      StrategyRunner.Ending ending =
          new Session(config, options, new SignalBuffer()).dryRun(spec, journal, log);
      assertThat(ending.exitCode()).as(ending.reason()).isZero();
      return Optional.of(ends.getLast());
    } catch (KilledException killed) {
      return Optional.empty();
    }
  }

  /** Ends its run in the middle of an event, of which nothing stays; of those before everything. */
  private static final class Ending extends ForwardingJournal {
    private long left;

    Ending(Journal journal, long events) {
      super(journal);
      left = events;
    }

    @Override
    public void append(SequencedEvent event) {
      commit();
      if (left-- == 0) {
        throw new KilledException();
      }
      super.append(event);
    }
  }

  /** The same, with the core's part of each snapshot alone. */
  private static Journal without(Journal journal) {
    return new WithSnapshots(
        journal, journal.snapshots().stream().map(each -> sealed(each, new byte[0])).toList());
  }

  private static Snapshot sealed(Snapshot of, byte[] simulator) {
    return Snapshot.sealed(
        of.sequence(), of.time(), of.version(), of.config(), of.state(), of.report(), simulator);
  }

  private static byte[] truncated(byte[] bytes) {
    return Arrays.copyOf(bytes, bytes.length / 2);
  }

  private static Snapshot snapshot(List<JournalEntry> entries, int at, byte[] simulator) {
    String config = "";
    for (JournalEntry entry : entries.subList(0, at + 1)) {
      if (entry.event().fact() instanceof Event.RunStarted started) {
        config = started.config();
      }
    }
    SequencedEvent event = entries.get(at).event();
    return Snapshot.sealed(
        event.sequence(),
        event.receivedTime(),
        StateCodec.VERSION,
        config,
        new byte[0],
        new byte[0],
        simulator);
  }

  /** The bytes as the text that they are. */
  private static String fields(byte[] state) {
    try (InputStream inflated =
        new InflaterInputStream(
            new ByteArrayInputStream(state, Integer.BYTES, state.length - Integer.BYTES))) {
      return new String(inflated.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<JournalEntry> entries(JournalReader journal) {
    List<JournalEntry> entries = new ArrayList<>();
    journal.entries().forEach(entries::add);
    return entries;
  }

  private static void take(JournalEntry entry, DryRunVenue venue) {
    venue.replay(
        entry.event(),
        entry.commands().stream()
            .map(command -> new PreparedCommand(command.command(), command.envelope()))
            .toList());
  }

  private static LogSink silent(Consumer<LogEvent> check) {
    return new LogSink() {
      @Override
      public void log(Instant at, LogEvent event) {
        check.accept(event);
      }

      @Override
      public void close() {}
    };
  }
}
