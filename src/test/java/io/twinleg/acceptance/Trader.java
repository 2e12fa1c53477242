package io.twinleg.acceptance;

import static io.twinleg.simulator.FixtureF0.ACCOUNT;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.cli.Config;
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
import io.twinleg.core.model.OrderIdTag;
import io.twinleg.core.model.OrderPurpose;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Side;
import io.twinleg.core.model.TargetPosition;
import io.twinleg.core.portfolio.PairLedger;
import io.twinleg.digest.LoggedJournal;
import io.twinleg.digest.ScenarioDigests;
import io.twinleg.journal.Journal;
import io.twinleg.journal.JournalIdentity;
import io.twinleg.journal.MemoryJournal;
import io.twinleg.runtime.JournalReplay;
import io.twinleg.runtime.OperatorInput;
import io.twinleg.runtime.RunSpec;
import io.twinleg.runtime.StrategyRunner;
import io.twinleg.simulator.FixtureF0;
import io.twinleg.telemetry.LogSink;
import io.twinleg.telemetry.StatusLine;
import io.twinleg.venue.Venue;
import io.twinleg.venue.simulated.SimulatedVenue;
import io.twinleg.venue.simulated.SimulatedVenueSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Our whole program on a {@link MarketFixture}: configuration, journal, Engine and runner as {@code
 * app} wires them, turned by the test instead of by itself. After every event {@link
 * InvariantRecorder} looks whether the safety invariants hold.
 *
 * <p>Orders and fills read as a trader says them: {@code +0.000 spot buy 4.99 @ 40.001 alo entry}.
 */
final class Trader implements LogSink {
  static final OrderIdTag BOOK = new OrderIdTag("00000007");

  /** F0's settings: what differs from the example configuration. */
  private static final List<String> F0 =
      List.of("strategy.signal_window_h=1", "strategy.ev_gate=false", "risk.min_spread_ticks=0");

  /** A note and when it was told. */
  record Told(Instant at, LogEvent note) {
    Object value(String field) {
      return Optional.ofNullable(note.fields().get(field))
          .orElseThrow(() -> new AssertionError(note + " has no " + field));
    }
  }

  private final MarketFixture stage;
  private final Config config;
  private final Crash crash = Crash.current();
  private MemoryJournal journal =
      new MemoryJournal(new JournalIdentity("dry-run", "", "simulated", 7, "F0", BOOK));
  private Engine engine;
  private SimulatedVenue venue;
  private RecordingVenue door;
  private InvariantRecorder auditor;
  private OperatorInput operators;
  private StrategyRunner runner;
  private final List<Told> told = new ArrayList<>();
  private long events;

  private Trader(MarketFixture stage, List<String> settings) {
    this.stage = stage;
    List<String> all = new ArrayList<>(F0);
    all.addAll(settings);
    config =
        Config.load(
            Path.of("config_example.json"), all, Config.Mode.DRY_RUN, name -> Optional.empty());
    engine = new Engine(settings(config));
    venue = SimulatedVenue.open(stage.exchange(), ACCOUNT, SimulatedVenueSettings.STANDARD);
    auditor = new InvariantRecorder(stage, engine, config.settings());
    door = new RecordingVenue(venue, auditor::sending);
    auditor.listenAt(door);
    operators = operators(journal);
    runner = runner(journal);
    crash.watch(this);
  }

  private OperatorInput operators(Journal on) {
    return new OperatorInput(on, venue.events().clock());
  }

  private StrategyRunner runner(MemoryJournal on) {
    Venue mortal = crash.mortal(door);
    Journal logged = new LoggedJournal(crash.mortal(on), ScenarioDigests.log());
    return new StrategyRunner(
        engine, mortal, mortal.events(), logged, operators, this, venue.events().clock());
  }

  /** The next thing that happens; where a crash is planned for it, the next life begins. */
  private void turn(Instant until) {
    crash.survive(() -> runner.processNext(until), this::comeBack);
  }

  /** Two seconds later, on what the journal holds; the exchange has not waited. */
  private void comeBack() {
    dies();
    stage.exchange().advanceTo(now().plusSeconds(2));
    begin();
  }

  private void begin() {
    venue = SimulatedVenue.reopen(stage.exchange(), ACCOUNT, SimulatedVenueSettings.STANDARD);
    engine =
        new JournalReplay(text -> settings(Config.fromCanonical(text)))
            .replay(journal, (event, commands) -> venue.trading().replay(event, List.of()))
            .engine()
            .orElseGet(() -> new Engine(settings(config)));
    engine.configure(settings(config));
    auditor = auditor.after(engine);
    door = door.reopened(venue, auditor::sending);
    auditor.listenAt(door);
    operators = operators(journal);
    runner = runner(journal);
    runner.start(start(false), MarketFixture.T0);
    auditor.caughtUp();
  }

  private static Settings settings(Config config) {
    return config.settings(false, Duration.ofSeconds(1));
  }

  // ---- its lives

  /** As kill -9: what is not committed is lost. */
  void dies() {
    venue.close();
    journal = journal.reopen();
  }

  /** The next life, by the one way there is to start. */
  void begins() {
    crash.survive(this::begin, this::comeBack);
  }

  /** That remembers what the journal holds, and is nobody's. */
  Engine anotherEngine() {
    return new JournalReplay(text -> settings(Config.fromCanonical(text)))
        .replay(journal, (event, commands) -> {})
        .engine()
        .orElseThrow();
  }

  /** What an operator says while nobody runs: it holds from the next start. */
  void finds(String command, String argument) {
    journal.addToInbox(stage.now(), command, argument);
  }

  void diskIsFull() {
    journal.failNextCommit();
  }

