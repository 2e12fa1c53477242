package io.twinleg.stress;

import io.twinleg.core.Engine;
import io.twinleg.core.MarketStatus;
import io.twinleg.core.event.Command;
import io.twinleg.core.event.SequencedEvent;
import io.twinleg.core.model.FundingHour;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.MarketId.VenueId;
import io.twinleg.core.model.OrderIdTag;
import io.twinleg.core.model.Usd;
import io.twinleg.journal.Journal;
import io.twinleg.journal.JournalEntry.CommandRecord;
import io.twinleg.journal.JournalException;
import io.twinleg.journal.JournalIdentity;
import io.twinleg.journal.MemoryJournal;
import io.twinleg.runtime.JournalReplay;
import io.twinleg.runtime.JournalReplay.History;
import io.twinleg.runtime.OperatorInput;
import io.twinleg.runtime.RunSpec;
import io.twinleg.runtime.SnapshotSchedule;
import io.twinleg.runtime.SnapshotSchedule.Frequency;
import io.twinleg.runtime.StrategyRunner;
import io.twinleg.simulator.Exchange;
import io.twinleg.simulator.NetworkModel;
import io.twinleg.simulator.SeededRandom;
import io.twinleg.stress.AdversarialNetwork.FaultModelProxy;
import io.twinleg.stress.CrashPoint.CrashingJournal;
import io.twinleg.stress.CrashPoint.CrashingVenue;
import io.twinleg.stress.CrashPoint.SimulatedCrash;
import io.twinleg.stress.SimulationBatch.MutationHook;
import io.twinleg.stress.invariants.Checker;
import io.twinleg.stress.invariants.MarketRules;
import io.twinleg.stress.invariants.ReportedPosition;
import io.twinleg.venue.PreparedCommand;
import io.twinleg.venue.Venue;
import io.twinleg.venue.simulated.SimulatedVenue;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One world from its first instant to its last: the exchange runs all the time, and the runner is
 * restarted on one journal after each crash.
 */
final class AdversarialRun {
  private static final Frequency SNAPSHOTS = new Frequency(2_000, Duration.ofMinutes(20));
  private static final Duration QUIET = Duration.ofSeconds(45);

  /** Of the whole target: slightly more than an entry needs. */
  private static final BigDecimal SCARCE = new BigDecimal("1.05");

  private final long seed;
  private final StressScenario scenario;
  private final Exchange exchange;
  private final Checker checker;
  private final CrashPoint crashPoint = new CrashPoint();
  private final TraceBuffer trace;
  private final OutputRecorder output;
  private final FaultInjector faultInjector;
  private final SimulatedOperator operator;
  private final MutationHook mutation;
  private final Instant end;
  private MemoryJournal journal;
  private @Nullable ProcessInstance process;
  private String lastEnd = "";
  private int starts;
  private Instant quietSince = StressScenario.START;

  /**
   * @param mutation a mistake planted by a test, or none
   */
  AdversarialRun(
      long seed,
      StressScenario scenario,
      FaultSchedule schedule,
      int traceLines,
      MutationHook mutation) {
    this.seed = seed;
    this.scenario = scenario;
    this.mutation = mutation;
    trace = new TraceBuffer(traceLines);
    output = new OutputRecorder(trace);
    end = StressScenario.START.plus(scenario.length());
    OrderIdTag orderIdTag =
        new OrderIdTag(String.format("%08x", (int) ((seed * 0x9E3779B1L) >>> 3)));
    journal =
        new MemoryJournal(
            new JournalIdentity("dry-run", "", "simulated", seed, "adversarial", orderIdTag));
    FaultModelProxy proxy = new FaultModelProxy();
    exchange =
        new Exchange(
            instruments(), scenario.fees(), world(schedule), NetworkModel.Latency.STANDARD, proxy);
    checker = new Checker(exchange, network(schedule), orderIdTag, rules());
    proxy.delegateTo(checker);
    exchange.subscribe(checker);
    for (VenueId venue : scenario.venues()) {
      String at = venue.isFirst() ? "" : " at " + venue;
      exchange
          .admin()
          .open(SimulatedVenue.accountAt(venue), wallet("spot" + at), wallet("perp" + at));
    }
    faultInjector =
        new FaultInjector(seed, exchange, schedule, scenario, checker, crashPoint, trace);
    faultInjector.scheduleFaults();
    operator = new SimulatedOperator(seed, checker, trace);
    output.onHalt(checker::halted, checker::resumed);
  }

