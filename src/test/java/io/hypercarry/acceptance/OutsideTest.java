package io.hypercarry.acceptance;

import static io.hypercarry.exchange.FixtureF0.ACCOUNT;
import static io.hypercarry.exchange.FixtureF0.PERP;
import static io.hypercarry.exchange.FixtureF0.SPOT;
import static org.assertj.core.api.Assertions.assertThat;

import io.hypercarry.core.event.Command.PlaceOrder;
import io.hypercarry.core.model.Leg;
import io.hypercarry.core.model.Purpose;
import io.hypercarry.core.model.Quantity;
import io.hypercarry.core.model.Side;
import io.hypercarry.core.model.TimeInForce;
import io.hypercarry.scenario.Scenario;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The venue or the owner changes the position: semantics 2.12. */
class OutsideTest {
  private static final Duration ANSWERED_WITHIN = Duration.ofMillis(500);

  private final Stage stage = Stage.f0();

  private Trader hedged(String... settings) {
    Trader trader = Trader.startsOn(stage, settings);
    trader.livesSeconds(3);
    stage.crowdSellsSpot("4.99");
    trader.livesSeconds(5);
    assertThat(trader.state()).isEqualTo("HEDGED");
    return trader;
  }

  private void liquidates(String size) {
    stage.exchange().backOffice().liquidate(ACCOUNT, PERP.id(), Quantity.of(size));
  }

  private void deleverages(String size) {
    stage.exchange().backOffice().deleverage(ACCOUNT, PERP.id(), Quantity.of(size));
  }

  /** The orders of a leg and side that left after this instant. */
  private static List<Overheard.Sent> after(Trader trader, Instant event, Leg leg, Side side) {
    return trader.placed().stream()
        .filter(sent -> sent.at().isAfter(event))
        .filter(sent ->
            ((PlaceOrder) sent.command()).instrument().leg() == leg
                && ((PlaceOrder) sent.command()).side() == side)
        .toList();
  }

  private static void assertSoldAtOnce(Trader trader, Instant event, String size) {
    List<Overheard.Sent> sold = after(trader, event, Leg.SPOT, Side.SELL);
    assertThat(sold).hasSize(1);
    assertThat(Duration.between(event, sold.getFirst().at())).isLessThanOrEqualTo(ANSWERED_WITHIN);
    PlaceOrder order = (PlaceOrder) sold.getFirst().command();
    assertThat(order.quantity()).isEqualTo(Quantity.of(size));
    assertThat(order.timeInForce()).isEqualTo(TimeInForce.IOC);
    assertThat(order.purpose()).isEqualTo(Purpose.UNWIND);
    assertThat(after(trader, event, Leg.PERP, Side.SELL)).as("nothing is shorted again").isEmpty();
  }

  @Test
  @Scenario("K06")
  @DisplayName("K06 liquidation: the venue takes 60 % of the short, 60 % of the spot go at once")
  void K06_aLiquidationTakesTheSameShareOfTheSpot() {
    Trader trader = hedged();
    Instant event = trader.now();
    liquidates("2.99");
    trader.livesSeconds(2);
    assertThat(trader.told("liquidation_detected")).hasSize(1);
    assertThat(trader.lastTold("liquidation_detected").value("qty")).hasToString("2.99");
    assertSoldAtOnce(trader, event, "2.98");
    assertThat(trader.position()).isEqualTo(Quantity.of("-2"));
    assertThat(trader.coins()).isEqualTo(Quantity.of("2.008004"));
    assertThat(trader.state()).isEqualTo("HEDGED");
  }

  @Test
  @DisplayName("2.12: after it nothing is entered for four cooldowns")
  void aLiquidationBlocksEntriesForFourCooldowns() {
    Trader trader = hedged();
    Instant event = trader.now();
    liquidates("2.99");
    trader.lives(Duration.ofMinutes(19));
    assertThat(after(trader, event, Leg.SPOT, Side.BUY)).isEmpty();
    trader.lives(Duration.ofMinutes(3));
    assertThat(after(trader, event, Leg.SPOT, Side.BUY)).isNotEmpty();
  }

  @Test
  @DisplayName("2.12 ADL: closed at the mark by the venue, answered in the same way")
  void aDeleveragingIsAnsweredAtOnce() {
    Trader trader = hedged();
    Instant event = trader.now();
    deleverages("4.99");
    trader.livesSeconds(2);
    assertThat(trader.told("adl_detected")).hasSize(1);
    assertSoldAtOnce(trader, event, "4.98");
    assertThat(trader.state()).isEqualTo("FLAT");
  }

