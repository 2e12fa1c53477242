package io.twinleg.venue.simulated;

import static io.twinleg.core.model.Side.BUY;
import static io.twinleg.core.model.Side.SELL;
import static io.twinleg.core.model.TimeInForce.ALO;
import static io.twinleg.core.model.TimeInForce.GTC;
import static io.twinleg.core.model.TimeInForce.IOC;
import static io.twinleg.simulator.FixtureF0.ACCOUNT;
import static io.twinleg.simulator.FixtureF0.PERP;
import static io.twinleg.simulator.FixtureF0.SPOT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.twinleg.core.event.Command;
import io.twinleg.core.event.Event;
import io.twinleg.core.event.Event.OrderEnded;
import io.twinleg.core.model.FundingHour;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.RejectReason;
import io.twinleg.core.model.Usd;
import io.twinleg.simulator.FixtureF0;
import io.twinleg.simulator.Request;
import io.twinleg.simulator.ScriptedFaults;
import io.twinleg.simulator.ScriptedWorld;
import io.twinleg.venue.DataClient.Pair;
import io.twinleg.venue.EventSource;
import io.twinleg.venue.MarketSymbols;
import io.twinleg.venue.VenueException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SimulatedVenueTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final ScriptedWorld world = FixtureF0.world();
  private final ScriptedFaults faults = new ScriptedFaults();
  private final SimulatedVenueFixture fixture = new SimulatedVenueFixture(world, faults);

  @Test
  void resolvesWhatItTradesAndNamesItWhereItDoesNot() {
    Pair pair = fixture.venue.marketData().resolve(names("HYPE/USDC", "HYPE"));
    assertThat(pair).isEqualTo(new Pair(SPOT, PERP));

    assertThatThrownBy(() -> fixture.venue.marketData().resolve(names("PURR/USDC", "HYPE")))
        .isInstanceOf(VenueException.class)
        .hasMessage("the simulated exchange has no spot pair \"PURR/USDC\"; it has [HYPE/USDC]");
    assertThatThrownBy(() -> fixture.venue.marketData().resolve(names("HYPE/USDC", "BTC")))
        .hasMessage("the simulated exchange has no perp \"BTC\"; it has [HYPE]");
  }

  private static MarketSymbols names(String spot, String perp) {
    return new MarketSymbols(
        FixtureF0.HYPE, spot, perp, Optional.of(107), Optional.empty(), BigDecimal.ONE);
  }

  @Test
  void showsTheMarketAtOnceAndOnlyOnce() {
    fixture.venue.marketData().subscribe(SPOT, SimulatedVenueFixture.CLIP);

    List<EventSource.Received> first = fixture.arrivals(Duration.ZERO);

    assertThat(first)
        .extracting(EventSource.Received::event)
        .containsExactly(
            new Event.BookUpdated(SPOT.id(), FixtureF0.touch("40", "10", "40.01", "10")),
            new Event.BookUpdated(PERP.id(), FixtureF0.touch("40.02", "10", "40.03", "10")),
            new Event.MarkPriceUpdated(PERP.id(), Price.of("40.02"), Price.of("40.005")),
            new Event.FundingRateUpdated(PERP.id(), FixtureF0.FUNDING));
    assertThat(fixture.events(Duration.ofMinutes(40))).isEmpty();
  }

  @Test
  void seesABookOnceAnInstantAndOnlyWhatTwoClipsReach() {
    fixture.events(Duration.ZERO);
    world
        .at(SECOND, gateway -> gateway.quote(SPOT, FixtureF0.book("40.000", "40.010", "400")))
        .at(
            SECOND.multipliedBy(2),
            gateway -> gateway.quote(SPOT, FixtureF0.touch("39.9", "6", "40.1", "600")))
        .at(
            SECOND.multipliedBy(2),
            gateway -> gateway.quote(SPOT, FixtureF0.touch("39", "600", "40.1", "7")));

    List<EventSource.Received> seen = fixture.arrivals(Duration.ofSeconds(5));

    assertThat(seen)
        .containsExactly(
            new EventSource.Received(
                FixtureF0.T0.plusSeconds(2),
                FixtureF0.T0.plusMillis(2100),
                new Event.BookUpdated(SPOT.id(), FixtureF0.touch("39", "10.26", "40.1", "7"))));
  }

  @Test
  void neverStepsBeyondTheNextArrival() {
    fixture.events(Duration.ZERO);
    world.at(SECOND, gateway -> gateway.quote(SPOT, FixtureF0.book("39.900", "39.910")));

    EventSource.Received seen =
        fixture.venue.events().await(FixtureF0.T0.plusSeconds(10)).orElseThrow();

    assertThat(seen.receivedTime()).isEqualTo(fixture.now());
    assertThat(fixture.now()).isEqualTo(FixtureF0.T0.plusMillis(1100));
    assertThat(fixture.venue.events().await(FixtureF0.T0.plusSeconds(10))).isEmpty();
    assertThat(fixture.now()).isEqualTo(FixtureF0.T0.plusSeconds(10));
  }

  @Test
  void anOrderThatRestsIsAcceptedAfterTwoHundredMilliseconds() {
    fixture.send(fixture.order(SPOT, BUY, "40.001", "4.99", ALO));

    assertThat(fixture.orderTimes(SECOND))
        .containsExactly("+200 OrderAccepted", "+240 AccountReported");
  }

  @Test
  void aFillArrivesOnTheUserStream() {
    fixture.send(fixture.order(PERP, SELL, "40.02", "4.99", IOC));

    assertThat(fixture.orderTimes(Duration.ofSeconds(5)))
        .containsExactly("+220 OrderFilled", "+220 OrderEnded", "+240 AccountReported");
  }

  @Test
  void anIocThatFillsInPartEndsWithWhatItFilled() {
    world.at(SECOND, gateway -> gateway.quote(PERP, FixtureF0.touch("40.02", "3", "40.03", "9")));
    fixture.events(SECOND);
    fixture.send(fixture.order(PERP, SELL, "40.02", "4.99", IOC));

    assertThat(fixture.events(SECOND, OrderEnded.class))
        .containsExactly(new OrderEnded(fixture.name(0), Quantity.of("3"), "iocCancel"));
  }

  @Test
  void bothLegsOfABatchExecuteInOneGo() {
    fixture.send(
        fixture.order(SPOT, BUY, "40.01", "5", IOC), fixture.order(PERP, SELL, "40.02", "5", IOC));

    List<Event.OrderFilled> fills = fixture.events(SECOND, Event.OrderFilled.class);

    assertThat(fills)
        .extracting(filled -> filled.fill().time())
        .containsExactly(FixtureF0.T0.plusMillis(100), FixtureF0.T0.plusMillis(100));
  }

  @Test
  void aRejectionIsTheAnswer() {
    fixture.send(fixture.order(PERP, SELL, "40.025", "4.99", IOC));

    assertThat(fixture.orderTimes(Duration.ofSeconds(5))).containsExactly("+200 OrderRejected");
  }

  @Test
  void aCancelEndsTheOrderOnTheUserStream() {
    fixture.send(fixture.order(SPOT, BUY, "40.001", "4.99", ALO));
    fixture.events(SECOND);
    fixture.send(new Command.CancelOrder(fixture.name(0), SPOT.id()));

    assertThat(fixture.orderTimes(SECOND))
        .containsExactly("+220 OrderEnded", "+240 AccountReported");

    fixture.send(new Command.CancelOrder(fixture.name(0), SPOT.id()));
    assertThat(fixture.events(SECOND, Event.CancelRejected.class))
        .extracting(Event.CancelRejected::reason)
        .containsExactly(RejectReason.MISSING_ORDER);
  }

  @Test
  void aLostResponseLeavesARestingOrderUnknownUntilItIsQueried() {
    faults.loseNextAnswer(SPOT.id());
    fixture.send(fixture.order(SPOT, BUY, "40.001", "4.99", ALO));

    assertThat(fixture.orderTimes(Duration.ofSeconds(4)))
        .containsExactly("+240 AccountReported", "+3000 OrderUnknown");

    fixture.send(new Command.QueryOrder(fixture.name(0), SPOT.id()));
    assertThat(fixture.orderTimes(SECOND)).containsExactly("+200 OrderAccepted");
  }

  @Test
  void aLostIocIsUnknownAfterOneAndAHalfSecondsAndItsNonceCanBeInvalidated() {
    faults.loseNextOrder(PERP.id());
    fixture.send(fixture.order(PERP, SELL, "40.02", "4.99", IOC));
    assertThat(fixture.orderTimes(Duration.ofSeconds(2))).containsExactly("+1500 OrderUnknown");

    fixture.send(new Command.QueryOrder(fixture.name(0), PERP.id()));
    assertThat(fixture.orderTimes(SECOND)).containsExactly("+200 OrderNotFound");
    fixture.send(new Command.InvalidateNonce(fixture.name(0)));
    assertThat(fixture.events(SECOND))
        .containsExactly(new Event.NonceInvalidated(fixture.name(0), true));
  }

  @Test
  void anOrderWhoseNonceWasInvalidatedNeverLands() {
    faults.delayNextOrder(PERP.id(), Duration.ofMillis(1700));
    fixture.send(fixture.order(PERP, SELL, "40.02", "4.99", IOC));
    fixture.events(Duration.ofMillis(1500));
    fixture.send(new Command.InvalidateNonce(fixture.name(0)));

    assertThat(fixture.events(Duration.ofSeconds(10)))
        .containsExactly(new Event.NonceInvalidated(fixture.name(0), true));
    assertThat(fixture.venue.trading().account().positions()).isEmpty();
  }

  @Test
  void aNonceThatTheVenueHasJudgedCannotBeInvalidated() {
    faults.loseNextAnswer(PERP.id());
    fixture.send(fixture.order(PERP, SELL, "40.021", "4.99", IOC));
    fixture.events(Duration.ofSeconds(2));
    fixture.send(new Command.InvalidateNonce(fixture.name(0)));
    fixture.send(new Command.QueryOrder(fixture.name(0), PERP.id()));

    assertThat(fixture.events(SECOND))
        .containsExactly(
            new Event.NonceInvalidated(fixture.name(0), false),
            new Event.OrderRejected(
                fixture.name(0),
                RejectReason.IOC_CANCEL,
                "Order could not immediately match against any resting orders."));
  }

  @Test
  void anOutcomeReceivedOnTheStreamIsNotUnknown() {
    faults.loseNextAnswer(SPOT.id());
    world.at(SECOND, gateway -> gateway.trade(SPOT, SELL, Price.of("40"), Quantity.of("1")));
    fixture.send(fixture.order(SPOT, BUY, "40.001", "4.99", GTC));

    assertThat(fixture.orderTimes(Duration.ofSeconds(5)))
        .containsExactly("+240 AccountReported", "+1120 OrderFilled", "+1140 AccountReported");
  }

  @Test
  void aResponseThatComesTooLateChangesNothing() {
    faults.delayNextAnswer(SPOT.id(), Duration.ofSeconds(9));
    fixture.send(fixture.order(SPOT, BUY, "40.001", "4.99", ALO));

    assertThat(fixture.orderTimes(Duration.ofSeconds(20)))
        .containsExactly("+240 AccountReported", "+3000 OrderUnknown");
  }

  @Test
  void aLateOrderExpires() {
    faults.delayNextOrder(PERP.id(), Duration.ofSeconds(3));
    fixture.send(fixture.order(PERP, SELL, "40.02", "4.99", IOC));
    fixture.events(Duration.ofSeconds(5));
    fixture.send(new Command.QueryOrder(fixture.name(0), PERP.id()));

    assertThat(fixture.events(SECOND))
        .containsExactly(
            new Event.OrderRejected(fixture.name(0), RejectReason.EXPIRED, "Order has expired."));
  }

  @Test
  void aQueryReportsTheFillAndTheEndOfAFilledOrder() {
    fixture.send(fixture.order(PERP, SELL, "40.02", "4.99", IOC));
    fixture.events(SECOND);
    fixture.send(new Command.QueryOrder(fixture.name(0), PERP.id()));

    assertThat(fixture.orderTimes(SECOND)).containsExactly("+200 OrderFilled", "+200 OrderEnded");
  }

  @Test
  void fundingIsReceivedAtTheFullHour() {
    Instant hour = Instant.parse("2026-01-05T13:00:00Z");
    world.at(SECOND, gateway -> gateway.oracle(PERP, Price.of("40.5")));
    fixture.send(fixture.order(PERP, SELL, "40.02", "5", IOC));
    fixture.events(Duration.between(fixture.now(), hour.minusMillis(1)));

    List<EventSource.Received> arrivals = fixture.arrivals(SECOND);

    assertThat(arrivals)
        .extracting(
            EventSource.Received::venueTime,
            EventSource.Received::receivedTime,
            it -> it.event().getClass())
        .containsExactly(
            tuple(hour, hour.plusMillis(100), Event.FundingRateSettled.class),
            tuple(hour, hour.plusMillis(120), Event.FundingReceived.class),
            tuple(hour, hour.plusMillis(140), Event.AccountReported.class));
    assertThat(arrivals.get(0).event())
        .isEqualTo(
            new Event.FundingRateSettled(PERP.id(), new FundingHour(hour, FixtureF0.FUNDING)));
    assertThat(((Event.FundingReceived) arrivals.get(1).event()).payment().amount())
        .isEqualTo(Usd.of("0.006075"));
    assertThat(fixture.venue.marketData().fundingHistory(PERP, 1))
        .containsExactly(new FundingHour(hour, FixtureF0.FUNDING));
  }

  @Test
  void theAccountIsReportedHourlyWhileNothingChanges() {
    List<EventSource.Received> reports =
        fixture.arrivals(Duration.ofHours(3).plus(SECOND)).stream()
            .filter(arrival -> arrival.event() instanceof Event.AccountReported)
            .toList();

    assertThat(reports)
        .extracting(EventSource.Received::venueTime)
        .containsExactly(
            FixtureF0.T0.plus(Duration.ofHours(1)),
            FixtureF0.T0.plus(Duration.ofHours(2)),
            FixtureF0.T0.plus(Duration.ofHours(3)));
  }

  @Test
  void theAccountIsReportedWhenQueried() {
    fixture.events(Duration.ZERO);
    fixture.send(new Command.QueryAccount(), new Command.Shutdown(0, "done"));

    assertThat(fixture.arrivals(SECOND))
        .containsExactly(
            new EventSource.Received(
                FixtureF0.T0.plusMillis(100),
                FixtureF0.T0.plusMillis(200),
                new Event.AccountReported(fixture.venue.trading().account())));
  }

  @Test
  void leverageIsAnswered() {
    faults.refuseLeverage("no");
    fixture.events(Duration.ZERO);
    fixture.send(new Command.SetLeverage(PERP.id(), 1, true));
    fixture.send(new Command.SetLeverage(PERP.id(), 2, true));

    assertThat(fixture.events(SECOND))
        .containsExactly(
            new Event.LeverageResult(PERP.id(), 1, true, false, "no"),
            new Event.LeverageResult(PERP.id(), 2, true, true, "ok"));
  }

  @Test
  void whatTheOwnerDoesByHandIsReportedToo() {
    fixture.events(Duration.ZERO);
    var admin = fixture.venue.exchange().admin();
    fixture
        .venue
        .exchange()
        .at(
            FixtureF0.T0.plusSeconds(1),
            () -> {
              admin.move(ACCOUNT, Usd.of("100"), Leg.SPOT);
              admin.executeManually(
                  ACCOUNT, Request.Place.manual(PERP.id(), BUY, "40.03", "1", IOC));
            });

    assertThat(fixture.orderTimes(Duration.ofSeconds(2)))
        .containsExactly("+1120 CashTransfer", "+1120 OrderFilled", "+1140 AccountReported");
  }

  @Test
  void aHaltIsReported() {
    fixture.events(Duration.ZERO);
    fixture.venue.exchange().admin().setStatus(PERP.id(), true, false);

    assertThat(fixture.events(SECOND))
        .containsExactly(new Event.TradingHalted(PERP.id(), true, false));
  }

  @Test
  void closingLetsGoAndReopeningFindsWhatRests() {
    fixture.send(fixture.order(SPOT, BUY, "40.001", "4.99", ALO));
    fixture.events(SECOND);
    fixture.venue.close();
    fixture.venue.exchange().advanceTo(fixture.now().plus(Duration.ofHours(3)));

    SimulatedVenue again =
        SimulatedVenue.reopen(fixture.venue.exchange(), ACCOUNT, SimulatedVenueSettings.STANDARD);

    assertThat(again.trading().account().openOrders()).hasSize(1);
    assertThat(new SimulatedVenueFixture(again).events(Duration.ZERO)).hasSize(4);
    assertThat(fixture.events(Duration.ofHours(2))).isEmpty();
  }
}