  private AdversarialNetwork network(FaultSchedule schedule) {
    return new AdversarialNetwork(
        seed,
        schedule,
        (fault, account) ->
            scenario.venues().stream()
                .filter(venue -> SimulatedVenue.accountAt(venue).equals(account))
                .anyMatch(venue -> scenario.concerns(fault, seed, venue)));
  }

  private List<SimulatedVenue.Branch> branches() {
    return scenario.venues().stream()
        .map(venue ->
            new SimulatedVenue.Branch(venue, SimulatedVenue.accountAt(venue), scenario.venue()))
        .toList();
  }

  /** In one world of three a wallet holds hardly more than the target. */
  private Usd wallet(String which) {
    return SeededRandom.of(seed, which + " wallet").oneIn(3)
        ? scenario.fullTarget().times(SCARCE)
        : scenario.wallet();
  }

  private List<Instrument> instruments() {
    return scenario.markets().stream()
        .flatMap(market -> Stream.of(market.spot(), market.perp()))
        .toList();
  }

  private AdversarialWorld world(FaultSchedule schedule) {
    return new AdversarialWorld(
        StressScenario.START,
        scenario.markets().stream()
            .map(market ->
                new AdversarialPair(
                    seed,
                    market.spot(),
                    market.perp(),
                    market.price(),
                    StressScenario.START,
                    schedule))
            .toList());
  }

  private List<MarketRules> rules() {
    return scenario.markets().stream().map(StressScenario.Market::rules).toList();
  }

  WorldResult run() {
    exchange.advanceTo(StressScenario.START);
    while (exchange.now().isBefore(end) && checker.violation().isEmpty()) {
      try {
        if (process == null) {
          process = start();
        }
        run(process);
      } catch (SimulatedCrash crash) {
        crash("crashed " + crash.where());
      } catch (JournalException unusable) {
        crash("stopped itself: " + unusable.getMessage());
      } catch (RuntimeException broken) {
        trace.note(exchange.now(), broken.toString());
        checker.broken("I6", "the runner stopped itself: " + broken);
      }
    }
    if (checker.violation().isEmpty()) {
      crashPoint.reset();
      replay();
    }
    return new WorldResult(
        seed,
        checker.result(),
        checker.violation(),
        output.counts(),
        starts,
        lastEnd,
        output.events(),
        trace.lines());
  }

  private void run(ProcessInstance running) {
    StrategyRunner runner = running.runner();
    while (exchange.now().isBefore(end) && checker.violation().isEmpty()) {
      runner.processNext(end);
      operator.act(exchange.now(), running.engine(), running.operators());
      compareWhenQuiet(running.engine());
      if (runner.ending().isPresent()) {
        lastEnd = runner.ending().get().reason();
        crash("ended: " + lastEnd);
        return;
      }
    }
  }

  // ---- one process

