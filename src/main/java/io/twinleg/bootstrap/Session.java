package io.twinleg.bootstrap;

import io.twinleg.config.Config;
import io.twinleg.config.RunConfig;
import io.twinleg.core.Engine;
import io.twinleg.core.MarketStatus;
import io.twinleg.core.event.LogEvent;
import io.twinleg.core.event.SequencedEvent;
import io.twinleg.core.model.ExitCode;
import io.twinleg.core.model.OrderIdTag;
import io.twinleg.journal.Journal;
import io.twinleg.journal.JournalOwner;
import io.twinleg.journal.SqliteJournal;
import io.twinleg.research.Report;
import io.twinleg.research.ReportBuilder;
import io.twinleg.runtime.ClockThrottle;
import io.twinleg.runtime.DiskWatch;
import io.twinleg.runtime.JournalReplay;
import io.twinleg.runtime.JournalReplay.History;
import io.twinleg.runtime.JournalReplay.SettingsReader;
import io.twinleg.runtime.OperatorInput;
import io.twinleg.runtime.RunSpec;
import io.twinleg.runtime.SnapshotSchedule;
import io.twinleg.runtime.SnapshotSchedule.Figures;
import io.twinleg.runtime.SnapshotSchedule.Frequency;
import io.twinleg.runtime.StrategyRunner;
import io.twinleg.telemetry.LogSink;
import io.twinleg.venue.EventSource;
import io.twinleg.venue.PreparedCommand;
import io.twinleg.venue.PublicMarket;
import io.twinleg.venue.Venue;
import io.twinleg.venue.aster.AsterMarket;
import io.twinleg.venue.aster.AsterSettings;
import io.twinleg.venue.hyperliquid.market.MarketFeeds.FeedAges;
import io.twinleg.venue.hyperliquid.market.PublicClient;
import io.twinleg.venue.paper.PaperVenue;
import io.twinleg.venue.simulated.SimulatedVenue;
import io.twinleg.venue.simulated.SimulatedVenueSettings;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One run: which venue, clock and journal it is given, and how it goes on from its journal. First
 * what differs between a live, a paper and a dry run; below it what is the same for all of them.
 */
public final class Session {
  private static final InstantSource WALL = InstantSource.system();

  private final Config config;
  private final RunOptions options;
  private final RunConfig runConfig;
  private final SignalBuffer signals;
  private @Nullable Report earned;

  public Session(Config config, RunOptions options, SignalBuffer signals) {
    this.config = config;
    this.options = options;
    this.runConfig = new RunConfig(config, options.once(), options.interval());
    this.signals = signals;
  }

  // ---- live: the venue itself, with money

  public StrategyRunner.Ending live(LiveVenues venues) {
    return venues.locked(() -> liveLocked(venues));
  }

  private StrategyRunner.Ending liveLocked(LiveVenues venues) {
    String runId = "live-" + WALL.millis();
    try (Journal journal = journal(venues.owner(), Session::randomTag);
        LogSink log = LogSinks.of(config, options, runId, Config.Mode.LIVE)) {
      venues.pin(journal, options.stateDb());
      venues.wallets().forEach(line -> log.log(WALL.instant(), line));
      logInit(log, WALL.instant());
      RunSpec spec = runSpec(runId, false, RunSpec.End.NEVER);
      Path file = Path.of(options.stateDb());
      return runLive(
          () -> venues.open(spec, file, line -> log.log(WALL.instant(), line)),
          runId,
          journal,
          log);
    }
  }

  // ---- paper: a venue's public market data, our own exchange's fills; no key, no signer

  public StrategyRunner.Ending paper() {
    String site = config.credentials().baseUrl().orElseThrow();
    String runId = "paper-" + WALL.millis();
    try (Journal journal = journal(new JournalOwner("paper", "", site, 0, ""), Session::randomTag);
        LogSink log = LogSinks.of(config, options, runId, Config.Mode.PAPER)) {
      logInit(log, WALL.instant());
      return runLive(() -> openPaper(site, log), runId, journal, log);
    }
  }

  private Venue openPaper(String site, LogSink log) {
    PublicMarket market = publicMarket(site);
    try {
      PaperVenue venue = paperVenue(market);
      Instant now = venue.events().clock().instant();
      logAssumptions(log, now, "paper on " + site, venue.assumptions());
      log.log(
          now,
          LogEvent.info("wallet_init")
              .with("configured_address", config.credentials().accountAddress().orElse("none"))
              .with("derived_address", "none"));
      return venue;
    } catch (RuntimeException failure) {
      market.close();
      throw failure;
    }
  }

  private PublicMarket publicMarket(String site) {
    Duration bookAge = config.maxBookAge();
    Duration fundingAge = config.maxFundingAge();
    if (!config.venue().equals("aster")) {
      return PublicClient.open(site, new FeedAges(bookAge, fundingAge));
    }
    String spot = config.credentials().spotBaseUrl().orElseThrow();
    return AsterMarket.open(
        AsterSettings.of(Optional.empty(), site, spot).withAges(bookAge, fundingAge));
  }

