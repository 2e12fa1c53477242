package io.twinleg.cli;

import io.twinleg.core.Engine;
import io.twinleg.core.MarketStatus;
import io.twinleg.core.Settings.MarketSettings;
import io.twinleg.core.event.LogEvent;
import io.twinleg.core.event.SequencedEvent;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.OrderIdTag;
import io.twinleg.journal.Journal;
import io.twinleg.journal.JournalEntry.CommandRecord;
import io.twinleg.research.ExchangeAudit;
import io.twinleg.runtime.ClockThrottle;
import io.twinleg.runtime.JournalReplay;
import io.twinleg.runtime.OperatorInput;
import io.twinleg.runtime.RunSpec;
import io.twinleg.runtime.StrategyRunner;
import io.twinleg.simulator.Exchange;
import io.twinleg.telemetry.LogSink;
import io.twinleg.venue.EventSource;
import io.twinleg.venue.PreparedCommand;
import io.twinleg.venue.Venue;
import io.twinleg.venue.VenueException;
import io.twinleg.venue.simulated.PaperVenue;
import io.twinleg.venue.simulated.SimulatedVenue;
import io.twinleg.venue.simulated.SimulatedVenueSettings;
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
final class Bootstrap {
  private static final InstantSource WALL = InstantSource.system();

  private final RunFlags flags;
  private final Config config;
  private final RunConfig runConfig;

  Bootstrap(RunFlags flags, Config config) {
    this.flags = flags;
    this.config = config;
    this.runConfig = new RunConfig(config, flags.once(), flags.interval());
  }

  /** Our own exchange in process, on a virtual clock: no signer, no key, no network. */
  StrategyRunner.Ending dryRun(
      DryRunSpec dryRun, Journal journal, LogSink audience, SignalBuffer signals) {
    try (SimulatedVenue venue = venue(dryRun)) {
      RunSpec start = start(dryRun);
      JournalReplay.Recovered before = recover(venue, journal, start);
      if (before.engine().isEmpty()) {
        dryRun.world().assumptions().forEach(each -> tellAssumption(audience, dryRun, each));
      }
      Engine engine = before.engine().orElseGet(() -> new Engine(runConfig.settings()));
      engine.configure(runConfig.settings());
      OperatorInput operators = operatorInput(journal);
      signals.connect(operators);
      StrategyRunner runner =
          new StrategyRunner(
              engine, venue, paced(venue.events()), journal, operators, audience, WALL);
      if (config.telemetry().metrics()) {
        runner.withMetrics();
      }
      StrategyRunner.Ending ending =
          runner.run(start, before.firstTime().orElse(dryRun.world().start()));
      return audited(ending, engine, venue, audience);
    }
  }

  /** The venue itself, on its clock and at its pace. */
  StrategyRunner.Ending live(
      Venue venue, String runId, Journal journal, LogSink audience, SignalBuffer signals) {
    JournalReplay.Recovered before = recover(venue, journal);
    Engine engine = before.engine().orElseGet(() -> new Engine(runConfig.settings()));
    engine.configure(runConfig.settings());
    OperatorInput operators = operatorInput(journal);
    signals.connect(operators);
    StrategyRunner runner =
        new StrategyRunner(engine, venue, venue.events(), journal, operators, audience, WALL);
    if (config.telemetry().metrics()) {
      runner.withMetrics();
    }
    Instant now = venue.events().clock().instant();
    RunSpec.End end =
        flags
            .duration()
            .<RunSpec.End>map(length -> new RunSpec.End.At(now.plus(length)))
            .orElse(RunSpec.End.NEVER);
    return runner.run(start(runId, false, end), now);
  }

  /** The live market, and our own exchange that follows it: no signer, no key. */
  StrategyRunner.Ending paper(
      PaperVenue venue, String runId, Journal journal, LogSink audience, SignalBuffer signals) {
    return live(venue, runId, journal, audience, signals);
  }

  private SimulatedVenue venue(DryRunSpec dryRun) {
    List<Instrument> instruments =
        dryRun.pairs().stream().flatMap(pair -> Stream.of(pair.spot(), pair.perp())).toList();
    Exchange exchange = new Exchange(instruments, config.fees(), dryRun.world());
    exchange
        .backOffice()
        .open(
            SimulatedVenue.ACCOUNT, SimulatedVenue.DEFAULT_BALANCE, SimulatedVenue.DEFAULT_BALANCE);
    return SimulatedVenue.open(
        exchange,
        SimulatedVenue.ACCOUNT,
        SimulatedVenueSettings.STANDARD.withAges(config.maxBookAge(), config.maxFundingAge()));
  }

