package io.twinleg.acceptance;

import static io.twinleg.simulator.FixtureF0.PERP;
import static io.twinleg.simulator.FixtureF0.SPOT;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.core.event.Command;
import io.twinleg.core.event.Event;
import io.twinleg.core.model.BookSnapshot;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.OrderPurpose;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.PriceLevel;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.RejectReason;
import io.twinleg.core.model.Side;
import io.twinleg.core.model.TimeInForce;
import io.twinleg.core.model.Usd;
import io.twinleg.scenario.Scenario;
import io.twinleg.simulator.ExecutionReport;
import io.twinleg.simulator.FixtureF0;
import io.twinleg.simulator.Request;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Scenarios X01 to X09. */
@Execution(ExecutionMode.CONCURRENT)
class ExitTest {
  private static final String CLOSE_PERP = "perp buy 4.99 @ 40.105 ioc reduce-only exit";
  private static final String CLOSE_SPOT = "spot sell 4.98 @ 39.925 ioc exit";

  /** 3.5 % a year: below the exit threshold of 4 %. */
  private static final String POOR = "0.000004";

  private static final String RICH = "0.00003";

  private final MarketFixture fixture = MarketFixture.f0();

  /** Entered as in E02; its position is complete at 12:10:03.340. */
  private Trader hedged(String... settings) {
    Trader trader = Trader.startOn(fixture, settings);
    trader.advanceSeconds(3);
    fixture.takerSellsSpot("4.99");
    trader.advanceSeconds(2);
    assertThat(trader.state()).isEqualTo("HEDGED");
    return trader;
  }

  /** The same, and free to leave. */
  private Trader hedgedAndCooled(String... settings) {
    return hedged(settings).advanceTo(Duration.ofSeconds(310));
  }

  private static Duration exitBegan(Trader trader) {
    return Duration.between(MarketFixture.T0, trader.lastEvent("exit_condition_met").at());
  }

  @Test
  @Scenario("X01")
  @DisplayName("X01 simple exit: both legs are closed together once the rate has been poor for 5 s")
  void exitsBothLegsAtOnce() {
    Trader trader = hedgedAndCooled();

    fixture.funding(POOR);
    trader.advanceSeconds(6);

    List<RecordingVenue.Sent> exit = trader.placed(OrderPurpose.EXIT);
    assertThat(trader.orders().subList(2, 4)).containsExactly(CLOSE_PERP, CLOSE_SPOT);
    assertThat(exit).hasSize(2);
    assertThat(exit.get(0).at()).as("one batch").isEqualTo(exit.get(1).at());
    assertThat(trader.events("exit_completed")).hasSize(1);
    assertThat(trader.state()).isEqualTo("FLAT");
    assertThat(trader.position()).isEqualTo(Quantity.ZERO);
    assertThat(trader.coins()).isEqualTo(Quantity.of("0.008004"));
    assertThat(trader.books().cost(Leg.PERP)).isEqualTo(Usd.ZERO);
    assertThat(trader.books().cost(Leg.SPOT)).as("the dust's").isLessThan(Usd.of("0.33"));
    trader.advance(Duration.ofHours(1));
    assertThat(trader.orders()).hasSize(4);
  }

  @Test
  @Scenario("X02")
  @DisplayName("X02 debounce: four poor seconds are no reason to leave")
  void holdsThroughAShortDip() {
    Trader trader = hedgedAndCooled();

    fixture.funding("0.0000034247");
    trader.advanceSeconds(4);
    fixture.funding("0.0000137");
    trader.advance(Duration.ofMinutes(10));

    assertThat(trader.placed(OrderPurpose.EXIT)).isEmpty();
    assertThat(trader.state()).isEqualTo("HEDGED");
  }

  @Test
  @Scenario("X03")
  @DisplayName("X03 cooldown: no exit by rate within 300 s of the entry")
  void holdsForTheCooldownWhateverTheRate() {
    Trader trader = hedged();
    Instant entered = trader.lastEvent("entered_position").at();
    trader.advanceTo(Duration.ofSeconds(10));

    fixture.funding("0");
    trader.advanceTo(Duration.ofSeconds(320));

    assertThat(Duration.between(entered, trader.lastEvent("exit_condition_met").at()))
        .isBetween(Duration.ofSeconds(300), Duration.ofSeconds(301));
    assertThat(trader.state()).isEqualTo("FLAT");
  }

  @Test
  @Scenario("X03")
  @DisplayName("X03 cooldown: a risk exit does not wait for it")
  void exitsAtOnceWhenTheCoinIsDelisted() {
    Trader trader = hedged();
    trader.advanceTo(Duration.ofSeconds(20));

    fixture.status(PERP, true, false);
    trader.advanceSeconds(2);

    assertThat(exitBegan(trader)).isBetween(Duration.ofSeconds(20), Duration.ofSeconds(21));
    assertThat(trader.state()).isEqualTo("FLAT");
    trader.advance(Duration.ofHours(1));
    assertThat(trader.position()).isEqualTo(Quantity.ZERO);
    assertThat(trader.orders()).hasSize(4);
  }