  private PaperVenue paperVenue(PublicMarket market) {
    return new PaperVenue(
        market,
        config.markets().stream().map(market.marketData()::resolve).toList(),
        config.fees(),
        SimulatedVenueSettings.STANDARD);
  }

  // ---- dry run: our own exchange in process, on a virtual clock; no key, no signer, no network

  public StrategyRunner.Ending dryRun(DryRunSpec spec) {
    JournalOwner owner = new JournalOwner("dry-run", "", "", spec.seed(), spec.name());
    try (Journal journal = journal(owner, () -> spec.orderIdTag());
        LogSink log = LogSinks.of(config, options, spec.runId(), Config.Mode.DRY_RUN)) {
      logInit(log, spec.world().start());
      log.log(
          spec.world().start(),
          LogEvent.debug("wallet_init")
              .with("configured_address", "none")
              .with("derived_address", "none"));
      StrategyRunner.Ending ending = dryRun(spec, journal, log);
      if (!options.once()) {
        report(journal, log);
      }
      return ending;
    }
  }

  /** Of a dry run that has ended. */
  public Optional<Report> report() {
    return Optional.ofNullable(earned);
  }

  /** What the run earned, also of a journal that is gone with it. */
  private void report(Journal journal, LogSink log) {
    long last = journal.nextSequence() - 1;
    Report report =
        Report.over(journal, text -> RunConfig.parse(text).settings(), at -> log.reading(at, last));
    log.log(report.until(), LogEvent.info("report").with(report.fields()));
    earned = report;
  }

  /** On a journal and a log of the caller's. */
  public StrategyRunner.Ending dryRun(DryRunSpec spec, Journal journal, LogSink log) {
    try (DryRunVenue ours = new DryRunVenue(spec, config, journal, options.stateDb())) {
      RunSpec start = runSpec(spec.runId(), true, spec.end(options));
      long known = ours.restore(journal.snapshots(), log);
      SimulatedVenue venue = ours.venue();
      JournalReplay.Recovered before =
          recovered(venue, ours::replay, journal, new History(true, known), log);
      ours.configure(config);
      if (before.engine().isEmpty()) {
        logAssumptions(log, spec.world().start(), spec.name(), spec.world().assumptions());
      }
      Engine engine = engine(before);
      StrategyRunner.Ending ending =
          runner(engine, venue, paced(venue.events()), journal, log)
              .withSnapshots(
                  new SnapshotSchedule(engine, journal, Frequency.STANDARD, null)
                      .withSimulator(ours::state))
              .run(start, before.firstTime().orElse(spec.world().start()));
      return audited(ending, ours.agreesWith(engine, log));
    }
  }

  private EventSource paced(EventSource events) {
    return options.speed() == null ? events : new ClockThrottle(events, options.speed(), WALL);
  }

  /** A run whose books differ from the exchange's has not ended well. */
  private static StrategyRunner.Ending audited(StrategyRunner.Ending ending, boolean agrees) {
    return ending.exitCode() == ExitCode.CLEAN.code() && !agrees
        ? new StrategyRunner.Ending(
            ExitCode.MISMATCH.code(), "the books differ from the exchange's")
        : ending;
  }

  // ---- all of them

  private Journal journal(JournalOwner owner, Supplier<OrderIdTag> newTag) {
    return SqliteJournal.open(Path.of(options.stateDb()), owner, newTag);
  }

  private static OrderIdTag randomTag() {
    return new OrderIdTag(String.format("%08x", new SecureRandom().nextInt()));
  }

  private void logInit(LogSink log, Instant now) {
    LogSinks.init(config.telemetry()).ifPresent(event -> log.log(now, event));
    SqliteJournal.tighten(Path.of(options.stateDb()))
        .forEach(note -> log.log(now, LogEvent.warn("file_permissions").with("note", note)));
  }

  private static void logAssumptions(
      LogSink log, Instant now, String world, List<String> assumptions) {
    assumptions.forEach(assumption ->
        log.log(now, LogEvent.info("world").with("name", world).with("assumes", assumption)));
  }

  /**
   * On the venue's clock and at its pace, from the journal on. Where the venue cannot be asked the
   * start is begun again, as a new process would begin it: without end where the journal holds
   * something, since no other process looks after that.
   */
  private StrategyRunner.Ending runLive(
      Supplier<? extends Venue> opening, String runId, Journal journal, LogSink log) {
    boolean holds = JournalReplay.holdsAnything(journal);
    Duration limit = options.attended() ? VenueWait.SHORT : holds ? null : VenueWait.LONG;
    VenueWait wait = new VenueWait(limit, waiting -> log.log(WALL.instant(), waiting.event()));
    signals.stops(wait);
    try {
      while (true) {
        try (Venue venue = wait.ask(opening)) {
          return startedOn(venue, wait, runId, journal, log).untilEnded();
        } catch (VenueWait.UnansweredException failure) {
          wait.pauseAfter(failure);
        }
      }
    } catch (VenueWait.StoppedException stop) {
      return stoppedWhileWaiting(stop, holds, log);
    }
  }

