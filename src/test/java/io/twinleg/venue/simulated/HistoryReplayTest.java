package io.twinleg.venue.simulated;

import static io.twinleg.core.model.Side.BUY;
import static io.twinleg.core.model.Side.SELL;
import static io.twinleg.core.model.TimeInForce.ALO;
import static io.twinleg.core.model.TimeInForce.IOC;
import static io.twinleg.simulator.FixtureF0.PERP;
import static io.twinleg.simulator.FixtureF0.SPOT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinleg.core.event.Command;
import io.twinleg.core.event.Event;
import io.twinleg.core.event.SequencedEvent;
import io.twinleg.core.model.ClientOrderId;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.OrderIdTag;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Rate;
import io.twinleg.core.model.Usd;
import io.twinleg.simulator.FixtureF0;
import io.twinleg.simulator.ScriptedFaults;
import io.twinleg.simulator.ScriptedWorld;
import io.twinleg.venue.EventSource;
import io.twinleg.venue.VenueException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A restart on a journal replays the same history, wherever it was interrupted. */
class HistoryReplayTest {
  private static final Duration TICK = Duration.ofSeconds(30);
  private static final Instant END = FixtureF0.T0.plus(Duration.ofHours(2));

  /** A world with something of everything, made anew and alike for each start. */
  private static SimulatedVenueFixture fixture() {
    ScriptedWorld world =
        FixtureF0.world().fundingRate(Duration.ofMinutes(70), Rate.hourly("0.00001"));
    for (int i = 1; i < 240; i++) {
      String bid = "40.0" + (10 + i % 7);
      String ask = "40.0" + (30 + i % 11);
      world.at(
          Duration.ofSeconds(31L * i),
          gateway -> {
            gateway.quote(SPOT, FixtureF0.book(bid, ask));
            gateway.quote(PERP, FixtureF0.book(bid, ask, "7"));
            gateway.oracle(PERP, Price.of(ask));
            gateway.trade(SPOT, SELL, Price.of("39.9"), Quantity.of("1600"));
          });
    }
    ScriptedFaults faults = new ScriptedFaults().loseNextAnswer(SPOT.id()).loseNextOrder(PERP.id());
    SimulatedVenueFixture fixture = new SimulatedVenueFixture(world, faults);
    var exchange = fixture.venue.exchange();
    exchange.at(
        FixtureF0.T0.plusSeconds(1000),
        () -> exchange.admin().move(FixtureF0.ACCOUNT, Usd.of("50"), Leg.SPOT));
    exchange.at(
        FixtureF0.T0.plusSeconds(1200),
        () -> fixture.venue.cut(Event.FeedStatusChanged.Feed.BOOK, SPOT.id()));
    exchange.at(
        FixtureF0.T0.plusSeconds(1300),
        () -> fixture.venue.restore(Event.FeedStatusChanged.Feed.BOOK, SPOT.id()));
    return fixture;
  }

  /** The runner's part: a start-up, then an answer to every kind of event, until the end. */
  private static void startUp(SimulatedVenueFixture fixture) {
    fixture.own(
        new Event.RunStarted("run", new OrderIdTag("00000007"), "", "{}", true),
        new Command.SetLeverage(PERP.id(), 1, true));
    fixture.own(new Event.FeesReported(fixture.venue.trading().fees()));
    fixture.own(new Event.AccountReported(fixture.venue.trading().account()));
    fixture.own(new Event.StartupCompleted());
  }

  private static void run(SimulatedVenueFixture fixture, int lines) {
    Instant timer = fixture.now().plus(TICK);
    while (fixture.journal.size() < lines && fixture.now().isBefore(END)) {
      Optional<EventSource.Received> next = fixture.venue.events().await(timer);
      if (next.isPresent()) {
        fixture.record(next.get(), answer(fixture, next.get().event()));
      } else {
        fixture.own(new Event.TimerFired(), onTimer(fixture));
        timer = fixture.now().plus(TICK);
      }
    }
  }

  private static Command[] answer(SimulatedVenueFixture fixture, Event fact) {
    return switch (fact) {
      case Event.OrderFilled filled when filled.fill().side() == BUY ->
          new Command[] {order(fixture, PERP.id().leg())};
      case Event.OrderUnknown unknown ->
          new Command[] {
            new Command.QueryOrder(unknown.order(), SPOT.id()),
            new Command.InvalidateNonce(unknown.order())
          };
      case Event.OrderAccepted accepted when fixture.journal.size() % 3 == 0 ->
          new Command[] {new Command.CancelOrder(accepted.order(), SPOT.id())};
      default -> new Command[0];
    };
  }

  private static Command[] onTimer(SimulatedVenueFixture fixture) {
    boolean rests = !fixture.venue.trading().account().openOrders().isEmpty();
    return rests ? new Command[0] : new Command[] {order(fixture, Leg.SPOT)};
  }

