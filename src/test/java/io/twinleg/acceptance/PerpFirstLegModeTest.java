package io.twinleg.acceptance;

import static io.twinleg.simulator.FixtureF0.PERP;
import static io.twinleg.simulator.FixtureF0.SPOT;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.core.event.Event;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.OrderPurpose;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.RejectReason;
import io.twinleg.core.model.Side;
import io.twinleg.scenario.Scenario;
import io.twinleg.simulator.FixtureF0;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The scenarios of entry, atomicity and repair with the perp resting, and RP06. */
@Execution(ExecutionMode.CONCURRENT)
class PerpFirstLegModeTest {
  private static final String PASSIVE_ASK = "perp sell 4.99 @ 40.029 alo entry";
  private static final String ITS_HEDGE = "spot buy 4.99 @ 40.085 ioc hedge";

  private final MarketFixture fixture = MarketFixture.f0();

  /** The ask of 4.99 rests; it is 12:10:03. */
  private Trader offering() {
    Trader trader = starting();
    trader.advanceSeconds(3);
    assertThat(trader.live()).containsExactly(PASSIVE_ASK);
    return trader;
  }

  private Trader starting() {
    return Trader.startOn(fixture, "execution.leg_mode=perp_first");
  }

  private void perpFillsAndTheSpotAskIsGone() {
    fixture.takerBuysPerp("40.029", "4.99");
    fixture.inMillis(150, world -> world.quote(SPOT, FixtureF0.book("40.000", "40.300")));
  }

  @Test
  @Scenario("E02")
  @DisplayName("E02 perp first: the perp is sold passively, and its fill hedged by buying spot")
  void restsOnThePerpAndTakesTheSpot() {
    Trader trader = offering();
    fixture.takerBuysPerp("40.029", "4.99");
    trader.advanceSeconds(3);

    assertThat(trader.orders()).containsExactly(PASSIVE_ASK, ITS_HEDGE);
    assertThat(trader.fills()).containsExactly("perp sell 4.99 @ 40.029", "spot buy 4.99 @ 40.01");
    assertThat(trader.books().ownedSpot()).isEqualTo(Quantity.of("4.986507"));
    assertThat(trader.state()).isEqualTo("HEDGED");
    assertThat(trader.events("entered_position")).hasSize(1);
    trader.advance(Duration.ofMinutes(30));
    assertThat(trader.orders())
        .as("R12, RP06: no top-up, neither for cents nor for fees")
        .hasSize(2);
  }

  @Test
  @Scenario("A03")
  @DisplayName("A03 perp first: each of three fills is hedged within 300 ms by its own size")
  void hedgesEachFillAtOnce() {
    Trader trader = offering();
    for (String fill : List.of("1.20", "2.00", "1.79")) {
      Instant filled = trader.now();
      fixture.takerBuysPerp("40.029", fill);
      trader.advanceSeconds(1);
      assertThat(trader.ownFills().getLast().instrument()).isEqualTo(SPOT.id());
      assertThat(Duration.between(filled, trader.ownFills().getLast().time()))
          .isLessThanOrEqualTo(Duration.ofMillis(300));
    }
    assertThat(trader.orders())
        .containsExactly(
            PASSIVE_ASK,
            "spot buy 1.2 @ 40.085 ioc hedge",
            "spot buy 2 @ 40.085 ioc hedge",
            "spot buy 1.79 @ 40.085 ioc hedge");
    assertThat(trader.state()).isEqualTo("HEDGED");
    assertThat(trader.events("hedge_repair_started")).isEmpty();
  }

  @Test
  @Scenario("A04")
  @DisplayName("A04 perp first: 8 USD wait until 12 USD can be hedged")
  void collectsFillsUntilTheyAreWorthAnOrder() {
    Trader trader = offering();
    fixture.takerBuysPerp("40.029", "0.20");
    trader.advanceSeconds(2);
    assertThat(trader.orders()).containsExactly(PASSIVE_ASK);

    fixture.takerBuysPerp("40.029", "0.10");
    trader.advanceSeconds(2);
    assertThat(trader.orders()).containsExactly(PASSIVE_ASK, "spot buy 0.3 @ 40.085 ioc hedge");
  }

