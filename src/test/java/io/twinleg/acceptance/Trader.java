package io.twinleg.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.config.Config;
import io.twinleg.core.Engine;
import io.twinleg.core.MarketStatus;
import io.twinleg.core.Settings;
import io.twinleg.core.event.Command;
import io.twinleg.core.event.Command.PlaceOrder;
import io.twinleg.core.event.Event;
import io.twinleg.core.event.Event.FeedStatusChanged.Feed;
import io.twinleg.core.event.LogEvent;
import io.twinleg.core.model.Fill;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.MarketId;
import io.twinleg.core.model.MarketId.VenueId;
import io.twinleg.core.model.OrderIdTag;
import io.twinleg.core.model.OrderPurpose;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Side;
import io.twinleg.core.model.TargetPosition;
import io.twinleg.core.model.Usd;
import io.twinleg.core.portfolio.PairLedger;
import io.twinleg.digest.LoggedJournal;
import io.twinleg.digest.ScenarioDigests;
import io.twinleg.journal.Journal;
import io.twinleg.journal.JournalIdentity;
import io.twinleg.journal.MemoryJournal;
import io.twinleg.research.ReportBuilder;
import io.twinleg.runtime.JournalReplay;
import io.twinleg.runtime.JournalReplay.History;
import io.twinleg.runtime.OperatorInput;
import io.twinleg.runtime.RunSpec;
import io.twinleg.runtime.SnapshotSchedule;
import io.twinleg.runtime.SnapshotSchedule.Figures;
import io.twinleg.runtime.SnapshotSchedule.Frequency;
import io.twinleg.runtime.StrategyRunner;
import io.twinleg.simulator.FixtureF0;
import io.twinleg.telemetry.LogSink;
import io.twinleg.telemetry.StatusLine;
import io.twinleg.venue.Venue;
import io.twinleg.venue.simulated.SimulatedVenue;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The whole program on a {@link MarketFixture}: configuration, journal, Engine and runner, wired as
 * for a dry run and advanced by the test. After every event {@link InvariantRecorder} checks the
 * safety invariants.
 *
 * <p>Orders and fills are written as a trader writes them: {@code +0.000 spot buy 4.99 @ 40.001 alo
 * entry}.
 */
final class Trader implements LogSink {
  static final OrderIdTag BOOK = new OrderIdTag("00000007");

  /** F0's settings: what differs from the example configuration. */
  private static final List<String> F0 =
      List.of("strategy.signal_window_h=1", "strategy.ev_gate=false", "risk.min_spread_ticks=0");

  /** A log event and its time. */
  record Logged(Instant at, LogEvent event) {
    String name() {
      return event.event();
    }

    Map<String, Object> fields() {
      return event.fields();
    }

    Object value(String field) {
      return Optional.ofNullable(fields().get(field))
          .orElseThrow(() -> new AssertionError(event + " has no " + field));
    }
  }

  /** Often, so that most restarts begin with one. */
  private static final Frequency SNAPSHOTS = new Frequency(25, Duration.ofSeconds(30));

  private final MarketFixture fixture;
  private final Config config;
  private final Crash crash = Crash.current();
  private MemoryJournal journal =
      new MemoryJournal(new JournalIdentity("dry-run", "", "simulated", 7, "F0", BOOK));
  private Engine engine;

  /** Where a crash is planned old market data are dropped, too. */
  private Figures figures;

  private SimulatedVenue venue;
  private RecordingVenue recorder;
  private InvariantRecorder invariants;
  private OperatorInput operators;
  private StrategyRunner runner;
  private final List<Logged> events = new ArrayList<>();
  private long turns;

  private Trader(MarketFixture fixture, List<String> settings) {
    this.fixture = fixture;
    List<String> all = new ArrayList<>(F0);
    all.addAll(settings);
    config =
        Config.load(
            Path.of("config_example.json"), all, Config.Mode.DRY_RUN, name -> Optional.empty());
    engine = new Engine(settings(config));
    venue = SimulatedVenue.open(fixture.exchange(), fixture.branches());
    invariants = new InvariantRecorder(fixture, engine, config.settings());
    recorder = new RecordingVenue(venue, invariants::sending);
    invariants.attachTo(recorder);
    figures = crash.isPlanned() ? new ReportBuilder(Trader::settings) : null;
    operators = operators(journal);
    runner = runner(journal);
    crash.watch(this);
  }

