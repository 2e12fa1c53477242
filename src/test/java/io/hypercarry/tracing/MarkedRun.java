package io.hypercarry.tracing;

import io.hypercarry.app.Config;
import io.hypercarry.core.Engine;
import io.hypercarry.core.Settings;
import io.hypercarry.core.event.Note;
import io.hypercarry.core.model.BookId;
import io.hypercarry.core.model.Price;
import io.hypercarry.core.model.Quantity;
import io.hypercarry.core.model.Side;
import io.hypercarry.exchange.Exchange;
import io.hypercarry.exchange.FixtureF0;
import io.hypercarry.exchange.ScriptedWorld;
import io.hypercarry.exchange.World;
import io.hypercarry.journal.Journal;
import io.hypercarry.journal.JournalOwner;
import io.hypercarry.journal.SqliteJournal;
import io.hypercarry.runner.KillFile;
import io.hypercarry.runner.Operators;
import io.hypercarry.runner.Recovery;
import io.hypercarry.runner.Runner;
import io.hypercarry.runner.Start;
import io.hypercarry.telemetry.Audience;
import io.hypercarry.telemetry.LogStream;
import io.hypercarry.venue.Prepared;
import io.hypercarry.venue.Venue;
import io.hypercarry.venue.sim.SimSettings;
import io.hypercarry.venue.sim.SimVenue;
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
    try (Journal journal = SqliteJournal.open(file, owner, () -> new BookId("00000007"));
        SimVenue venue = venue(config)) {
      Start start = start(config);
      Start.listen(venue, start);
      Recovery.Recovered before = recover(venue, journal);
      Engine engine = before.engine().orElseGet(() -> new Engine(settings(config)));
      engine.configure(settings(config));
      Operators operators = new Operators(journal, new KillFile(Optional.empty()), WALL);
      MarkedVenue marked = new MarkedVenue(venue, marks);
      Audience audience = new MarkedAudience(log(start), marks);
      Runner runner = new Runner(engine, marked, marked, journal, operators, audience, WALL);
      runner.begin(start, before.firstTime().orElse(T0));
      started.run();
      while (marked.clock().instant().isBefore(END)) {
        runner.turn(END);
      }
      journal.commit();
    }
  }

  private static LogStream log(Start start) {
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
    return new LogStream(start.runId(), Note.Level.INFO, nowhere, WALL);
  }

  private static Settings settings(Config config) {
    return config.settings(false, Duration.ofSeconds(1));
  }

  private static Recovery.Recovered recover(Venue venue, Journal journal) {
    Recovery.Recovered recovered =
        new Recovery(text -> settings(Config.fromCanonical(text)))
            .read(
                journal,
                (event, commands) ->
                    venue
                        .trading()
                        .recall(
                            event,
                            commands.stream()
                                .map(each -> new Prepared(each.command(), each.envelope()))
                                .toList()));
    recovered
        .difference()
        .ifPresent(difference -> {
          throw new AssertionError(difference);
        });
    return recovered;
  }

  private SimVenue venue(Config config) {
    Exchange exchange = FixtureF0.exchange(new MarkedWorld(script(), marks), marks);
    return SimVenue.open(
        exchange,
        FixtureF0.ACCOUNT,
        SimSettings.STANDARD.withAges(config.maxBookAge(), config.maxFundingAge()));
  }

  /** No spread until the book moves; then one that pays, a seller of spot, and a full hour. */
  private static World script() {
    return ScriptedWorld.startingAt(T0)
        .at(T0, FixtureF0::open)
        .at(T0, street -> street.quote(FixtureF0.PERP, FixtureF0.book("39.990", "40.000")))
        .at(BOOK_MOVE, street -> street.quote(FixtureF0.PERP, FixtureF0.book("40.060", "40.070")))
        .at(
            BOOK_MOVE.plusSeconds(2),
            street ->
                street.trade(FixtureF0.SPOT, Side.SELL, Price.of("39.980"), Quantity.of("60")))
        .fundingRate(T0, FixtureF0.FUNDING)
        .settledBefore(FixtureF0.FUNDING, HISTORY_HOURS);
  }

  private static Start start(Config config) {
    List<Start.Market> markets = new ArrayList<>();
    for (int i = 0; i < config.markets().size(); i++) {
      var execution = config.settings().markets().get(i).execution();
      markets.add(new Start.Market(config.markets().get(i), execution.bookClip()));
    }
    return new Start(
        "traced",
        config.hash(),
        config.canonicalJson(),
        true,
        markets,
        HISTORY_HOURS,
        Optional.empty());
  }
}
