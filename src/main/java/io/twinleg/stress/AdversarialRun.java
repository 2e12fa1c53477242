package io.twinleg.stress;

import io.twinleg.core.Engine;
import io.twinleg.core.MarketStatus;
import io.twinleg.core.event.Command;
import io.twinleg.core.event.SequencedEvent;
import io.twinleg.core.model.FundingHour;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.OrderIdTag;
import io.twinleg.core.model.Usd;
import io.twinleg.journal.Journal;
import io.twinleg.journal.JournalEntry.CommandRecord;
import io.twinleg.journal.JournalException;
import io.twinleg.journal.JournalIdentity;
import io.twinleg.journal.MemoryJournal;
import io.twinleg.runtime.JournalReplay;
import io.twinleg.runtime.KillFile;
import io.twinleg.runtime.OperatorInput;
import io.twinleg.runtime.RunSpec;
import io.twinleg.runtime.StrategyRunner;
import io.twinleg.simulator.Exchange;
import io.twinleg.simulator.NetworkModel;
import io.twinleg.simulator.SeededRandom;
import io.twinleg.stress.invariants.Checker;
import io.twinleg.stress.invariants.FaultModelProxy;
import io.twinleg.stress.invariants.MarketRules;
import io.twinleg.stress.invariants.ReportedPosition;
import io.twinleg.venue.PreparedCommand;
import io.twinleg.venue.Venue;
import io.twinleg.venue.simulated.SimulatedVenue;
import io.twinleg.venue.simulated.SimulatedVenueSettings;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One world from its first instant to its last: the exchange lives on whatever happens, the runner
 * lives in it as often as it is started, on one journal.
 */
final class AdversarialRun {
  private static final Duration QUIET = Duration.ofSeconds(45);

  /** Of the whole target: what the entry gate asks for, and a little. */
  private static final BigDecimal THIN = new BigDecimal("1.05");

  private final long seed;
  private final StressScenario scenario;
  private final Exchange exchange;
  private final Checker checker;
  private final CrashPoint mortality = new CrashPoint();
  private final TraceBuffer tape;
  private final OutputRecorder listener;
  private final FaultInjector mishaps;
  private final SimulatedOperator attendant;
  private final MutationHook tampering;
  private final Instant end;
  private MemoryJournal journal;
  private Optional<ProcessInstance> life = Optional.empty();
  private int lives;
  private Instant quietSince = StressScenario.START;

  /**
   * @param tampering a test's sabotage, or nothing
   */
  AdversarialRun(
      long seed, StressScenario scenario, FaultSchedule plan, int trace, MutationHook tampering) {
    this.seed = seed;
    this.scenario = scenario;
    this.tampering = tampering;
    tape = new TraceBuffer(trace);
    listener = new OutputRecorder(tape);
    end = StressScenario.START.plus(scenario.length());
    OrderIdTag book = new OrderIdTag(String.format("%08x", (int) ((seed * 0x9E3779B1L) >>> 3)));
    journal =
        new MemoryJournal(new JournalIdentity("dry-run", "", "simulated", seed, "hostile", book));
    FaultModelProxy door = new FaultModelProxy();
    exchange =
        new Exchange(instruments(), scenario.fees(), street(plan), NetworkModel.Latency.STANDARD, door);
    checker = new Checker(exchange, new AdversarialNetwork(seed, plan), book, rules());
    door.keptBy(checker);
    exchange.subscribe(checker);
    exchange.admin().open(SimulatedVenue.ACCOUNT, wallet("spot"), wallet("perp"));
    mishaps = new FaultInjector(seed, exchange, plan, scenario, checker, mortality, tape);
    mishaps.schedule();
    attendant = new SimulatedOperator(seed, checker, tape);
    listener.onHalt(checker::halted, checker::resumed);
  }

  /** In one world of three a wallet holds hardly more than it needs at the start. */
  private Usd wallet(String which) {
    return SeededRandom.of(seed, which + " wallet").oneIn(3)
        ? scenario.fullTarget().times(THIN)
        : scenario.wallet();
  }

  private List<Instrument> instruments() {
    return scenario.markets().stream().flatMap(it -> Stream.of(it.spot(), it.perp())).toList();
  }

  private AdversarialWorld street(FaultSchedule plan) {
    return new AdversarialWorld(
        StressScenario.START,
        scenario.markets().stream()
            .map(it ->
                new AdversarialPair(
                    seed, it.spot(), it.perp(), it.price(), StressScenario.START, plan))
            .toList());
  }

  private List<MarketRules> rules() {
    return scenario.markets().stream().map(StressScenario.Market::rules).toList();
  }