  @Test
  @Scenario("X04")
  @DisplayName("X04 re-entry after exit: it comes back after the cooldown")
  void entersAgainWhenTheRateIsBack() {
    Trader trader = hedgedAndCooled();
    fixture.funding(POOR);
    trader.advanceSeconds(10);
    Instant left = trader.lastEvent("exit_completed").at();

    fixture.funding(RICH);
    trader.advanceTo(left.plusSeconds(299));
    assertThat(trader.orders()).as("still cooling down").hasSize(4);
    trader.advanceTo(left.plusSeconds(302));
    fixture.takerSellsSpot("4.98");
    trader.advanceSeconds(2);

    assertThat(trader.orders().get(4)).isEqualTo("spot buy 4.98 @ 40.001 alo entry");
    assertThat(trader.events("entered_position")).hasSize(2);
    assertThat(trader.position()).isEqualTo(Quantity.of("-4.99"));
  }

  @Test
  @Scenario("X05")
  @DisplayName("X05 thin perp: the spot is sold only in the clips that the perp gives")
  void sellsNoMoreSpotThanThePerpCanCover() {
    Trader trader = hedgedAndCooled();
    fixture.quotes(PERP, thinAsk("2"));
    fixture.funding("0");

    trader.awaitEvent("exit_condition_met");
    trader.advanceMillis(500);
    assertThat(trader.filled(Leg.SPOT, Side.SELL)).isEqualTo(Quantity.of("2"));
    assertThat(trader.position()).isEqualTo(Quantity.of("-2.99"));
    trader.advanceSeconds(10);
    assertThat(trader.filled(Leg.SPOT, Side.SELL))
        .as("nothing more at hand")
        .isEqualTo(Quantity.of("2"));

    fixture.quotes(PERP, thinAsk("500"));
    trader.advanceSeconds(10);
    assertThat(trader.state()).isEqualTo("FLAT");
    assertThat(trader.invariants().largestUnhedged())
        .as("since the entry")
        .isLessThan(Usd.of("200"));
  }

  @Test
  @Scenario("X05")
  @DisplayName("X05 one leg rests: what a close left open is forced after one second")
  void forcesTheLegThatLags() {
    Trader trader = hedgedAndCooled();
    fixture.funding("0");
    trader.awaitEvent("exit_condition_met");
    fixture.quotes(PERP, thinAsk("2"));
    trader.advanceMillis(400);
    assertThat(trader.position()).as("2.00 of 4.99 filled").isEqualTo(Quantity.of("-2.99"));
    fixture.quotes(PERP, thinAsk("500"));
    trader.advanceSeconds(5);

    Duration apart =
        Duration.between(
            trader.placed(OrderPurpose.EXIT).get(0).at(),
            trader.placed(OrderPurpose.EXIT).get(2).at());
    assertThat(trader.orders().subList(2, 5))
        .containsExactly(CLOSE_PERP, CLOSE_SPOT, "perp buy 2.99 @ 40.105 ioc reduce-only exit");
    assertThat(apart).isBetween(Duration.ofSeconds(1), Duration.ofMillis(1600));
    assertThat(trader.state()).isEqualTo("FLAT");
  }

  @Test
  @DisplayName("X05 small clips: a rest that makes no two orders does not stay for ever")
  void exitsARestThatIsTooSmallForTwoOrders() {
    Trader trader =
        Trader.startOn(
            fixture,
            "strategy.target_usd_notional=75",
            "execution.max_clip_usd=25",
            "execution.enter_exit_cooldown_s=0");
    for (String bite : List.of("0.53", "0.09", "0.17")) {
      trader.advanceSeconds(3);
      fixture.takerSellsSpot(bite);
    }
    trader.advanceSeconds(1);
    assertThat(trader.position()).as("21.2 USD short").isEqualTo(Quantity.of("-0.53"));
    assertThat(trader.coins()).as("10.4 USD beside it").isEqualTo(Quantity.of("0.789684"));

    fixture.funding("0");
    trader.advanceSeconds(15);

    assertThat(trader.state()).isEqualTo("FLAT");
    assertThat(trader.position()).isEqualTo(Quantity.ZERO);
    assertThat(trader.invariants().largestUnhedged()).isLessThan(Usd.of("25.5"));
  }

  /** So much at 40.030, and nothing more below 41. */
  private static BookSnapshot thinAsk(String size) {
    return new BookSnapshot(
        FixtureF0.book("40.020", "40.030").bids(),
        List.of(
            new PriceLevel(Price.of("40.030"), Quantity.of(size)),
            new PriceLevel(Price.of("41"), Quantity.of("500"))));
  }

  @Test
  @Scenario("X06")
  @DisplayName("X06 never oversell: the owner's 50 coins stay")
  void sellsExactlyItsOwnCoins() {
    fixture.givesCoins("50");
    Trader trader = hedgedAndCooled();

    fixture.funding("0");
    trader.advanceSeconds(10);

    assertThat(trader.filled(Leg.SPOT, Side.SELL)).isEqualTo(Quantity.of("4.98"));
    assertThat(trader.coins()).isEqualTo(Quantity.of("50.008004"));
    assertThat(trader.state()).isEqualTo("FLAT");
  }