  private OperatorInput operators(Journal on) {
    return new OperatorInput(on, venue.events().clock());
  }

  private StrategyRunner runner(MemoryJournal on) {
    Venue crashing = crash.crashing(recorder);
    Journal logged = new LoggedJournal(crash.crashing(on), ScenarioDigests.log());
    return new StrategyRunner(
            engine, crashing, crashing.events(), logged, operators, this, venue.events().clock())
        .withSnapshots(new SnapshotSchedule(engine, logged, SNAPSHOTS, figures));
  }

  /** Applies the next event; where a crash is planned for it, the program starts again. */
  private void turn(Instant until) {
    crash.run(() -> runner.processNext(until), this::comeBack);
  }

  /** Two seconds later, on what the journal holds; the exchange has gone on meanwhile. */
  private void comeBack() {
    kill();
    fixture.exchange().advanceTo(now().plusSeconds(2));
    start();
  }

  private void start() {
    venue = SimulatedVenue.reopen(fixture.exchange(), fixture.branches());
    JournalReplay.Recovered before =
        new JournalReplay(Trader::settings)
            .recover(
                journal,
                History.FACTS,
                (event, commands) -> venue.trading().replay(event, List.of()),
                crash.isPlanned() ? () -> new ReportBuilder(Trader::settings) : null);
    assertThat(before.notes()).isEmpty();
    engine = before.engine().orElseGet(() -> new Engine(settings(config)));
    figures = before.figures().orElse(null);
    engine.configure(settings(config));
    invariants = invariants.after(engine);
    recorder = recorder.reopened(venue, invariants::sending);
    invariants.attachTo(recorder);
    operators = operators(journal);
    runner = runner(journal);
    runner.start(start(false), MarketFixture.T0);
    invariants.caughtUp();
  }

  private static Settings settings(String text) {
    return settings(Config.fromCanonical(text));
  }

  private static Settings settings(Config config) {
    return config.settings(false, Duration.ofSeconds(1));
  }

  // ---- restarts

  /** As kill -9: what is not committed is lost. */
  void kill() {
    venue.close();
    journal = journal.reopen();
  }

  MemoryJournal journal() {
    return journal;
  }

  /** Starts again on the journal, as every start does. */
  void restart() {
    crash.run(this::start, this::comeBack);
  }

  /** An engine replayed from the journal, beside the one that runs. */
  Engine anotherEngine() {
    return new JournalReplay(text -> settings(Config.fromCanonical(text)))
        .replay(journal, (event, commands) -> {})
        .engine()
        .orElseThrow();
  }

  /**
   * A command that an operator gives while the program is stopped: it holds from the next start.
   */
  void operatorRequestsWhileStopped(String command, String argument) {
    journal.addToInbox(fixture.now(), command, argument);
  }

  void diskIsFull() {
    journal.failNextCommit();
  }

  /**
   * Starts on the fixture as it is.
   *
   * @param settings each KEY=VALUE over F0's, as {@code --set} takes them
   */
  static Trader startOn(MarketFixture fixture, String... settings) {
    Trader trader = new Trader(fixture, List.of(settings));
    trader.crash.run(
        () -> trader.runner.start(trader.start(true), MarketFixture.T0), trader::comeBack);
    return trader;
  }

  /** Starts there, and has entered once: 4.99 on both legs. */
  static Trader hedgedOn(MarketFixture fixture, String... settings) {
    Trader trader = startOn(fixture, settings);
    trader.advanceSeconds(3);
    fixture.takerSellsSpot("4.99");
    trader.advanceSeconds(5);
    assertThat(trader.state()).isEqualTo("HEDGED");
    return trader;
  }

