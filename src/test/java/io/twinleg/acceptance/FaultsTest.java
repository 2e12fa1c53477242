package io.twinleg.acceptance;

import static io.twinleg.simulator.FixtureF0.SPOT;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.core.model.Leg;
import io.twinleg.core.model.OrderPurpose;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Side;
import io.twinleg.core.model.TimeInForce;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What is on the line or in the market is not what it seemed. */
@Execution(ExecutionMode.CONCURRENT)
class FaultsTest {
  private final MarketFixture fixture = MarketFixture.f0();

  private Trader bidding() {
    Trader trader = Trader.startOn(fixture);
    trader.advanceSeconds(3);
    return trader;
  }

  @Test
  @DisplayName("F04: while every order is refused for the rate, it goes on trying, ever slower")
  void backsOffAndReturnsWhenDeniedForTheOrderRate() {
    Trader trader = bidding();
    for (int i = 0; i < 40; i++) {
      fixture.rejectsNext(
          Leg.PERP, io.twinleg.core.model.RejectReason.RATE_LIMIT, "Too many requests");
    }
    fixture.takerSellsSpot("4.99");
    trader.advanceSeconds(60);
    assertThat(trader.placed(OrderPurpose.HEDGE).size() + trader.placed(OrderPurpose.REPAIR).size())
        .as("no hot loop")
        .isLessThanOrEqualTo(40);
    Quantity apart = trader.coins().minus(trader.position().abs()).abs();
    assertThat(apart).isLessThanOrEqualTo(Quantity.of("0.02"));
    assertThat(trader.fills()).isNotEmpty();
  }

  @Test
  @DisplayName("2.8, I13: an exit by rate waits, hedged, while a broken book stands far off")
  void anExitByRateDoesNotBuyAWick() {
    Trader trader = Trader.hedgedOn(fixture, "execution.enter_exit_cooldown_s=0");
    fixture.perpQuotes("46.200", "46.210");
    fixture.funding("0");
    trader.awaitEvent("exit_condition_met");
    trader.advanceSeconds(3);
    assertThat(trader.placed(OrderPurpose.EXIT)).isEmpty();
    assertThat(trader.position()).isEqualTo(Quantity.of("-4.99"));
    fixture.perpQuotes("40.020", "40.030");
    trader.advanceSeconds(3);
    assertThat(trader.state()).isEqualTo("FLAT");
  }

  @Test
  @DisplayName("A09, F06: another trader's order of the same size is not taken for ours")
  void ignoresAFillOfAnotherTrader() {
    Trader trader = bidding();
    fixture.byHand(SPOT, Side.BUY, "40.010", "4.99", TimeInForce.IOC);
    trader.advanceSeconds(5);
    assertThat(trader.position()).isEqualTo(Quantity.ZERO);
    assertThat(trader.books().ownedSpot()).isEqualTo(Quantity.ZERO);
  }
}
