package io.hypercarry.simulation;

import io.hypercarry.core.Engine;
import io.hypercarry.core.MarketStatus;
import io.hypercarry.core.event.Command;
import io.hypercarry.core.event.Event;
import io.hypercarry.core.model.BookId;
import io.hypercarry.core.model.Instrument;
import io.hypercarry.core.model.Usd;
import io.hypercarry.exchange.Dice;
import io.hypercarry.exchange.Exchange;
import io.hypercarry.exchange.Latency;
import io.hypercarry.journal.Journal;
import io.hypercarry.journal.JournalFault;
import io.hypercarry.journal.JournalIdentity;
import io.hypercarry.journal.MemoryJournal;
import io.hypercarry.journal.Recorded;
import io.hypercarry.runner.KillFile;
import io.hypercarry.runner.Operators;
import io.hypercarry.runner.Recovery;
import io.hypercarry.runner.Runner;
import io.hypercarry.runner.Start;
import io.hypercarry.simulation.checker.Checker;
import io.hypercarry.simulation.checker.Door;
import io.hypercarry.simulation.checker.MarketRules;
import io.hypercarry.simulation.checker.RunnerBooks;
import io.hypercarry.venue.Prepared;
import io.hypercarry.venue.Venue;
import io.hypercarry.venue.sim.SimSettings;
import io.hypercarry.venue.sim.SimVenue;
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
final class HostileWorld {
  private static final Duration QUIET = Duration.ofSeconds(45);
  private static final int HISTORY_HOURS = 720;

  /** Of the whole target: what the entry gate asks for, and a little. */
  private static final BigDecimal THIN = new BigDecimal("1.05");

  private final long seed;
  private final Scenario scenario;
  private final Exchange exchange;
  private final Checker checker;
  private final Mortality mortality = new Mortality();
  private final Tape tape;
  private final Listener listener;
  private final Mishaps mishaps;
  private final Attendant attendant;
  private final Tampering tampering;
  private final Instant end;
  private MemoryJournal journal;
  private Optional<Life> life = Optional.empty();
  private int lives;
  private Instant quietSince = Scenario.START;

  /**
   * @param tampering a test's sabotage, or nothing
   */
  HostileWorld(long seed, Scenario scenario, FaultPlan plan, int trace, Tampering tampering) {
    this.seed = seed;
    this.scenario = scenario;
    this.tampering = tampering;
    tape = new Tape(trace);
    listener = new Listener(tape);
    end = Scenario.START.plus(scenario.length());
    BookId book = new BookId(String.format("%08x", (int) ((seed * 0x9E3779B1L) >>> 3)));
    journal =
        new MemoryJournal(new JournalIdentity("dry-run", "", "simulated", seed, "hostile", book));
    Door door = new Door();
    exchange = new Exchange(instruments(), scenario.fees(), street(plan), Latency.STANDARD, door);
    checker = new Checker(exchange, new HostileWire(seed, plan), book, rules());
    door.keptBy(checker);
    exchange.watch(checker);
    exchange.backOffice().open(SimVenue.ACCOUNT, wallet("spot"), wallet("perp"));
    mishaps = new Mishaps(seed, exchange, plan, scenario, checker, mortality, tape);
    mishaps.schedule();
    attendant = new Attendant(seed, checker, tape);
    listener.onHalt(checker::halted, checker::resumed);
  }

  /** In one world of three a wallet holds hardly more than it needs at the start. */
  private Usd wallet(String which) {
    return Dice.of(seed, which + " wallet").oneIn(3)
        ? scenario.fullTarget().times(THIN)
        : scenario.wallet();
  }

  private List<Instrument> instruments() {
    return scenario.markets().stream().flatMap(it -> Stream.of(it.spot(), it.perp())).toList();
  }

  private HostileStreet street(FaultPlan plan) {
    return new HostileStreet(
        Scenario.START,
        scenario.markets().stream()
            .map(it ->
                new HostileMarket(seed, it.spot(), it.perp(), it.price(), Scenario.START, plan))
            .toList());
  }

  private List<MarketRules> rules() {
    return scenario.markets().stream().map(Scenario.Market::rules).toList();
  }

  WorldResult live() {
    exchange.advanceTo(Scenario.START);
    while (exchange.now().isBefore(end) && checker.violation().isEmpty()) {
      try {
        if (life.isEmpty()) {
          begin();
        }
        turns();
      } catch (Killed dead) {
        die("killed " + dead.where());
      } catch (JournalFault full) {
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
    Runner runner = life.orElseThrow().runner();
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
    Recovery recovery = new Recovery(scenario.reader());
    SimVenue sim =
        lives == 0
            ? SimVenue.open(exchange, SimVenue.ACCOUNT, SimSettings.STANDARD)
            : SimVenue.reopen(exchange, SimVenue.ACCOUNT, SimSettings.STANDARD);
    mishaps.opened(sim);
    Recovery.Recovered before =
        recovery.read(journal, (event, commands) -> recall(sim, event, commands));
    checker.replayed(before.difference().map(Recovery.Difference::toString));
    Engine engine = before.engine().orElseGet(() -> new Engine(scenario.settings()));
    engine.configure(scenario.settings());
    Venue venue = new MortalVenue(tampering.venue(sim), mortality, tape);
    Journal mortal = tampering.journal(new MortalJournal(journal, mortality, this::durable));
    Clockwork wall = mishaps.wall();
    Operators operators = new Operators(mortal, new KillFile(Optional.empty()), wall);
    Runner runner = new Runner(engine, venue, venue.facts(), mortal, operators, listener, wall);
    life = Optional.of(new Life(engine, sim, operators, runner));
    lives++;
    tape.say(exchange.now(), "life " + lives + " begins");
    mishaps.born(journal);
    checker.restarted(engine.latched().isPresent());
    runner.begin(start(), Scenario.START);
  }

  private static void recall(SimVenue venue, Event event, List<Recorded> commands) {
    venue
        .trading()
        .recall(
            event,
            commands.stream().map(each -> new Prepared(each.command(), each.envelope())).toList());
  }

  private Start start() {
    List<Start.Market> markets =
        scenario.markets().stream()
            .map(each -> new Start.Market(each.names(), each.rules().clip()))
            .toList();
    return new Start(
        "world-" + seed + "-" + lives,
        "",
        scenario.config(),
        lives == 1,
        markets,
        HISTORY_HOURS,
        Optional.empty());
  }

  private void durable(Command command) {
    switch (command) {
      case Command.PlaceOrder place -> checker.durable(place.order().hex());
      case Command.CancelOrder cancel -> checker.durable("cancel " + cancel.order().hex());
      case Command.MoveCollateral move -> checker.durable("transfer " + move.transfer());
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
        new RunnerBooks(
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
    Recovery.Recovered read =
        new Recovery(scenario.reader()).read(journal.reopen(), (event, commands) -> {});
    checker.replayed(read.difference().map(Recovery.Difference::toString));
  }
}
