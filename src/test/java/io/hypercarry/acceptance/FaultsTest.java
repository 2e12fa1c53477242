package io.hypercarry.acceptance;

import static io.hypercarry.exchange.FixtureF0.PERP;
import static io.hypercarry.exchange.FixtureF0.SPOT;
import static org.assertj.core.api.Assertions.assertThat;

import io.hypercarry.core.event.Fact.FeedChanged.Feed;
import io.hypercarry.core.model.Leg;
import io.hypercarry.core.model.Purpose;
import io.hypercarry.core.model.Quantity;
import io.hypercarry.core.model.Side;
import io.hypercarry.core.model.TimeInForce;
import io.hypercarry.exchange.FixtureF0;
import io.hypercarry.scenario.Scenario;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Scenarios F05, M01 and others in which the line or the market is not what it seemed. */
class FaultsTest {
  private final Stage stage = Stage.f0();

  private Trader bidding() {
    Trader trader = Trader.startsOn(stage);
    trader.livesSeconds(3);
    return trader;
  }

  @Test
  @Scenario("F05")
  @DisplayName("F05: the account's line is gone for 8 s, a fill inside: hedged within a second")
  void aFillInsideAGapIsHedgedWhenTheLineIsBack() {
    Trader trader = bidding();
    trader.cut(Feed.ACCOUNT);
    trader.auditor().venueDoesNotAnswer();
    trader.livesSeconds(2);
    stage.crowdSellsSpot("4.99");
    trader.livesSeconds(6);
    assertThat(trader.position()).as("nobody knows of it yet").isEqualTo(Quantity.ZERO);
    Instant back = trader.now();
    trader.restore(Feed.ACCOUNT);
    trader.auditor().venueAnswersAgain();
    trader.livesSeconds(3);
    assertThat(trader.position()).isEqualTo(Quantity.of("-4.99"));
    Instant offered =
        trader.placed().stream()
            .map(Overheard.Sent::at)
            .filter(back::isBefore)
            .findFirst()
            .orElseThrow();
    assertThat(Duration.between(back, offered)).isLessThanOrEqualTo(Duration.ofSeconds(1));
    assertThat(trader.filled(Leg.SPOT, Side.BUY)).isEqualTo(Quantity.of("4.99"));
  }

  @Test
  @Scenario("M01")
  @DisplayName("M01 spoof: the perp's bids are gone when the hedge comes: repaired, at a cap")
  void aSpoofedBidCostsNoMoreThanTheCap() {
    Trader trader = bidding();
    stage.crowdSellsSpot("4.99");
    stage.inMillis(
        50, street -> street.quote(PERP, FixtureF0.touch("39.800", "500", "40.030", "500")));
    stage.inMillis(
        2500, street -> street.quote(PERP, FixtureF0.touch("40.010", "500", "40.030", "500")));
    trader.livesSeconds(15);
    assertThat(trader.told("hedge_repair_started")).hasSize(1);
    assertThat(trader.placed(Purpose.HEDGE)).isNotEmpty();
    Quantity apart = trader.coins().minus(trader.position().abs()).abs();
    assertThat(apart).isLessThanOrEqualTo(Quantity.of("0.02"));
    assertThat(trader.ownFills())
        .filteredOn(fill -> fill.instrument().equals(PERP.id()))
        .allMatch(fill -> !fill.price().isBelow(io.hypercarry.core.model.Price.of("39.944")));
  }

  @Test
  @DisplayName("F04: while every order is refused for the rate, it goes on trying, ever slower")
  void refusedForTheRateItBacksOffAndComesBack() {
    Trader trader = bidding();
    for (int i = 0; i < 40; i++) {
      stage.rejectsNext(
          Leg.PERP, io.hypercarry.core.model.RejectReason.RATE_LIMIT, "Too many requests");
    }
    stage.crowdSellsSpot("4.99");
    trader.livesSeconds(60);
    assertThat(trader.placed(Purpose.HEDGE).size() + trader.placed(Purpose.REPAIR).size())
        .as("no hot loop")
        .isLessThanOrEqualTo(40);
    Quantity apart = trader.coins().minus(trader.position().abs()).abs();
    assertThat(apart).isLessThanOrEqualTo(Quantity.of("0.02"));
    assertThat(trader.fills()).isNotEmpty();
  }

  @Test
  @DisplayName("A09, F06: a stranger's order of the same size is not taken for ours")
  void aStrangersFillIsNotOurs() {
    Trader trader = bidding();
    stage.byHand(SPOT, Side.BUY, "40.010", "4.99", TimeInForce.IOC);
    trader.livesSeconds(5);
    assertThat(trader.position()).isEqualTo(Quantity.ZERO);
    assertThat(trader.books().ownedSpot()).isEqualTo(Quantity.ZERO);
  }
}