  private StrategyRunner startedOn(
      Venue venue, VenueWait wait, String runId, Journal journal, LogSink log) {
    JournalReplay.Recovered before =
        recovered(venue, venue.trading()::replay, journal, History.FACTS, log);
    Engine engine = engine(before);
    Figures figures = before.figures().orElseThrow();
    StrategyRunner runner =
        runner(engine, venue, venue.events(), journal, log)
            .withSnapshots(new SnapshotSchedule(engine, journal, Frequency.STANDARD, figures));
    if (!options.isInMemory()) {
      runner.withDisk(new DiskWatch(Path.of(options.stateDb()), WALL));
    }
    Instant now = venue.events().clock().instant();
    RunSpec.End end =
        options
            .duration()
            .<RunSpec.End>map(length -> new RunSpec.End.At(now.plus(length)))
            .orElse(RunSpec.End.NEVER);
    return wait.ask(() -> {
      runner.start(runSpec(runId, false, end), now);
      return runner;
    });
  }

  /** Nothing was sent. What the journal holds could not be looked at, so it is no clean end. */
  private static StrategyRunner.Ending stoppedWhileWaiting(
      VenueWait.StoppedException stop, boolean holds, LogSink log) {
    ExitCode code = holds ? ExitCode.RESIDUAL : ExitCode.CLEAN;
    String reason =
        stop.getMessage() + (holds ? "; the journal holds a position or open orders" : "");
    LogEvent line = holds ? LogEvent.error("shutdown") : LogEvent.info("shutdown");
    log.log(WALL.instant(), line.with("exit_code", code.code()).with("reason", reason));
    return new StrategyRunner.Ending(code.code(), reason);
  }

  /**
   * The Engine goes on from the newest snapshot, and the venue gets what it has to know.
   *
   * @param history our own exchange may need all of it: its market data are never dropped, and so
   *     no figures are kept of them
   */
  private JournalReplay.Recovered recovered(
      Venue venue,
      BiConsumer<SequencedEvent, List<PreparedCommand>> listener,
      Journal journal,
      History history,
      LogSink log) {
    SettingsReader settings = text -> RunConfig.parse(text).settings();
    long last = journal.nextSequence() - 1;
    JournalReplay.Recovered recovered =
        new JournalReplay(settings)
            .recover(
                journal,
                history,
                (event, commands) -> {
                  log.reading(event.sequence(), last);
                  listener.accept(
                      event,
                      commands.stream()
                          .map(
                              command -> new PreparedCommand(command.command(), command.envelope()))
                          .toList());
                },
                history.whole() ? null : () -> new ReportBuilder(settings));
    Instant now = venue.events().clock().instant();
    recovered.notes().forEach(note -> log.log(now, note));
    recovered.engine().ifPresent(this::requireItsMarkets);
    return recovered;
  }

  /** What the journal traded must stay configured, even if only to verify that it is flat. */
  private void requireItsMarkets(Engine engine) {
    List<String> configured =
        config.markets().stream().map(names -> names.market().name()).toList();
    for (MarketStatus held : engine.status()) {
      if (!configured.contains(held.market().name())) {
        throw new UsageException(
            "markets has no %s, which the journal %s knows: put it back, or give another --state-db"
                .formatted(held.market(), options.stateDb()));
      }
    }
  }

  private Engine engine(JournalReplay.Recovered before) {
    Engine engine = before.engine().orElseGet(() -> new Engine(runConfig.settings()));
    engine.configure(runConfig.settings());
    return engine;
  }

  private StrategyRunner runner(
      Engine engine, Venue venue, EventSource events, Journal journal, LogSink log) {
    OperatorInput operators = operatorInput(journal);
    signals.connect(operators);
    StrategyRunner runner =
        new StrategyRunner(engine, venue, events, journal, operators, log, WALL);
    return config.telemetry().metrics() ? runner.withMetrics() : runner;
  }

  private OperatorInput operatorInput(Journal journal) {
    return options.isInMemory()
        ? new OperatorInput(journal, WALL)
        : new OperatorInput(
            journal, Path.of(options.stateDb()).toAbsolutePath().resolveSibling("KILL"), WALL);
  }

  private RunSpec runSpec(String runId, boolean continuous, RunSpec.End end) {
    return new RunSpec(
        runId,
        config.hash(),
        runConfig.text(),
        continuous,
        DryRunVenue.markets(config),
        config.settings().historyHours(),
        end);
  }
}