  private RunSpec start(boolean continuous) {
    List<RunSpec.Market> markets = new ArrayList<>();
    for (int i = 0; i < config.markets().size(); i++) {
      Usd depth = config.settings().bookDepth(config.settings().markets().get(i));
      markets.add(new RunSpec.Market(config.markets().get(i), depth));
    }
    return new RunSpec(
        "acceptance", "", config.canonicalJson(), continuous, markets, 720, RunSpec.End.NEVER);
  }

  // ---- time

  Instant now() {
    return venue.events().clock().instant();
  }

  Trader advance(Duration time) {
    return advanceTo(now().plus(time));
  }

  Trader advanceSeconds(long seconds) {
    return advance(Duration.ofSeconds(seconds));
  }

  Trader advanceMillis(long millis) {
    return advance(Duration.ofMillis(millis));
  }

  Trader advanceTo(Duration afterStart) {
    return advanceTo(MarketFixture.T0.plus(afterStart));
  }

  /** Applies everything that is due by this instant. */
  Trader advanceTo(Instant until) {
    long before;
    do {
      before = turns;
      turn(until);
    } while (runner.ending().isEmpty() && (turns != before || now().isBefore(until)));
    invariants.check();
    return this;
  }

  /** Advances to the next log event of this name, which must come within ten minutes. */
  Logged awaitEvent(String event) {
    int before = events.size();
    Instant limit = now().plus(Duration.ofMinutes(10));
    while (now().isBefore(limit) && runner.ending().isEmpty()) {
      turn(limit);
      Optional<Logged> found =
          events.subList(before, events.size()).stream()
              .filter(each -> each.name().equals(event))
              .findFirst();
      if (found.isPresent()) {
        return found.get();
      }
    }
    throw new AssertionError(event + " is not logged within ten minutes; logged:\n" + log());
  }

  void operatorRequests(Event.OperatorCommand.Operation operation, String argument) {
    operators.submit(new Event.OperatorCommand(operation, argument));
  }

  /** An event that a live venue may deliver and the simulator does not. */
  Trader receives(Event fact) {
    recorder.inject(fact);
    return this;
  }

  void cut(Feed feed) {
    venue.cut(feed);
  }

  /** A venue is away: no feed of it comes, and no request reaches it. */
  void goesAway(VenueId silent) {
    fixture.away(silent);
    for (Feed feed : Feed.values()) {
      venue.cut(feed, silent);
    }
  }

  void comesBack(VenueId silent) {
    fixture.back(silent);
    for (Feed feed : Feed.values()) {
      venue.restore(feed, silent);
    }
  }

  void restore(Feed feed) {
    venue.restore(feed);
  }

  InvariantRecorder invariants() {
    return invariants;
  }

  /** The same checks of the exchange, against another engine's ledgers. */
  InvariantRecorder invariantsOf(Engine other) {
    InvariantRecorder another = new InvariantRecorder(fixture, other, config.settings());
    another.attachTo(recorder);
    return another;
  }

  // ---- what it logged

  @Override
  public void log(Instant at, LogEvent event) {
    events.add(new Logged(at, event));
  }

  @Override
  public void status(Instant at, StatusLine.Source source) {
    turns++;
    invariants.check();
  }

  @Override
  public void close() {}

  List<Logged> events() {
    return List.copyOf(events);
  }

  List<Logged> events(String event) {
    return events.stream().filter(each -> each.name().equals(event)).toList();
  }

  Logged lastEvent(String event) {
    List<Logged> all = events(event);
    assertThat(all).as("%s is logged; all log events:%n%s", event, log()).isNotEmpty();
    return all.getLast();
  }

  /** The reasons of every denial logged under this name, in order. */
  List<Object> reasons(String event) {
    return events(event).stream().map(each -> each.value("reason")).toList();
  }

  /** All log events, a line each, for a failure's message. */
  String log() {
    StringBuilder text = new StringBuilder();
    for (Logged each : events) {
      text.append(clock(each.at())).append(' ').append(each.name()).append(' ');
      text.append(each.fields()).append('\n');
    }
    return text.toString();
  }

