package io.twinleg.tracing;

import io.twinleg.config.Config;
import io.twinleg.core.Engine;
import io.twinleg.core.Settings;
import io.twinleg.core.event.LogEvent;
import io.twinleg.core.model.OrderIdTag;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Side;
import io.twinleg.journal.Journal;
import io.twinleg.journal.JournalOwner;
import io.twinleg.journal.SqliteJournal;
import io.twinleg.runtime.JournalReplay;
import io.twinleg.runtime.OperatorInput;
import io.twinleg.runtime.RunSpec;
import io.twinleg.runtime.StrategyRunner;
import io.twinleg.simulator.Exchange;
import io.twinleg.simulator.FixtureF0;
import io.twinleg.simulator.MarketModel;
import io.twinleg.simulator.ScriptedWorld;
import io.twinleg.telemetry.LogSink;
import io.twinleg.telemetry.LogStream;
import io.twinleg.venue.PreparedCommand;
import io.twinleg.venue.Venue;
import io.twinleg.venue.simulated.SimulatedVenue;
import io.twinleg.venue.simulated.SimulatedVenueSettings;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A dry run under the example configuration, with a journal on disk and log lines: one entry, its
 * fill, its hedge and one funding payment; then a restart on its journal. All of it happens twice,
 * and the second time is marked, when every class is initialised.
 *
 * <p>The market is a script, so that nothing of a generated world counts, and the wall clock stands
 * still, so that no path depends on how fast it ran.
 */
final class MarkedRun {
  private static final Instant T0 = Instant.parse("2026-01-05T12:58:00Z");
  private static final Instant BOOK_MOVE = T0.plusSeconds(10);
  private static final Instant END = T0.plusSeconds(150);
  private static final InstantSource WALL = InstantSource.fixed(T0);
  private static final int HISTORY_HOURS = 720;

  private final Path file;
  private final Marks marks;

  private MarkedRun(Path file, Marks marks) {
    this.file = file;
    this.marks = marks;
  }

  /**
   * @param arguments a folder for journals
   */
  public static void main(String[] arguments) {
    Path folder = Path.of(arguments[0]);
    MarkedRun first = new MarkedRun(folder.resolve("first.db"), Marks.none());
    first.live(() -> {});
    first.live(() -> {});
    MarkedRun second = new MarkedRun(folder.resolve("second.db"), new Marks(BOOK_MOVE));
    second.live(() -> {});
    Marker.begin(CallPath.Kind.RESTART.name());
    second.live(Marker::end);
  }

  /**
   * Starts on what the journal holds, which may be nothing, and turns until the end.
   *
   * @param started is called between the two
   */
  private void live(Runnable started) {
    Config config =
        Config.load(
            Path.of("config_example.json"),
            List.of(),
            Config.Mode.DRY_RUN,
            name -> Optional.empty());
    JournalOwner owner = new JournalOwner("dry-run", "", "", 7, "script");
    try (Journal journal = SqliteJournal.open(file, owner, () -> new OrderIdTag("00000007"));
        SimulatedVenue venue = venue(config)) {
      RunSpec start = start(config);
      RunSpec.subscribe(venue, start.markets());
      JournalReplay.Recovered before = recover(venue, journal);
      Engine engine = before.engine().orElseGet(() -> new Engine(settings(config)));
      engine.configure(settings(config));
      OperatorInput operators = new OperatorInput(journal, WALL);
      MarkedVenue marked = new MarkedVenue(venue, marks);
      LogSink audience = new MarkedLogSink(log(start), marks);
      StrategyRunner runner =
          new StrategyRunner(engine, marked, marked, journal, operators, audience, WALL);
      runner.start(start, before.firstTime().orElse(T0));
      started.run();
      while (marked.clock().instant().isBefore(END)) {
        runner.processNext(END);
      }
      journal.commit();
    }
  }

  private static LogStream log(RunSpec start) {
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
    return new LogStream(start.runId(), LogEvent.Level.INFO, nowhere, WALL);
  }

  private static Settings settings(Config config) {
    return config.settings(false, Duration.ofSeconds(1));
  }

  private static JournalReplay.Recovered recover(Venue venue, Journal journal) {
    JournalReplay.Recovered recovered =
        new JournalReplay(text -> settings(Config.fromCanonical(text)))
            .replay(
                journal,
                (event, commands) ->
                    venue
                        .trading()
                        .replay(
                            event,
                            commands.stream()
                                .map(each -> new PreparedCommand(each.command(), each.envelope()))
                                .toList()));
    recovered
        .difference()
        .ifPresent(difference -> {
          throw new AssertionError(difference);
        });
    return recovered;
  }

  private SimulatedVenue venue(Config config) {
    Exchange exchange = FixtureF0.exchange(new MarkedWorld(script(), marks), marks);
    return SimulatedVenue.open(
        exchange,
        FixtureF0.ACCOUNT,
        SimulatedVenueSettings.STANDARD.withAges(config.maxBookAge(), config.maxFundingAge()));
  }

  /** No spread until the book moves; then one that pays, a seller of spot, and a full hour. */
  private static MarketModel script() {
    return ScriptedWorld.startingAt(T0)
        .at(T0, FixtureF0::open)
        .at(T0, world -> world.quote(FixtureF0.PERP, FixtureF0.book("39.990", "40.000")))
        .at(BOOK_MOVE, world -> world.quote(FixtureF0.PERP, FixtureF0.book("40.060", "40.070")))
        .at(
            BOOK_MOVE.plusSeconds(2),
            world -> world.trade(FixtureF0.SPOT, Side.SELL, Price.of("39.980"), Quantity.of("60")))
        .fundingRate(T0, FixtureF0.FUNDING)
        .settledBefore(FixtureF0.FUNDING, HISTORY_HOURS);
  }

  private static RunSpec start(Config config) {
    List<RunSpec.Market> markets = new ArrayList<>();
    for (int i = 0; i < config.markets().size(); i++) {
      var execution = config.settings().markets().get(i).execution();
      markets.add(new RunSpec.Market(config.markets().get(i), execution.bookClip()));
    }
    return new RunSpec(
        "traced",
        config.hash(),
        config.canonicalJson(),
        true,
        markets,
        HISTORY_HOURS,
        RunSpec.End.NEVER);
  }
}
