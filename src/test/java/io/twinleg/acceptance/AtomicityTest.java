package io.twinleg.acceptance;

import static io.twinleg.simulator.FixtureF0.PERP;
import static io.twinleg.simulator.FixtureF0.SPOT;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.core.event.Command;
import io.twinleg.core.event.Event;
import io.twinleg.core.event.Event.OrderEnded;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.MarketId;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.RejectReason;
import io.twinleg.core.model.Side;
import io.twinleg.core.model.TimeInForce;
import io.twinleg.core.model.Usd;
import io.twinleg.scenario.Scenario;
import io.twinleg.simulator.FixtureF0;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Scenarios A01 to A09 but A05, which {@link BatchLegModeTest} plays. */
@Execution(ExecutionMode.CONCURRENT)
class AtomicityTest {
  private static final String PASSIVE_BID = "spot buy 4.99 @ 40.001 alo entry";
  private static final String ITS_HEDGE = "perp sell 4.99 @ 39.945 ioc hedge";

  private final MarketFixture fixture = MarketFixture.f0();

  /** The bid of 4.99 rests; it is 12:10:03. */
  private Trader bidding(String... settings) {
    Trader trader = Trader.startOn(fixture, settings);
    trader.advanceSeconds(3);
    assertThat(trader.live()).containsExactly(PASSIVE_BID);
    return trader;
  }

  @Test
  @Scenario("A01")
  @DisplayName(
      "A01 perp reject after spot fill: the spot is sold within a second, and not bought again")
  void unwindsTheSpotWhenTheHedgeIsRejectedForGood() {
    Trader trader = bidding();
    fixture.rejectsNext(
        Leg.PERP,
        RejectReason.INSUFFICIENT_MARGIN,
        "Insufficient margin to place order. asset=159");
    fixture.takerSellsSpot("4.99");
    trader.advanceSeconds(5);

    assertThat(trader.orders())
        .containsExactly(PASSIVE_BID, ITS_HEDGE, "spot sell 4.98 @ 39.845 ioc unwind");
    Instant rejected = received(trader, Event.OrderRejected.class).getFirst();
    assertThat(Duration.between(rejected, trader.placed().get(2).at()))
        .isLessThan(Duration.ofSeconds(1));
    assertThat(trader.state()).isEqualTo("FLAT");
    assertThat(trader.position()).isEqualTo(Quantity.ZERO);
    assertThat(trader.events("hedge_unwound")).hasSize(1);

    Usd loss = trader.books().pnl(Price.of("40.005"), Price.of("40.025")).net().negated();
    Usd feesAndSpread =
        Usd.of("199.60499").times(new java.math.BigDecimal("0.0011")).plus(Usd.of("0.0998"));
    assertThat(loss).isLessThanOrEqualTo(feesAndSpread);
  }

  @Test
  @Scenario("A01")
  @DisplayName("A01 perp reject after spot fill: entries are blocked for ten minutes")
  void doesNotEnterForTenMinutesAfterAMarginReject() {
    Trader trader = bidding();
    fixture.rejectsNext(Leg.PERP, RejectReason.INSUFFICIENT_MARGIN, "Insufficient margin");
    fixture.takerSellsSpot("4.99");

    trader.advanceTo(Duration.ofMinutes(10));
    assertThat(trader.orders()).hasSize(3);
    assertThat(trader.filled(Leg.SPOT, Side.BUY)).isEqualTo(Quantity.of("4.99"));

    trader.advanceTo(Duration.ofMinutes(11));
    assertThat(trader.orders()).as("then it tries again").hasSizeGreaterThan(3);
  }

  @Test
  @Scenario("A02")
  @DisplayName("A02 spot reject: no perp order is sent")
  void sendsNoHedgeWhenTheFirstLegIsRejected() {
    fixture.rejectsNext(
        Leg.SPOT, RejectReason.INSUFFICIENT_SPOT_BALANCE, "Insufficient spot balance asset=10107");
    Trader trader = Trader.startOn(fixture);

    trader.advance(Duration.ofMinutes(5));

    assertThat(trader.orders()).containsExactly(PASSIVE_BID);
    assertThat(trader.state()).isEqualTo("FLAT");
  }

  @Test
  @Scenario("A03")
  @DisplayName("A03 hedge per fill: each of three fills is hedged within 300 ms by its own size")
  void hedgesEachFillAtOnce() {
    Trader trader = bidding();
    List<String> fills = List.of("1.20", "2.00", "1.79");
    for (String fill : fills) {
      Instant filled = trader.now();
      fixture.takerSellsSpot(fill);
      trader.advanceSeconds(1);
      assertThat(trader.ownFills().getLast().instrument()).isEqualTo(PERP.id());
      assertThat(Duration.between(filled, trader.ownFills().getLast().time()))
          .isLessThanOrEqualTo(Duration.ofMillis(300));
    }
    assertThat(trader.orders())
        .containsExactly(
            PASSIVE_BID,
            "perp sell 1.2 @ 39.945 ioc hedge",
            "perp sell 2 @ 39.945 ioc hedge",
            "perp sell 1.79 @ 39.945 ioc hedge");
    assertThat(trader.state()).isEqualTo("HEDGED");
    assertThat(trader.events("hedge_repair_started")).isEmpty();
  }