  @Test
  @Scenario("A01")
  @DisplayName("A01 perp first: when the spot is rejected for good the short is bought back, once")
  void unwindsTheShortWhenItsHedgeIsRejectedForGood() {
    Trader trader = offering();
    fixture.rejectsNext(
        Leg.SPOT, RejectReason.INSUFFICIENT_SPOT_BALANCE, "Insufficient spot balance asset=10107");
    fixture.takerBuysPerp("40.029", "4.99");
    trader.advanceTo(Duration.ofMinutes(10));

    assertThat(trader.orders())
        .containsExactly(PASSIVE_ASK, ITS_HEDGE, "perp buy 4.99 @ 40.185 ioc reduce-only unwind");
    Instant rejected = trader.received(Event.OrderRejected.class).getFirst().at();
    assertThat(Duration.between(rejected, trader.placed().getLast().at()))
        .isLessThan(Duration.ofSeconds(1));
    assertThat(trader.position()).isEqualTo(Quantity.ZERO);
    assertThat(trader.state()).isEqualTo("FLAT");
    assertThat(trader.events("hedge_unwound")).hasSize(1);

    trader.advanceTo(Duration.ofMinutes(11));
    assertThat(trader.orders()).as("then it tries again").hasSizeGreaterThan(3);
  }

  @Test
  @Scenario("A02")
  @DisplayName("A02 perp first: when the perp is rejected no spot order is sent")
  void sendsNoHedgeWhenTheFirstLegIsRejected() {
    fixture.rejectsNext(Leg.PERP, RejectReason.INSUFFICIENT_MARGIN, "Insufficient margin");
    Trader trader = starting();
    trader.advance(Duration.ofMinutes(5));

    assertThat(trader.orders()).containsExactly(PASSIVE_ASK);
    assertThat(trader.state()).isEqualTo("FLAT");
  }

  @Test
  @Scenario({"E07", "E08"})
  @DisplayName("E07, E08 perp first: margin and coins' price are there before the perp is sold")
  void checksBothBalancesBeforeSellingThePerp() {
    Trader poorInMargin =
        Trader.startOn(MarketFixture.f0().wallets("1000", "150"), "execution.leg_mode=perp_first");
    Trader poorInCash =
        Trader.startOn(MarketFixture.f0().wallets("150", "1000"), "execution.leg_mode=perp_first");
    poorInMargin.advanceSeconds(30);
    poorInCash.advanceSeconds(30);

    assertThat(poorInMargin.orders()).isEmpty();
    assertThat(poorInMargin.reasons("entry_blocked")).endsWith("perp_margin");
    assertThat(poorInCash.orders()).isEmpty();
    assertThat(poorInCash.reasons("entry_blocked")).endsWith("spot_balance");
  }

  @Test
  @DisplayName("1.7 gate 12, perp first: a spot that offers less than a clip blocks the entry")
  void requiresTheDepthThatItsHedgeNeeds() {
    fixture.quotes(SPOT, FixtureF0.touch("40.000", "500", "40.010", "3"));
    Trader trader = starting();
    trader.advanceSeconds(5);

    assertThat(trader.orders()).isEmpty();
    assertThat(trader.reasons("entry_blocked")).endsWith("spot_depth");
  }

  @Test
  @Scenario("RP06")
  @DisplayName("RP06 reverse side: the perp is filled, the spot is not; 4.99 are bought as quoted")
  void repairsByQuotingTheSpot() {
    Trader trader = offering();
    perpFillsAndTheSpotAskIsGone();
    fixture.inMillis(
        1020, world -> world.trade(SPOT, Side.SELL, Price.of("40.000"), Quantity.of("504.99")));

    trader.awaitEvent("hedge_repair_completed");

    assertThat(trader.orders())
        .containsExactly(PASSIVE_ASK, ITS_HEDGE, "spot buy 4.99 @ 40 alo repair");
    assertThat(trader.lastEvent("hedge_repair_started").fields())
        .containsEntry("side", "spot")
        .containsEntry("cause", "hedge_failed")
        .containsEntry("leg_mode", "perp_first");
    assertHedgedWithinALot(trader);
    fixture.spotQuotes("40.000", "40.010");
    trader.advance(Duration.ofMinutes(10));
    assertThat(trader.orders()).as("never a top-up for fee dust").hasSize(3);
  }