  Optional<StrategyRunner.Ending> ending() {
    return runner.ending();
  }

  // ---- what it sent

  /** All orders, as "spot buy 4.99 @ 40.001 alo entry". */
  List<String> orders() {
    return placed().stream().map(sent -> words((PlaceOrder) sent.command())).toList();
  }

  /** The same, each with the seconds since the start in front. */
  List<String> timedOrders() {
    return placed().stream()
        .map(sent -> clock(sent.at()) + " " + words((PlaceOrder) sent.command()))
        .toList();
  }

  List<RecordingVenue.Sent> placed() {
    return recorder.sent().stream().filter(sent -> sent.command() instanceof PlaceOrder).toList();
  }

  /** The orders of each message that held some. */
  List<List<String>> messages() {
    return recorder.messages().stream()
        .map(message ->
            message.stream()
                .filter(command -> command instanceof PlaceOrder)
                .map(command -> words((PlaceOrder) command))
                .toList())
        .filter(orders -> !orders.isEmpty())
        .toList();
  }

  List<RecordingVenue.Sent> placed(OrderPurpose purpose) {
    return placed().stream()
        .filter(sent -> ((PlaceOrder) sent.command()).purpose() == purpose)
        .toList();
  }

  List<RecordingVenue.Sent> sent(Class<? extends Command> kind) {
    return recorder.sent().stream().filter(sent -> kind.isInstance(sent.command())).toList();
  }

  List<RecordingVenue.Incoming> received(Class<? extends Event> kind) {
    return recorder.received().stream()
        .filter(incoming -> kind.isInstance(incoming.event()))
        .toList();
  }

  /** Orders whose end has not been received. */
  List<String> live() {
    return recorder.live().stream().map(Trader::words).toList();
  }

  private static String words(PlaceOrder order) {
    return "%s %s %s @ %s %s%s %s"
        .formatted(
            low(order.instrument().leg()),
            low(order.side()),
            order.quantity(),
            order.price(),
            low(order.timeInForce()),
            order.reduceOnly() ? " reduce-only" : "",
            low(order.purpose()));
  }

  private static String low(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  static String clock(Instant at) {
    Duration since = Duration.between(MarketFixture.T0, at);
    return "+%d.%03d".formatted(since.toSeconds(), since.toMillisPart());
  }

  // ---- the outcome, by the exchange's books

  /** All fills of its own orders, as "spot buy 4.99 @ 40.001". */
  List<String> fills() {
    return ownFills().stream()
        .map(fill ->
            "%s %s %s @ %s"
                .formatted(
                    low(fill.instrument().leg()), low(fill.side()), fill.quantity(), fill.price()))
        .toList();
  }

  List<Fill> ownFills() {
    return fixture.account().fills().stream()
        .filter(fill -> Observation.isOurs(fill, BOOK))
        .toList();
  }

  /** What fills of its own orders of one leg and side sum up to. */
  Quantity filled(Leg leg, Side side) {
    return ownFills().stream()
        .filter(fill -> fill.instrument().leg() == leg && fill.side() == side)
        .map(Fill::quantity)
        .reduce(Quantity.ZERO, Quantity::plus);
  }

  Quantity coins() {
    return fixture.account().coins(FixtureF0.SPOT.id());
  }

  Quantity position() {
    return fixture.account().position(FixtureF0.PERP.id());
  }

  // ---- the program's own state

  String state() {
    return status(FixtureF0.HYPE).state();
  }

  MarketStatus status(MarketId market) {
    return engine.status().stream()
        .filter(each -> each.market().equals(market))
        .findFirst()
        .orElseThrow();
  }

  /** The figures that it decides by. */
  TargetPosition.Edge edge() {
    return status(FixtureF0.HYPE).edge();
  }

  PairLedger books() {
    return engine.portfolio().ledger(FixtureF0.HYPE);
  }

  Engine engine() {
    return engine;
  }
}
