package io.hypercarry.app;

import io.hypercarry.core.Engine;
import io.hypercarry.core.MarketStatus;
import io.hypercarry.core.Settings.MarketSettings;
import io.hypercarry.core.event.Event;
import io.hypercarry.core.event.Note;
import io.hypercarry.core.model.BookId;
import io.hypercarry.core.model.Instrument;
import io.hypercarry.exchange.Exchange;
import io.hypercarry.journal.Journal;
import io.hypercarry.journal.Recorded;
import io.hypercarry.research.Footing;
import io.hypercarry.runner.KillFile;
import io.hypercarry.runner.Operators;
import io.hypercarry.runner.Pace;
import io.hypercarry.runner.Recovery;
import io.hypercarry.runner.Runner;
import io.hypercarry.runner.Start;
import io.hypercarry.telemetry.Audience;
import io.hypercarry.venue.FactSource;
import io.hypercarry.venue.Prepared;
import io.hypercarry.venue.Venue;
import io.hypercarry.venue.VenueFault;
import io.hypercarry.venue.sim.PaperVenue;
import io.hypercarry.venue.sim.SimSettings;
import io.hypercarry.venue.sim.SimVenue;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The floor plan: which door, clock and journal a run is given. It reads from the top: open the
 * world, bring back what was, run on.
 */
final class Wiring {
  private static final InstantSource WALL = InstantSource.system();

  private final RunFlags flags;
  private final Config config;
  private final RunConfig runConfig;

  Wiring(RunFlags flags, Config config) {
    this.flags = flags;
    this.config = config;
    this.runConfig = new RunConfig(config, flags.once(), flags.interval());
  }

  /** Our own exchange in process, on a virtual clock: no signer, no key, no network. */
  Runner.Ending dryRun(DryRun dryRun, Journal journal, Audience audience, SignalDesk signals) {
    try (SimVenue venue = venue(dryRun)) {
      Start start = start(dryRun);
      Recovery.Recovered before = recover(venue, journal, start);
      if (before.engine().isEmpty()) {
        dryRun.world().assumptions().forEach(each -> tellAssumption(audience, dryRun, each));
      }
      Engine engine = before.engine().orElseGet(() -> new Engine(runConfig.settings()));
      engine.configure(runConfig.settings());
      Operators operators = new Operators(journal, killFile(), WALL);
      signals.connect(operators);
      Runner runner =
          new Runner(engine, venue, paced(venue.facts()), journal, operators, audience, WALL);
      if (config.telemetry().metrics()) {
        runner.withMetrics();
      }
      Runner.Ending ending = runner.run(start, before.firstTime().orElse(dryRun.world().start()));
      return audited(ending, engine, venue, audience);
    }
  }

  /** The venue itself, on its clock and at its pace. */
  Runner.Ending live(
      Venue venue, String runId, Journal journal, Audience audience, SignalDesk signals) {
    Recovery.Recovered before = recover(venue, journal);
    Engine engine = before.engine().orElseGet(() -> new Engine(runConfig.settings()));
    engine.configure(runConfig.settings());
    Operators operators = new Operators(journal, killFile(), WALL);
    signals.connect(operators);
    Runner runner = new Runner(engine, venue, venue.facts(), journal, operators, audience, WALL);
    if (config.telemetry().metrics()) {
      runner.withMetrics();
    }
    Instant now = venue.facts().clock().instant();
    Optional<Start.End> end = flags.duration().map(length -> new Start.End.At(now.plus(length)));
    return runner.run(start(runId, false, end), now);
  }

  /** The live market, and our own exchange that follows it: no signer, no key. */
  Runner.Ending paper(
      PaperVenue venue, String runId, Journal journal, Audience audience, SignalDesk signals) {
    return live(venue, runId, journal, audience, signals);
  }

  private SimVenue venue(DryRun dryRun) {
    List<Instrument> instruments =
        dryRun.pairs().stream().flatMap(pair -> Stream.of(pair.spot(), pair.perp())).toList();
    Exchange exchange = new Exchange(instruments, config.fees(), dryRun.world());
    exchange
        .backOffice()
        .open(SimVenue.ACCOUNT, SimVenue.DEFAULT_BALANCE, SimVenue.DEFAULT_BALANCE);
    return SimVenue.open(
        exchange,
        SimVenue.ACCOUNT,
        SimSettings.STANDARD.withAges(config.maxBookAge(), config.maxFundingAge()));
  }