  @Test
  @Scenario("RP06")
  @DisplayName("RP06 reverse side: as a taker too, gross 4.99 is nearest, and 5.00 further off")
  void repairsByTakingTheSpot() {
    Trader trader = offering();
    perpFillsAndTheSpotAskIsGone();
    fixture.inMillis(400, world -> world.quote(SPOT, FixtureF0.book("40.000", "40.010")));

    trader.awaitEvent("hedge_repair_completed");

    assertThat(trader.orders())
        .containsExactly(
            PASSIVE_ASK,
            ITS_HEDGE,
            "spot buy 4.99 @ 40 alo repair",
            "spot buy 4.99 @ 40.085 ioc repair");
    assertThat(trader.books().ownedSpot()).isEqualTo(Quantity.of("4.986507"));
    assertHedgedWithinALot(trader);
    trader.advance(Duration.ofMinutes(10));
    assertThat(trader.orders()).hasSize(4);
  }

  private static void assertHedgedWithinALot(Trader trader) {
    BigDecimal apart = trader.books().ownedSpot().minus(trader.books().shortPerp()).value().abs();
    assertThat(apart).isLessThanOrEqualTo(new BigDecimal("0.01"));
    assertThat(trader.position()).isEqualTo(Quantity.of("-4.99"));
  }

  @Test
  @Scenario("RP03")
  @DisplayName("RP03 perp first: after five seconds without a spot offer the perp is bought back")
  void unwindsTheShortWhenTheSpotCannotBeBought() {
    Trader trader = offering();
    perpFillsAndTheSpotAskIsGone();
    trader.awaitEvent("hedge_unwound");
    trader.advanceSeconds(1);

    assertThat(trader.placed(OrderPurpose.UNWIND)).hasSize(1);
    Instant unhedged = trader.received(Event.OrderFilled.class).getFirst().at();
    assertThat(Duration.between(unhedged, trader.placed(OrderPurpose.UNWIND).getFirst().at()))
        .isBetween(Duration.ofSeconds(5), Duration.ofMillis(5200));
    assertThat(trader.position()).isEqualTo(Quantity.ZERO);
    assertThat(trader.coins()).isEqualTo(Quantity.ZERO);
    assertThat(trader.state()).isEqualTo("FLAT");
  }

  @Test
  @Scenario("RP04")
  @DisplayName("RP04 perp first: what is not wanted any more is bought back, not completed")
  void unwindsARepairWhoseReasonIsGone() {
    Trader trader = offering();
    perpFillsAndTheSpotAskIsGone();
    fixture.inMillis(600, world -> world.quote(SPOT, FixtureF0.book("40.000", "40.010")));
    fixture.fundingAt(Duration.ofMillis(3500), "0");
    trader.advanceSeconds(5);

    assertThat(trader.placed(OrderPurpose.UNWIND)).hasSize(1);
    assertThat(trader.position()).isEqualTo(Quantity.ZERO);
    assertThat(trader.state()).isEqualTo("FLAT");
  }

  @Test
  @Scenario("A07")
  @DisplayName("A07 perp first: a fill that overtakes the cancel is hedged")
  void hedgesAFillThatArrivesWhileTheEntryIsBeingWithdrawn() {
    Trader trader = offering();
    fixture.funding("0.000005");
    fixture.inMillis(
        150, world -> world.trade(PERP, Side.BUY, Price.of("40.029"), Quantity.of("2")));
    trader.advanceSeconds(3);

    assertThat(trader.orders()).containsExactly(PASSIVE_ASK, "spot buy 2 @ 40.085 ioc hedge");
    assertThat(trader.position()).isEqualTo(Quantity.of("-2"));
    assertThat(trader.state()).isEqualTo("HEDGED");
  }

  @Test
  @Scenario("A08")
  @DisplayName("A08 perp first: the ask is requoted, and only what it has left is offered again")
  void requotesOnlyWhatTheOldOrderHasLeft() {
    Trader trader = offering();
    fixture.takerBuysPerp("40.029", "1");
    fixture.perpQuotes("40.010", "40.020");
    trader.advanceSeconds(3);

    assertThat(trader.orders())
        .containsExactly(
            PASSIVE_ASK, "spot buy 1 @ 40.085 ioc hedge", "perp sell 3.99 @ 40.019 alo entry");
    fixture.takerBuysPerp("40.019", "10");
    trader.advanceSeconds(3);
    assertThat(trader.filled(Leg.PERP, Side.SELL)).isEqualTo(Quantity.of("4.99"));
    assertThat(trader.state()).isEqualTo("HEDGED");
  }
}