  /**
   * Starts on the stage as it is.
   *
   * @param settings each KEY=VALUE over F0's, as {@code --set} takes them
   */
  static Trader startsOn(MarketFixture stage, String... settings) {
    Trader trader = new Trader(stage, List.of(settings));
    trader.crash.survive(
        () -> trader.runner.start(trader.start(true), MarketFixture.T0), trader::comeBack);
    return trader;
  }

  /** Starts there, and has entered once: 4.99 on both legs. */
  static Trader hedgedOn(MarketFixture stage, String... settings) {
    Trader trader = startsOn(stage, settings);
    trader.livesSeconds(3);
    stage.crowdSellsSpot("4.99");
    trader.livesSeconds(5);
    assertThat(trader.state()).isEqualTo("HEDGED");
    return trader;
  }

  private RunSpec start(boolean continuous) {
    List<RunSpec.Market> markets = new ArrayList<>();
    for (int i = 0; i < config.markets().size(); i++) {
      var execution = config.settings().markets().get(i).execution();
      markets.add(new RunSpec.Market(config.markets().get(i), execution.bookClip()));
    }
    return new RunSpec(
        "acceptance", "", config.canonicalJson(), continuous, markets, 720, RunSpec.End.NEVER);
  }

  // ---- time

  Instant now() {
    return venue.events().clock().instant();
  }

  Trader lives(Duration time) {
    return livesUntil(now().plus(time));
  }

  Trader livesSeconds(long seconds) {
    return lives(Duration.ofSeconds(seconds));
  }

  Trader livesMillis(long millis) {
    return lives(Duration.ofMillis(millis));
  }

  Trader livesUntil(Duration afterStart) {
    return livesUntil(MarketFixture.T0.plus(afterStart));
  }

  /** Everything that is due by this instant happens. */
  Trader livesUntil(Instant until) {
    long before;
    do {
      before = events;
      turn(until);
    } while (runner.ending().isEmpty() && (events != before || now().isBefore(until)));
    auditor.look();
    return this;
  }

  /** Until the next note of this name, which must come within ten minutes. */
  Told untilTold(String event) {
    int before = told.size();
    Instant limit = now().plus(Duration.ofMinutes(10));
    while (now().isBefore(limit) && runner.ending().isEmpty()) {
      turn(limit);
      Optional<Told> found =
          told.subList(before, told.size()).stream()
              .filter(each -> each.note().event().equals(event))
              .findFirst();
      if (found.isPresent()) {
        return found.get();
      }
    }
    throw new AssertionError("nobody told " + event + " within ten minutes; told:\n" + story());
  }

  void operatorSays(Event.OperatorCommand.Operation operation, String argument) {
    operators.submit(new Event.OperatorCommand(operation, argument));
  }

  /** What a live door would tell. */
  Trader isTold(Event fact) {
    door.says(fact);
    return this;
  }

  void cut(Feed feed) {
    venue.cut(feed, Optional.empty());
  }

  void restore(Feed feed) {
    venue.restore(feed, Optional.empty());
  }

  InvariantRecorder auditor() {
    return auditor;
  }

  /** The same look at the exchange, held against another engine's books. */
  InvariantRecorder auditorOf(Engine other) {
    InvariantRecorder another = new InvariantRecorder(stage, other, config.settings());
    another.listenAt(door);
    return another;
  }

  // ---- what it told

  @Override
  public void hear(Instant at, LogEvent note) {
    told.add(new Told(at, note));
  }

  @Override
  public void see(Instant at, StatusLine.Source source) {
    events++;
    auditor.look();
  }

  @Override
  public void close() {}

  List<Told> told() {
    return List.copyOf(told);
  }

  List<Told> told(String event) {
    return told.stream().filter(each -> each.note().event().equals(event)).toList();
  }

  Told lastTold(String event) {
    List<Told> all = told(event);
    assertThat(all).as("told %s; all it told:%n%s", event, story()).isNotEmpty();
    return all.getLast();
  }

  /** The reasons of every refusal told under this name, in order. */
  List<Object> reasons(String event) {
    return told(event).stream().map(each -> each.value("reason")).toList();
  }

  /** All it told, for a failure's message. */
  String story() {
    StringBuilder text = new StringBuilder();
    for (Told each : told) {
      text.append(clock(each.at())).append(' ').append(each.note().event()).append(' ');
      text.append(each.note().fields()).append('\n');
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
    return door.sent().stream().filter(sent -> sent.command() instanceof PlaceOrder).toList();
  }

  /** The orders of each message that held some. */
  List<List<String>> messages() {
    return door.messages().stream()
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
    return door.sent().stream().filter(sent -> kind.isInstance(sent.command())).toList();
  }

  List<RecordingVenue.Heard> heard(Class<? extends Event> kind) {
    return door.heard().stream().filter(heard -> kind.isInstance(heard.fact())).toList();
  }

  /** Orders whose end it has not heard of. */
  List<String> live() {
    return door.live().stream().map(Trader::words).toList();
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

  // ---- what came of it, in the exchange's word

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
    return stage.account().fills().stream().filter(fill -> Observation.isOurs(fill, BOOK)).toList();
  }

  /** What fills of its own orders of one leg and side sum up to. */
  Quantity filled(Leg leg, Side side) {
    return ownFills().stream()
        .filter(fill -> fill.instrument().leg() == leg && fill.side() == side)
        .map(Fill::quantity)
        .reduce(Quantity.ZERO, Quantity::plus);
  }

  Quantity coins() {
    return stage.account().coins(FixtureF0.SPOT.id());
  }

  Quantity position() {
    return stage.account().position(FixtureF0.PERP.id());
  }

  // ---- how it stands, in its own word

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
