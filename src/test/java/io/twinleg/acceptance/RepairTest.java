package io.twinleg.acceptance;

import static io.twinleg.simulator.FixtureF0.PERP;
import static io.twinleg.simulator.FixtureF0.SPOT;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.core.event.Command;
import io.twinleg.core.event.Event;
import io.twinleg.core.event.Event.OrderEnded;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.OrderPurpose;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.RejectReason;
import io.twinleg.core.model.Side;
import io.twinleg.core.model.TimeInForce;
import io.twinleg.scenario.Scenario;
import io.twinleg.simulator.ExecutionReport;
import io.twinleg.simulator.FixtureF0;
import io.twinleg.simulator.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Scenarios RP01 to RP08 but RP06, which {@link PerpFirstLegModeTest} plays. */
@Execution(ExecutionMode.CONCURRENT)
class RepairTest {
  private static final String PASSIVE_BID = "spot buy 4.99 @ 40.001 alo entry";
  private static final String ITS_HEDGE = "perp sell 4.99 @ 39.945 ioc hedge";
  private static final String STAGE_A = "perp sell 4.99 @ 40.03 alo repair";

  private final MarketFixture fixture = MarketFixture.f0();

  private Trader bidding(String... settings) {
    Trader trader = Trader.startOn(fixture, settings);
    trader.advanceSeconds(3);
    assertThat(trader.live()).containsExactly(PASSIVE_BID);
    return trader;
  }

  /** The spot is bought, and when the hedge arrives there is no perp bid within its cap. */
  private void spotFillsAndThePerpBidIsGone() {
    fixture.takerSellsSpot("4.99");
    fixture.inMillis(150, world -> world.quote(PERP, FixtureF0.book("39.800", "40.030")));
  }

  /** The instant from which the age of a repair runs. */
  private static Instant unhedged(Trader trader) {
    return trader.received(Event.OrderFilled.class).getFirst().at();
  }

  private static Duration age(Trader trader, RecordingVenue.Sent order) {
    return Duration.between(unhedged(trader), order.at());
  }

  @Test
  @Scenario("RP01")
  @DisplayName("RP01 stage A succeeds: the missing leg is quoted at the touch and hit")
  void completesAHedgeByQuotingIt() {
    Trader trader = bidding();
    spotFillsAndThePerpBidIsGone();
    fixture.inMillis(
        1020, world -> world.trade(PERP, Side.BUY, Price.of("40.030"), Quantity.of("504.99")));

    Trader.Logged done = trader.awaitEvent("hedge_repair_completed");

    assertThat(trader.orders()).containsExactly(PASSIVE_BID, ITS_HEDGE, STAGE_A);
    assertThat(trader.fills()).containsExactly("spot buy 4.99 @ 40.001", "perp sell 4.99 @ 40.03");
    assertThat(Duration.between(unhedged(trader), done.at())).isLessThan(Duration.ofMillis(1500));
    assertThat(trader.lastEvent("hedge_repair_started").fields())
        .containsEntry("side", "perp")
        .containsEntry("cause", "hedge_failed")
        .containsEntry("leg_mode", "spot_first");
    trader.advanceSeconds(5);
    assertThat(trader.state()).isEqualTo("HEDGED");
    assertThat(trader.orders()).hasSize(3);
  }

  @Test
  @Scenario("RP02")
  @DisplayName(
      "RP02 stage B: after 1.5 s the quote is cancelled, its end awaited, and the leg taken")
  void takesTheMissingLegWhenItsQuoteIsNotHit() {
    Trader trader = bidding();
    spotFillsAndThePerpBidIsGone();
    fixture.inMillis(400, world -> world.quote(PERP, FixtureF0.book("40.020", "40.030")));

    Trader.Logged done = trader.awaitEvent("hedge_repair_completed");

    assertThat(trader.orders())
        .containsExactly(PASSIVE_BID, ITS_HEDGE, STAGE_A, "perp sell 4.99 @ 39.945 ioc repair");
    RecordingVenue.Sent cancel = trader.sent(Command.CancelOrder.class).getFirst();
    assertThat(age(trader, cancel)).isEqualTo(Duration.ofMillis(1500));
    Instant cancelled =
        trader.received(OrderEnded.class).stream()
            .filter(incoming -> ((OrderEnded) incoming.event()).reason().equals("canceled"))
            .findFirst()
            .orElseThrow()
            .at();
    assertThat(trader.placed().getLast().at()).isAfterOrEqualTo(cancelled);
    assertThat(Duration.between(unhedged(trader), done.at()))
        .isLessThanOrEqualTo(Duration.ofSeconds(2));
    assertThat(trader.position()).isEqualTo(Quantity.of("-4.99"));
  }

  @Test
  @Scenario("RP03")
  @DisplayName("RP03 timeout unwind: after five seconds without a perp bid the spot is sold")
  void unwindsTheFilledLegWhenTheOtherCannotBeFilled() {
    Trader trader = bidding();
    fixture.takerSellsSpot("4.99");
    fixture.inMillis(150, world -> world.quote(PERP, FixtureF0.touch("", "", "40.030", "500")));
    fixture.funding("0.00003");

    trader.awaitEvent("hedge_unwound");
    RecordingVenue.Sent unwind = trader.placed(OrderPurpose.UNWIND).getFirst();
    trader.advanceSeconds(1);

    assertThat(age(trader, unwind))
        .as("at five seconds, and never while an attempt is under way")
        .isBetween(Duration.ofSeconds(5), Duration.ofMillis(5200));
    assertThat(trader.placed(OrderPurpose.UNWIND)).hasSize(1);
    assertThat(trader.filled(Leg.SPOT, Side.SELL)).isEqualTo(Quantity.of("4.98"));
    assertThat(trader.books().ownedSpot()).isEqualTo(Quantity.of("0.008004"));
    assertThat(trader.position()).isEqualTo(Quantity.ZERO);
    assertThat(trader.state()).isEqualTo("FLAT");
    assertThat(trader.lastEvent("dust_recorded").value("spot_sz"))
        .isEqualTo(new java.math.BigDecimal("0.008004"));
  }