  /** The exchange kept books of its own: a run whose books differ from them has not ended well. */
  private static Runner.Ending audited(
      Runner.Ending ending, Engine engine, SimVenue venue, Audience audience) {
    Footing footing = new Footing(engine, venue.exchange().audit(venue.account()));
    audience.hear(venue.facts().clock().instant(), footing.note());
    boolean spoilt = ending.exitCode() == Exit.CLEAN && !footing.agrees();
    return spoilt
        ? new Runner.Ending(Exit.MISMATCH, "the books differ from the exchange's")
        : ending;
  }

  /** The journal goes through the Engine and through the exchange again, side by side. */
  private Recovery.Recovered recover(SimVenue venue, Journal journal, Start start) {
    Start.listen(venue, start);
    return recover(venue, journal);
  }

  private Recovery.Recovered recover(Venue venue, Journal journal) {
    Recovery.Recovered recovered =
        new Recovery(text -> RunConfig.parse(text).settings())
            .read(journal, (event, commands) -> recall(venue, event, commands));
    recovered.difference().ifPresent(difference -> refuse(difference));
    recovered.engine().ifPresent(this::requireItsMarkets);
    return recovered;
  }

  /** What the journal traded must still be seen to, were it only to know that it is flat. */
  private void requireItsMarkets(Engine engine) {
    List<String> configured =
        config.markets().stream().map(names -> names.market().name()).toList();
    for (MarketStatus held : engine.status()) {
      if (!configured.contains(held.market().name())) {
        throw new Usage(
            "markets has no %s, which the journal %s knows: put it back, or give another --state-db"
                .formatted(held.market(), flags.stateDb()));
      }
    }
  }

  private static void recall(Venue venue, Event event, List<Recorded> commands) {
    venue
        .trading()
        .recall(
            event,
            commands.stream().map(each -> new Prepared(each.command(), each.envelope())).toList());
  }

  private void refuse(Recovery.Difference difference) {
    throw new VenueFault(
        "the journal "
            + flags.stateDb()
            + " was written by a program that decided otherwise (event "
            + difference.sequence()
            + "): start with a new --state-db, or with the program that wrote it",
        false);
  }

  private Start start(DryRun dryRun) {
    return start(flags.runId(), true, end(dryRun));
  }

  private Start start(String runId, boolean continuous, Optional<Start.End> end) {
    List<Start.Market> markets = new ArrayList<>();
    for (int i = 0; i < config.markets().size(); i++) {
      MarketSettings settings = config.settings().markets().get(i);
      markets.add(new Start.Market(config.markets().get(i), settings.execution().bookClip()));
    }
    return new Start(
        runId, config.hash(), runConfig.text(), continuous, markets, historyHours(), end);
  }

  private Optional<Start.End> end(DryRun dryRun) {
    Optional<Start.End> byFlag = flags.duration().map(Start.End.After::new);
    return byFlag.or(() -> dryRun.end().map(Start.End.At::new));
  }

  private int historyHours() {
    int longest =
        config.settings().markets().stream()
            .mapToInt(each -> each.strategy().signalWindowHours())
            .max()
            .orElse(1);
    return Math.max(FORECAST_HOURS, longest);
  }

  /** What the expected value looks back on (semantics 2.9). */
  private static final int FORECAST_HOURS = 720;

  private FactSource paced(FactSource facts) {
    Optional<BigDecimal> speed = flags.speed();
    return speed.<FactSource>map(times -> new Pace(facts, times, WALL)).orElse(facts);
  }

  private KillFile killFile() {
    return new KillFile(
        flags.isInMemory()
            ? Optional.empty()
            : Optional.of(Path.of(flags.stateDb()).toAbsolutePath().resolveSibling("KILL")));
  }

  private static void tellAssumption(Audience audience, DryRun dryRun, String assumption) {
    Instant start = dryRun.world().start();
    audience.hear(
        start, Note.info("world").with("name", dryRun.name()).with("assumes", assumption));
  }

  /** The book id of a new dry run comes from its seed, so that two runs of one seed are one. */
  static BookId bookOf(long seed) {
    return new BookId(String.format("%08x", (int) ((seed * 0x9E3779B1L) >>> 3)));
  }
}