  /** The exchange kept books of its own: a run whose books differ from them has not ended well. */
  private static StrategyRunner.Ending audited(
      StrategyRunner.Ending ending, Engine engine, SimulatedVenue venue, LogSink audience) {
    ExchangeAudit footing = new ExchangeAudit(engine, venue.exchange().audit(venue.account()));
    audience.hear(venue.events().clock().instant(), footing.note());
    boolean spoilt = ending.exitCode() == ExitCode.CLEAN && !footing.agrees();
    return spoilt
        ? new StrategyRunner.Ending(ExitCode.MISMATCH, "the books differ from the exchange's")
        : ending;
  }

  /** The journal goes through the Engine and through the exchange again, side by side. */
  private JournalReplay.Recovered recover(SimulatedVenue venue, Journal journal, RunSpec start) {
    start.subscribe(venue);
    return recover(venue, journal);
  }

  private JournalReplay.Recovered recover(Venue venue, Journal journal) {
    JournalReplay.Recovered recovered =
        new JournalReplay(text -> RunConfig.parse(text).settings())
            .replay(journal, (event, commands) -> recall(venue, event, commands));
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
        throw new UsageException(
            "markets has no %s, which the journal %s knows: put it back, or give another --state-db"
                .formatted(held.market(), flags.stateDb()));
      }
    }
  }

  private static void recall(Venue venue, SequencedEvent event, List<CommandRecord> commands) {
    venue
        .trading()
        .replay(
            event,
            commands.stream()
                .map(each -> new PreparedCommand(each.command(), each.envelope()))
                .toList());
  }

  private void refuse(JournalReplay.Difference difference) {
    throw new VenueException(
        "the journal "
            + flags.stateDb()
            + " was written by a program that decided otherwise (event "
            + difference.sequence()
            + "): start with a new --state-db, or with the program that wrote it",
        false);
  }

  private RunSpec start(DryRunSpec dryRun) {
    return start(flags.runId(), true, end(dryRun));
  }

  private RunSpec start(String runId, boolean continuous, RunSpec.End end) {
    List<RunSpec.Market> markets = new ArrayList<>();
    for (int i = 0; i < config.markets().size(); i++) {
      MarketSettings settings = config.settings().markets().get(i);
      markets.add(new RunSpec.Market(config.markets().get(i), settings.execution().bookClip()));
    }
    return new RunSpec(
        runId, config.hash(), runConfig.text(), continuous, markets, historyHours(), end);
  }

  private RunSpec.End end(DryRunSpec dryRun) {
    Optional<RunSpec.End> byFlag = flags.duration().map(RunSpec.End.After::new);
    return byFlag.or(() -> dryRun.end().map(RunSpec.End.At::new)).orElse(RunSpec.End.NEVER);
  }

  private int historyHours() {
    int longest =
        config.settings().markets().stream()
            .mapToInt(each -> each.strategy().signalWindowHours())
            .max()
            .orElse(1);
    return Math.max(FORECAST_HOURS, longest);
  }

  /** What the expected value looks back on (specification 2.9). */
  private static final int FORECAST_HOURS = 720;

  private EventSource paced(EventSource facts) {
    Optional<BigDecimal> speed = flags.speed();
    return speed.<EventSource>map(times -> new ClockThrottle(facts, times, WALL)).orElse(facts);
  }

  private OperatorInput operatorInput(Journal journal) {
    return flags.isInMemory()
        ? new OperatorInput(journal, WALL)
        : new OperatorInput(
            journal, Path.of(flags.stateDb()).toAbsolutePath().resolveSibling("KILL"), WALL);
  }

  private static void tellAssumption(LogSink audience, DryRunSpec dryRun, String assumption) {
    Instant start = dryRun.world().start();
    audience.hear(
        start, LogEvent.info("world").with("name", dryRun.name()).with("assumes", assumption));
  }

  /** The book id of a new dry run comes from its seed, so that two runs of one seed are one. */
  static OrderIdTag bookOf(long seed) {
    return new OrderIdTag(String.format("%08x", (int) ((seed * 0x9E3779B1L) >>> 3)));
  }
}