  @Test
  @Scenario("A04")
  @DisplayName("A04 sub-minimum partial: 8 USD wait until 12 USD can be hedged")
  void collectsFillsUntilTheyAreWorthAnOrder() {
    Trader trader = bidding();

    fixture.takerSellsSpot("0.20");
    trader.advanceSeconds(2);
    assertThat(trader.orders()).containsExactly(PASSIVE_BID);

    fixture.takerSellsSpot("0.10");
    trader.advanceSeconds(2);
    assertThat(trader.orders()).containsExactly(PASSIVE_BID, "perp sell 0.3 @ 39.945 ioc hedge");
    assertThat(trader.position()).isEqualTo(Quantity.of("-0.3"));
  }

  @Test
  @Scenario("A06")
  @DisplayName("A06 split hedge: the perp takes 3.00 of 4.99, the other 1.99 are repaired at once")
  void repairsWhatAHedgeLeftOpen() {
    Trader trader = bidding();
    fixture.takerSellsSpot("4.99");
    fixture.inMillis(
        150, world -> world.quote(PERP, FixtureF0.touch("40.020", "3", "40.030", "500")));

    trader.awaitEvent("hedge_repair_started");

    Duration sinceHedge =
        Duration.between(trader.ownFills().getLast().time(), trader.placed().getLast().at());
    assertThat(trader.orders())
        .containsExactly(PASSIVE_BID, ITS_HEDGE, "perp sell 1.99 @ 40.03 alo repair");
    assertThat(sinceHedge).isLessThanOrEqualTo(Duration.ofMillis(300));
    trader.advanceMillis(200);
    fixture.perpQuotes("40.020", "40.030");
    trader.advanceSeconds(3);
    assertThat(trader.position()).isEqualTo(Quantity.of("-4.99"));
    assertThat(trader.state()).isEqualTo("HEDGED");
  }

  @Test
  @Scenario("A07")
  @DisplayName("A07 cancel race: a fill that overtakes the cancel is hedged")
  void hedgesAFillThatArrivesWhileTheEntryIsBeingWithdrawn() {
    Trader trader = bidding();
    fixture.takerSellsSpot("2.99");
    trader.advanceSeconds(1);

    fixture.funding("0.000005");
    fixture.inMillis(150, world -> world.trade(SPOT, Side.SELL, Price.of("39"), Quantity.of("2")));
    trader.advanceSeconds(2);

    assertThat(received(trader, Event.CancelRejected.class)).as("MissingOrder").hasSize(1);
    assertThat(trader.orders())
        .containsExactly(
            PASSIVE_BID, "perp sell 2.99 @ 39.945 ioc hedge", "perp sell 2 @ 39.945 ioc hedge");
    assertThat(trader.position()).isEqualTo(Quantity.of("-4.99"));
    assertThat(trader.state()).isEqualTo("HEDGED");
  }

  @Test
  @Scenario("A08")
  @DisplayName("A08 requote race: what the old order filled meanwhile is not bought again")
  void requotesOnlyWhatTheOldOrderHasLeft() {
    Trader trader = bidding();

    fixture.spotQuotes("40.005", "40.015");
    fixture.inMillis(
        150, world -> world.trade(SPOT, Side.SELL, Price.of("40.001"), Quantity.of("501")));
    trader.advanceMillis(160);
    fixture.spotQuotes("40.005", "40.015");
    trader.advanceSeconds(2);

    Instant closed = received(trader, OrderEnded.class).getFirst();
    assertThat(trader.orders())
        .containsExactly(
            PASSIVE_BID, "perp sell 1 @ 39.945 ioc hedge", "spot buy 3.99 @ 40.006 alo entry");
    assertThat(trader.placed().getLast().at()).isAfterOrEqualTo(closed);
    fixture.takerSellsSpot("10");
    trader.advanceSeconds(2);
    assertThat(trader.filled(Leg.SPOT, Side.BUY)).isEqualTo(Quantity.of("4.99"));
    assertThat(trader.position()).isEqualTo(Quantity.of("-4.99"));
  }

  @Test
  @Scenario("A09")
  @DisplayName("A09 foreign order: the owner's own bids are neither cancelled nor in the way")
  void leavesTheOwnersOrdersAlone() {
    MarketId btc = new MarketId("BTC");
    Instrument btcSpot = FixtureF0.spot(btc, "UBTC/USDC", 142);
    Instrument btcPerp = FixtureF0.perp(btc, "BTC", 0, 40);
    fixture.listing(btcSpot, btcPerp);
    fixture.byHand(btcSpot, Side.BUY, "9000", "0.01", TimeInForce.GTC);
    fixture.byHand(SPOT, Side.BUY, "39.000", "1", TimeInForce.GTC);
    fixture.byHand(btcPerp, Side.BUY, "9000", "0.01", TimeInForce.GTC);
    Trader trader = bidding();

    fixture.spotQuotes("40.005", "40.015");
    trader.advanceSeconds(2);
    fixture.takerTrades(SPOT, Side.SELL, "40.002", "4.99");
    trader.advanceTo(Duration.ofSeconds(60));

    assertThat(trader.state()).isEqualTo("HEDGED");
    assertThat(trader.sent(Command.CancelOrder.class))
        .hasSize(1)
        .allMatch(sent -> ((Command.CancelOrder) sent.command()).order().belongsTo(Trader.BOOK));
    assertThat(fixture.exchange().account(FixtureF0.ACCOUNT).openOrders()).hasSize(3);
  }

  private static List<Instant> received(Trader trader, Class<? extends Event> kind) {
    return trader.received(kind).stream().map(RecordingVenue.Incoming::at).toList();
  }
}