  WorldResult live() {
    exchange.advanceTo(StressScenario.START);
    while (exchange.now().isBefore(end) && checker.violation().isEmpty()) {
      try {
        if (life.isEmpty()) {
          begin();
        }
        turns();
      } catch (SimulatedCrash dead) {
        die("killed " + dead.where());
      } catch (JournalException full) {
        die("by its own hand: " + full.getMessage());
      } catch (RuntimeException broken) {
        tape.say(exchange.now(), broken.toString());
        checker.broken("I6", "the runner stopped itself: " + broken);
      }
    }
    if (checker.violation().isEmpty()) {
      mortality.reborn();
      replay();
    }
    return new WorldResult(
        seed,
        checker.findings(),
        checker.violation(),
        listener.counts(),
        lives,
        listener.events(),
        tape.lines());
  }

  private void turns() {
    StrategyRunner runner = life.orElseThrow().runner();
    while (exchange.now().isBefore(end) && checker.violation().isEmpty()) {
      runner.turn(end);
      attendant.look(exchange.now(), life.orElseThrow().engine(), life.orElseThrow().operators());
      compareWhenQuiet();
      if (runner.ending().isPresent()) {
        die("of its own will: " + runner.ending().get().reason());
        return;
      }
    }
  }

  // ---- a life

  private void begin() {
    JournalReplay recovery = new JournalReplay(scenario.reader());
    SimulatedVenue sim =
        lives == 0
            ? SimulatedVenue.open(exchange, SimulatedVenue.ACCOUNT, SimulatedVenueSettings.STANDARD)
            : SimulatedVenue.reopen(
                exchange, SimulatedVenue.ACCOUNT, SimulatedVenueSettings.STANDARD);
    mishaps.opened(sim);
    JournalReplay.Recovered before =
        recovery.read(journal, (event, commands) -> recall(sim, event, commands));
    checker.replayed(before.difference().map(JournalReplay.Difference::toString));
    Engine engine = before.engine().orElseGet(() -> new Engine(scenario.settings()));
    engine.configure(scenario.settings());
    Venue venue = new CrashingVenue(tampering.venue(sim), mortality, tape);
    Journal mortal = tampering.journal(new CrashingJournal(journal, mortality, this::durable));
    AdjustableClock wall = mishaps.wall();
    OperatorInput operators = new OperatorInput(mortal, new KillFile(Optional.empty()), wall);
    StrategyRunner runner =
        new StrategyRunner(engine, venue, venue.events(), mortal, operators, listener, wall);
    life = Optional.of(new ProcessInstance(engine, sim, operators, runner));
    lives++;
    tape.say(exchange.now(), "life " + lives + " begins");
    mishaps.born(journal);
    checker.restarted(engine.latched().isPresent());
    runner.begin(start(), StressScenario.START);
  }

  private static void recall(
      SimulatedVenue venue, SequencedEvent event, List<CommandRecord> commands) {
    venue
        .trading()
        .replay(
            event,
            commands.stream()
                .map(each -> new PreparedCommand(each.command(), each.envelope()))
                .toList());
  }

  private RunSpec start() {
    List<RunSpec.Market> markets =
        scenario.markets().stream()
            .map(each -> new RunSpec.Market(each.names(), each.rules().clip()))
            .toList();
    return new RunSpec(
        "world-" + seed + "-" + lives,
        "",
        scenario.config(),
        lives == 1,
        markets,
        FundingHour.HISTORY_HOURS,
        Optional.empty());
  }

  private void durable(Command command) {
    switch (command) {
      case Command.PlaceOrder place -> checker.durable(place.order().hex());
      case Command.CancelOrder cancel -> checker.durable("cancel " + cancel.order().hex());
      case Command.TransferCollateral move -> checker.durable("transfer " + move.transfer());
      default -> {
        // asks for nothing that moves
      }
    }
  }

  /** What a supervisor does: the next life begins after a while, and the exchange does not wait. */
  private void die(String how) {
    tape.say(exchange.now(), "the process dies " + how);
    mishaps.died();
    checker.died();
    life.ifPresent(it -> it.venue().close());
    life = Optional.empty();
    journal = journal.reopen();
    mortality.reborn();
    Instant back = exchange.now().plus(mishaps.downtime());
    exchange.advanceTo(back.isBefore(end) ? back : end);
    quietSince = exchange.now();
  }

  // ---- the runner's books against the checker's

  private void compareWhenQuiet() {
    Instant now = exchange.now();
    if (mishaps.isAway()) {
      quietSince = now;
    }
    Instant before = now.minus(QUIET);
    if (checker.isQuietSince(before) && quietSince.isBefore(before)) {
      quietSince = now;
      life.orElseThrow().engine().status().forEach(this::compare);
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

  /** I12: the whole journal once more, without a venue. */
  private void replay() {
    life.ifPresent(it -> it.venue().close());
    JournalReplay.Recovered read =
        new JournalReplay(scenario.reader()).read(journal.reopen(), (event, commands) -> {});
    checker.replayed(read.difference().map(JournalReplay.Difference::toString));
  }
}