  @Test
  @Scenario("X07")
  @DisplayName(
      "X07 dust end: 8.7 USD of spot are recorded and left alone, the next entry absorbs them")
  void recordsWhatIsTooSmallToSell() {
    Trader trader = hedgedAndCooled();
    fixture.funding("0");
    trader.awaitEvent("exit_condition_met");
    fixture.quotes(SPOT, FixtureF0.touch("40.000", "4.77", "40.010", "500"));
    trader.advanceSeconds(3);

    assertThat(trader.state()).isEqualTo("FLAT");
    assertThat(trader.lastEvent("dust_recorded").value("spot_sz"))
        .isEqualTo(new BigDecimal("0.218004"));
    fixture.spotQuotes("40.000", "40.010");
    trader.advance(Duration.ofMinutes(10));
    assertThat(trader.orders()).as("no retries").hasSize(4);

    fixture.funding(RICH);
    trader.advanceSeconds(2);
    fixture.takerSellsSpot("4.77");
    trader.advanceSeconds(2);
    assertThat(trader.orders().subList(4, 6))
        .containsExactly("spot buy 4.77 @ 40.001 alo entry", "perp sell 4.99 @ 39.945 ioc hedge");
    assertThat(trader.books().ownedSpot()).isEqualTo(Quantity.of("4.986096"));
  }

  /** Enters at 28.9 %, and wants to leave at 26.3 %: a rate that still pays. */
  private Trader hedgedAtAHighBar() {
    fixture.funding("0.000033");
    return hedged("strategy.enter_threshold_apr=0.28", "strategy.exit_threshold_apr=0.27");
  }

  @Test
  @Scenario("X08")
  @DisplayName("X08 defer to payment: at 12:57 it waits for the payment of 13:00")
  void waitsForAPaymentThatIsNear() {
    Trader trader = hedgedAtAHighBar();
    trader.advanceTo(Duration.ofMinutes(47));

    fixture.funding("0.00003");
    trader.advanceTo(Duration.ofMinutes(51));

    assertThat(exitBegan(trader))
        .isBetween(Duration.ofSeconds(50 * 60 + 5), Duration.ofSeconds(50 * 60 + 6));
    assertThat(trader.events("funding_received")).hasSize(1);
    assertThat(trader.books().funding()).isEqualTo(Usd.of("0.0059887485"));
  }

  @Test
  @Scenario("X08")
  @DisplayName("X08 defer to payment: at 12:40 it does not wait for the payment of 13:00")
  void doesNotWaitForAPaymentThatIsFar() {
    Trader trader = hedgedAtAHighBar();
    trader.advanceTo(Duration.ofMinutes(30));

    fixture.funding("0.00003");
    trader.advanceSeconds(10);

    assertThat(exitBegan(trader))
        .isBetween(Duration.ofSeconds(30 * 60 + 5), Duration.ofSeconds(30 * 60 + 6));
    assertThat(trader.state()).isEqualTo("FLAT");
  }

  @Test
  @Scenario("X09")
  @DisplayName(
      "X09 reduce-only: a second close of what is closed is rejected, the position stays 0")
  void aDuplicateCloseCannotGoLong() {
    Trader trader = hedgedAndCooled();
    fixture.funding("0");
    trader.advanceSeconds(10);
    Command.PlaceOrder close =
        (Command.PlaceOrder) trader.placed(OrderPurpose.EXIT).getFirst().command();

    List<ExecutionReport> answer =
        fixture.byHand(
            Request.Place.manual(
                    close.instrument(),
                    close.side(),
                    close.price().toString(),
                    close.quantity().toString(),
                    TimeInForce.IOC)
                .reducing());
    trader.advanceSeconds(10);

    assertThat(close.reduceOnly()).isTrue();
    assertThat(answer)
        .singleElement()
        .isInstanceOfSatisfying(
            ExecutionReport.Rejected.class,
            rejected -> assertThat(rejected.reason()).isEqualTo(RejectReason.REDUCE_ONLY));
    assertThat(trader.position()).isEqualTo(Quantity.ZERO);
  }

  @Test
  @DisplayName("2.2e: what is more than a clip and too little for two leaves as one")
  void leavesWithWhatDoesNotDivide() {
    Trader trader =
        Trader.startOn(fixture, "execution.max_clip_usd=25", "strategy.hedge_ratio=1.5");
    for (String quantity : List.of("0.27", "0.14", "0.05")) {
      trader.advanceSeconds(3);
      fixture.takerSellsSpot(quantity);
    }
    trader.advanceSeconds(2);
    assertThat(trader.position()).isEqualTo(Quantity.of("-0.69"));
    trader.operatorRequests(Event.OperatorCommand.Operation.FLATTEN, "");
    trader.advanceSeconds(20);
    assertThat(trader.position()).isEqualTo(Quantity.ZERO);
    assertThat(trader.filled(Leg.SPOT, Side.SELL)).isEqualTo(Quantity.of("0.45"));
  }
}