  /** Its name follows from the journal, as the runner's do: a restart gives the same names. */
  private static Command order(SimulatedVenueFixture fixture, Leg leg) {
    var instrument = leg == Leg.SPOT ? SPOT : PERP;
    var template =
        leg == Leg.SPOT
            ? fixture.order(instrument, BUY, "40.005", "0.3", ALO)
            : fixture.order(instrument, SELL, "40", "0.3", IOC);
    return new Command.PlaceOrder(
        ClientOrderId.of(
            new OrderIdTag("00000007"), 0, leg, template.purpose(), fixture.journal.size(), 0),
        template.instrument(),
        template.side(),
        template.price(),
        template.quantity(),
        template.timeInForce(),
        false,
        template.purpose());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 5, 40, 41, 42, 43, 250, 900})
  void goesOnAsIfItHadNeverStopped(int interruptedAfter) {
    SimulatedVenueFixture first = fixture();
    startUp(first);
    run(first, Integer.MAX_VALUE);
    assertThat(first.journal.size()).isGreaterThan(900);
    assertThat(kinds(first))
        .contains("OrderFilled", "OrderUnknown", "FeedStatusChanged", "CashTransfer");

    SimulatedVenueFixture second = fixture();
    for (SimulatedVenueFixture.Line line : first.journal.subList(0, interruptedAfter)) {
      second.venue.trading().replay(line.event(), line.commands());
    }

    for (SimulatedVenueFixture.Line line :
        first.journal.subList(interruptedAfter, first.journal.size())) {
      goOn(second, line);
    }
    assertThat(second.venue.exchange().audit(FixtureF0.ACCOUNT))
        .isEqualTo(first.venue.exchange().audit(FixtureF0.ACCOUNT));
  }

  /** Waits as the first runner did, and must receive the same. */
  private static void goOn(SimulatedVenueFixture fixture, SimulatedVenueFixture.Line line) {
    SequencedEvent expected = line.event();
    boolean own =
        switch (expected.fact()) {
          case Event.TimerFired fired -> true;
          case Event.RunStarted started -> true;
          case Event.FeesReported fees -> true;
          case Event.StartupCompleted completed -> true;
          case Event.AccountReported report -> expected.sequence() == 2;
          default -> false;
        };
    Optional<EventSource.Received> next =
        own && expected.fact() instanceof Event.TimerFired
            ? fixture.venue.events().await(expected.receivedTime())
            : own ? Optional.empty() : fixture.venue.events().await(END.plusSeconds(1));
    if (own) {
      assertThat(next).isEmpty();
    } else {
      assertThat(next)
          .contains(
              new EventSource.Received(
                  expected.venueTime(), expected.receivedTime(), expected.fact()));
    }
    assertThat(fixture.now()).isEqualTo(expected.receivedTime());
    fixture.venue.trading().send(line.commands());
  }

  @Test
  void aSecondRestartRemembersTheFirstOne() {
    SimulatedVenueFixture first = fixture();
    startUp(first);
    run(first, 100);
    SimulatedVenueFixture second = fixture();
    first.journal.forEach(line -> second.venue.trading().replay(line.event(), line.commands()));
    second.journal.addAll(first.journal);
    startUp(second);
    run(second, 200);

    SimulatedVenueFixture third = fixture();
    second.journal.forEach(line -> third.venue.trading().replay(line.event(), line.commands()));

    assertThat(third.now()).isEqualTo(second.now());
    assertThat(third.arrivals(Duration.ofMinutes(5)))
        .isEqualTo(second.arrivals(Duration.ofMinutes(5)));
  }

  @Test
  void refusesAJournalOfAnotherWorld() {
    SimulatedVenueFixture first = fixture();
    startUp(first);
    run(first, 100);
    SimulatedVenueFixture other = new SimulatedVenueFixture(FixtureF0.world());

    assertThatThrownBy(() ->
            first.journal.forEach(
                line -> other.venue.trading().replay(line.event(), line.commands())))
        .isInstanceOf(VenueException.class)
        .hasMessageMatching(
            "the simulated exchange of this version is not the one that wrote this journal: at"
                + " 2[0-9TZ:.-]+ the journal has [A-Za-z]+, and this one [A-Za-z]+; use the version"
                + " that wrote it, or another --state-db");
  }

  @Test
  void aReopenedVenueReplaysNothing() {
    SimulatedVenueFixture first = fixture();
    startUp(first);
    run(first, 100);
    first.venue.close();
    SimulatedVenue reopened =
        SimulatedVenue.reopen(
            first.venue.exchange(), FixtureF0.ACCOUNT, SimulatedVenueSettings.STANDARD);
    var before = reopened.exchange().audit(FixtureF0.ACCOUNT);

    for (SimulatedVenueFixture.Line line : List.copyOf(first.journal)) {
      reopened.trading().replay(line.event(), line.commands());
    }

    assertThat(reopened.exchange().audit(FixtureF0.ACCOUNT)).isEqualTo(before);
    assertThat(reopened.events().clock().instant()).isEqualTo(first.now());
  }

  private static List<String> kinds(SimulatedVenueFixture fixture) {
    return fixture.journal.stream()
        .map(line -> line.event().fact().getClass().getSimpleName())
        .distinct()
        .toList();
  }
}