  @Test
  @DisplayName("2.12 ADL in the middle of an entry: what is left alone is sold, not hedged anew")
  void aDeleveragingDuringAnEntryIsNotShortedAgain() {
    Trader trader = Trader.startsOn(stage, "execution.max_clip_usd=200");
    trader.livesSeconds(3);
    stage.crowdSellsSpot("2.50");
    trader.livesSeconds(1);
    assertThat(trader.state()).isEqualTo("ENTERING");
    assertThat(trader.position()).isEqualTo(Quantity.of("-2.5"));
    Instant event = trader.now();
    deleverages("2.50");
    trader.livesSeconds(5);
    assertThat(after(trader, event, Leg.PERP, Side.SELL)).isEmpty();
    assertThat(after(trader, event, Leg.SPOT, Side.SELL)).isNotEmpty();
    assertThat(Duration.between(event, after(trader, event, Leg.SPOT, Side.SELL).getFirst().at()))
        .isLessThanOrEqualTo(ANSWERED_WITHIN);
    assertThat(trader.coins()).isLessThan(Quantity.of("0.02"));
    assertThat(trader.position()).isEqualTo(Quantity.ZERO);
    assertThat(trader.live()).isEmpty();
  }

  @Test
  @DisplayName("2.12 ADL in the middle of an exit: the other leg does not wait for a second")
  void aDeleveragingDuringAnExitIsAnsweredAtOnce() {
    Trader trader = hedged("execution.enter_exit_cooldown_s=0");
    stage.quotes(PERP, io.hypercarry.exchange.FixtureF0.touch("40.020", "500", "41.500", "500"));
    stage.funding("0");
    trader.untilTold("exit_condition_met");
    trader.livesSeconds(2);
    Instant event = trader.now();
    deleverages("4.99");
    trader.livesMillis(600);
    assertThat(trader.told("adl_detected")).hasSize(1);
    assertThat(Duration.between(event, after(trader, event, Leg.SPOT, Side.SELL).getFirst().at()))
        .isLessThanOrEqualTo(ANSWERED_WITHIN);
    trader.livesSeconds(3);
    assertThat(trader.state()).isEqualTo("FLAT");
  }

  @Test
  @DisplayName("2.12: perp closed by the owner's hand: the spot beside it goes at once")
  void aManualCloseIsAnsweredAtOnce() {
    Trader trader = hedged();
    Instant event = trader.now();
    stage.byHand(PERP, Side.BUY, "41.000", "1.00", TimeInForce.IOC);
    trader.livesSeconds(2);
    assertSoldAtOnce(trader, event, "0.99");
    assertThat(trader.told("liquidation_detected")).isEmpty();
  }

  @Test
  @Scenario("K07")
  @DisplayName("K07 delist: both legs are closed while the perp trades, and the market is left")
  void K07_aDelistedCoinIsLeft() {
    Trader trader = hedged();
    stage.status(PERP, true, false);
    trader.livesSeconds(10);
    assertThat(trader.position()).isEqualTo(Quantity.ZERO);
    assertThat(trader.coins()).isLessThan(Quantity.of("0.02"));
    assertThat(trader.lastTold("exit_condition_met").value("reason")).isEqualTo("delisted");
    int orders = trader.orders().size();
    trader.lives(Duration.ofHours(2));
    assertThat(trader.orders()).as("never again").hasSize(orders);
  }

  @Test
  @DisplayName("K07: settled before we could leave: the spot is sold")
  void aPerpThatWasSettledLeavesSpotToSell() {
    Trader trader = hedged();
    stage.status(PERP, true, true);
    deleverages("4.99");
    trader.livesSeconds(10);
    assertThat(trader.position()).isEqualTo(Quantity.ZERO);
    assertThat(trader.coins()).isLessThan(Quantity.of("0.02"));
  }

  @Test
  @DisplayName("2.12: spot coins sold by the owner are no order of ours: told, and quarantined")
  void spotThatTheOwnerSoldIsADifference() {
    Trader trader = hedged();
    stage.byHand(SPOT, Side.SELL, "39.000", "2.00", TimeInForce.IOC);
    trader.livesSeconds(90);
    assertThat(trader.told("alignment_observed")).isNotEmpty();
    assertThat(trader.state()).isEqualTo("QUARANTINED");
  }
}