  private ProcessInstance start() {
    JournalReplay journalReplay = new JournalReplay(scenario.reader());
    SimulatedVenue sim =
        starts == 0
            ? SimulatedVenue.open(exchange, branches())
            : SimulatedVenue.reopen(exchange, branches());
    faultInjector.connected(sim);
    JournalReplay.Recovered before =
        journalReplay.recover(
            journal, History.FACTS, (event, commands) -> replay(sim, event, commands), null);
    checker.replayed(before.difference().orElse(null));
    Engine engine = before.engine().orElseGet(() -> new Engine(scenario.settings()));
    engine.configure(scenario.settings());
    Venue venue = new CrashingVenue(mutation.venue(sim), crashPoint, trace);
    Journal crashing = mutation.journal(new CrashingJournal(journal, crashPoint, this::durable));
    InstantSource wall = faultInjector.wall();
    OperatorInput operators = new OperatorInput(crashing, wall);
    StrategyRunner runner =
        new StrategyRunner(engine, venue, venue.events(), crashing, operators, output, wall)
            .withSnapshots(new SnapshotSchedule(engine, crashing, SNAPSHOTS, null));
    process = new ProcessInstance(engine, sim, operators, runner);
    starts++;
    trace.note(exchange.now(), "start " + starts);
    faultInjector.started(journal);
    checker.restarted(engine.latched().isPresent());
    runner.start(spec(), StressScenario.START);
    return process;
  }

  private static void replay(
      SimulatedVenue venue, SequencedEvent event, List<CommandRecord> commands) {
    venue
        .trading()
        .replay(
            event,
            commands.stream()
                .map(each -> new PreparedCommand(each.command(), each.envelope()))
                .toList());
  }

  private RunSpec spec() {
    List<RunSpec.Market> markets =
        scenario.markets().stream()
            .map(each -> new RunSpec.Market(each.names(), each.rules().depth()))
            .toList();
    return new RunSpec(
        "world-" + seed + "-" + starts,
        "",
        scenario.config(),
        starts == 1,
        markets,
        FundingHour.HISTORY_HOURS,
        RunSpec.End.NEVER);
  }

  private void durable(Command command) {
    switch (command.inner()) {
      case Command.PlaceOrder place -> checker.durable(place.order().hex());
      case Command.CancelOrder cancel -> checker.durable("cancel " + cancel.order().hex());
      case Command.TransferCollateral move -> checker.durable("transfer " + move.transfer());
      default -> {
        // places, cancels and moves nothing
      }
    }
  }

  /**
   * Leaves the process as a crash does; the next one starts after a while on the exchange's clock.
   */
  private void crash(String how) {
    trace.note(exchange.now(), "the process " + how);
    faultInjector.crashed();
    checker.crashed();
    closeVenue();
    process = null;
    journal = journal.reopen();
    crashPoint.reset();
    Instant back = exchange.now().plus(faultInjector.downtime());
    exchange.advanceTo(back.isBefore(end) ? back : end);
    quietSince = exchange.now();
  }

  // ---- the runner's figures against the exchange's

  private void compareWhenQuiet(Engine engine) {
    Instant now = exchange.now();
    if (faultInjector.isUnavailable()) {
      quietSince = now;
    }
    Instant before = now.minus(QUIET);
    if (checker.isQuietSince(before) && quietSince.isBefore(before)) {
      quietSince = now;
      engine.status().forEach(this::compare);
      scenario.venues().forEach(this::checkItsOwn);
    }
  }

  private void compare(MarketStatus status) {
    checker.compare(
        new ReportedPosition(
            status.market(),
            status.spot(),
            status.shortPerp(),
            status.fees(),
            status.funding(),
            status.openSpotOrders() + status.openPerpOrders()));
  }

  /** An account trades what its venue lists, and nothing of another. */
  private void checkItsOwn(VenueId venue) {
    exchange.fills(SimulatedVenue.accountAt(venue)).stream()
        .filter(fill -> !fill.instrument().market().venue().equals(venue))
        .findFirst()
        .ifPresent(fill -> checker.broken("I4", "traded by the account of another venue: " + fill));
  }

  private void closeVenue() {
    if (process != null) {
      process.venue().close();
    }
  }

  /** I12: replays the whole journal once more, without a venue. */
  private void replay() {
    closeVenue();
    JournalReplay.Recovered read =
        new JournalReplay(scenario.reader()).replay(journal.reopen(), (event, commands) -> {});
    checker.replayed(read.difference().orElse(null));
  }

  /** A process from its start to its end. */
  private record ProcessInstance(
      Engine engine, SimulatedVenue venue, OperatorInput operators, StrategyRunner runner) {}
}