  @Test
  @Scenario("RP04")
  @DisplayName("RP04 repair independent of apr: what is not wanted any more is unwound, not left")
  void unwindsARepairWhoseReasonIsGone() {
    Trader trader = bidding();
    spotFillsAndThePerpBidIsGone();
    fixture.inMillis(400, world -> world.quote(PERP, FixtureF0.book("40.020", "40.030")));
    trader.awaitEvent("hedge_repair_started");

    fixture.funding("0");
    trader.advanceSeconds(6);

    assertThat(trader.state()).isEqualTo("FLAT");
    assertThat(trader.position()).isEqualTo(Quantity.ZERO);
    assertThat(trader.filled(Leg.SPOT, Side.SELL)).isEqualTo(Quantity.of("4.98"));
    assertThat(age(trader, trader.placed(OrderPurpose.UNWIND).getFirst()))
        .as("cheaper, so before the timeout")
        .isLessThan(Duration.ofSeconds(5));
  }

  @Test
  @Scenario("RP05")
  @DisplayName("RP05 repair with partials: 1.50, 1.00 and 2.49 make 4.99")
  void completesAHedgeInParts() {
    Trader trader = bidding();
    fixture.takerSellsSpot("4.99");
    fixture.inMillis(
        150, world -> world.quote(PERP, FixtureF0.touch("40.020", "1.5", "40.030", "500")));
    fixture.inMillis(
        1500, world -> world.quote(PERP, FixtureF0.touch("40.020", "1", "40.030", "500")));
    trader.advanceMillis(2000);
    assertThat(trader.position()).isEqualTo(Quantity.of("-2.5"));

    fixture.perpQuotes("40.020", "40.030");
    trader.awaitEvent("hedge_repair_completed");

    assertThat(trader.fills())
        .containsExactly(
            "spot buy 4.99 @ 40.001",
            "perp sell 1.5 @ 40.02",
            "perp sell 1 @ 40.02",
            "perp sell 2.49 @ 40.02");
    assertThat(trader.position()).isEqualTo(Quantity.of("-4.99"));
    assertThat(trader.state()).isEqualTo("HEDGED");
  }

  @Test
  @Scenario("RP07")
  @DisplayName(
      "RP07 repair budget exhausted: the local limiter never holds a hedge or a repair back")
  void repairsThoughNoOrderIsLeftInTheMinute() {
    Trader trader = bidding("execution.max_replaces_per_min=1");
    spotFillsAndThePerpBidIsGone();
    fixture.inMillis(400, world -> world.quote(PERP, FixtureF0.book("40.020", "40.030")));

    trader.awaitEvent("hedge_repair_completed");

    assertThat(trader.position()).isEqualTo(Quantity.of("-4.99"));
    assertThat(trader.placed()).hasSize(4);
  }

  @Test
  @Scenario("RP08")
  @DisplayName(
      "RP08 unwind rejected ReduceOnly: the owner has closed the perp, and it is not bought again")
  void neverBuysBackAShortThatIsAlreadyClosed() {
    Trader trader = Trader.startOn(fixture, "execution.leg_mode=both");
    trader.advanceSeconds(2);
    assertThat(trader.live()).containsExactly(PASSIVE_BID, "perp sell 4.99 @ 40.029 alo entry");
    fixture.quotes(SPOT, FixtureF0.touch("40.000", "500", "", ""));
    fixture.takerBuysPerp("40.029", "4.99");
    trader.advanceMillis(5000);
    assertThat(trader.position()).isEqualTo(Quantity.of("-4.99"));

    // The unwinding order leaves at 5.0 s and arrives 100 ms later: the owner is 50 ms ahead of it.
    while (trader.placed(OrderPurpose.UNWIND).isEmpty()) {
      trader.advanceMillis(10);
    }
    trader.advanceMillis(40);
    List<ExecutionReport> closed =
        fixture.byHand(
            Request.Place.manual(PERP.id(), Side.BUY, "41", "4.99", TimeInForce.IOC).reducing());
    trader.advanceSeconds(10);

    assertThat(closed).isEmpty();
    assertThat(trader.received(Event.OrderRejected.class))
        .anyMatch(incoming ->
            ((Event.OrderRejected) incoming.event()).reason() == RejectReason.REDUCE_ONLY);
    assertThat(trader.sent(Command.QueryAccount.class)).as("state re-read").isNotEmpty();
    assertThat(trader.position()).isEqualTo(Quantity.ZERO);
    assertThat(trader.placed(OrderPurpose.UNWIND)).hasSize(1);
    assertThat(trader.books().shortPerp()).isEqualTo(Quantity.ZERO);
    assertThat(trader.engine().status().getFirst().state()).isEqualTo("FLAT");
    assertThat(Optional.of(trader.books().ownedSpot())).contains(Quantity.ZERO);
  }
}
