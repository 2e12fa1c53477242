package io.twinleg.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.core.model.AccountState;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Usd;
import io.twinleg.scenario.Scenario;
import io.twinleg.simulator.FixtureF0;
import io.twinleg.simulator.NetworkModel.FaultModel;
import io.twinleg.simulator.Request;
import java.math.BigDecimal;
import java.math.MathContext;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Scenarios K04, K05 and M05: the short's collateral while the price runs away. */
@Execution(ExecutionMode.CONCURRENT)
class CollateralTest {
  private final MarketFixture fixture = MarketFixture.f0();

  /** Hedged at 4.99; the perp wallet then holds about as much as it is short. */
  private Trader hedged(String spotLeft, String... settings) {
    Trader trader = Trader.startOn(fixture, settings);
    trader.advanceSeconds(3);
    fixture.takerSellsSpot("4.99");
    trader.advanceSeconds(5);
    assertThat(trader.state()).isEqualTo("HEDGED");
    fixture.withdraws("800", Leg.PERP);
    BigDecimal free = fixture.account().spotQuote().value();
    fixture.withdraws(free.subtract(new BigDecimal(spotLeft)).toPlainString(), Leg.SPOT);
    trader.advanceSeconds(2);
    return trader;
  }

  private void priceGoesTo(String bid, String ask) {
    fixture.spotQuotes(bid, ask).perpQuotes(bid, ask).oracle(ask);
  }

  @Test
  @Scenario("K04")
  @DisplayName("K04: free spot money is moved to the short until it is carried one to one")
  void K04_movesFreeSpotMoneyFirst() {
    Trader trader = hedged("300");
    priceGoesTo("60.000", "60.010");
    trader.advanceSeconds(5);
    assertThat(trader.events("margin_warning")).hasSize(1);
    assertThat(trader.events("collateral_moved")).isNotEmpty();
    assertThat(trader.position()).isEqualTo(Quantity.of("-4.99"));
    assertThat(ratio()).isCloseTo(BigDecimal.ONE, Offset.offset(new BigDecimal("0.02")));
    assertThat(fixture.account().spotQuote().value())
        .isCloseTo(new BigDecimal("100"), Offset.offset(new BigDecimal("3")));
  }

  private BigDecimal ratio() {
    AccountState account = fixture.exchange().account(FixtureF0.ACCOUNT);
    BigDecimal size = account.perpSize(FixtureF0.PERP.id()).abs().value();
    return account
        .perpEquity()
        .value()
        .divide(size.multiply(new BigDecimal("60.01")), MathContext.DECIMAL64);
  }

  @Test
  @Scenario("K04")
  @DisplayName("K04: without free money a third of both legs goes, and what it brings is moved")
  void K04_reducesBothLegsByAThirdAndMovesTheProceeds() {
    Trader trader = hedged("0");
    priceGoesTo("60.000", "60.010");
    trader.advanceSeconds(20);
    assertThat(trader.events("position_reduced")).hasSize(2);
    assertThat(trader.position().value())
        .isCloseTo(new BigDecimal("-3.33"), Offset.offset(new BigDecimal("0.06")));
    assertThat(trader.events("collateral_moved")).isNotEmpty();
    assertThat(ratio()).isCloseTo(BigDecimal.ONE, Offset.offset(new BigDecimal("0.03")));
    trader.advanceSeconds(600);
    assertThat(trader.events("position_reduced")).as("once is enough").hasSize(2);
    assertThat(trader.state()).isEqualTo("HEDGED");
  }

  @Test
  @Scenario("K05")
  @DisplayName("K05: in an emergency both legs are reduced within a second")
  void K05_reducesBothLegsAtOnce() {
    Trader trader = hedged("300");
    priceGoesTo("61.500", "61.510");
    trader.advanceMillis(1000);
    assertThat(trader.events("position_reduced").getFirst().value("reason"))
        .isEqualTo("margin_emergency");
    assertThat(trader.orders())
        .anyMatch(order -> order.contains("spot sell") && order.endsWith("exit"))
        .anyMatch(order -> order.contains("perp buy") && order.endsWith("reduce-only exit"));
    trader.advanceSeconds(30);
    assertThat(trader.state()).isEqualTo("HEDGED");
    assertThat(trader.position().value()).isBetween(new BigDecimal("-3.6"), new BigDecimal("-3"));
  }

  @Test
  @Scenario("M05")
  @DisplayName("M05: a premium of 150 bps changes nothing")
  void M05_aPremiumIsNoMarginMatter() {
    Trader trader = hedged("0");
    fixture.perpQuotes("40.620", "40.630").oracle("40.62");
    trader.advanceSeconds(120);
    assertThat(trader.state()).isEqualTo("HEDGED");
    assertThat(trader.position()).isEqualTo(Quantity.of("-4.99"));
    assertThat(trader.events("margin_warning")).isEmpty();
    assertThat(trader.events("guard_halted")).isEmpty();
    assertThat(trader.events("trading_halted")).isEmpty();
  }

  @Test
  @DisplayName(
      "2.10: what would be a margin call soon is not entered, though the leverage allows it")
  void doesNotEnterWhatWouldSoonNeedMargin() {
    fixture.wallets("1000", "80");
    Trader trader = Trader.startOn(fixture, "execution.perp_leverage=5");
    trader.advanceSeconds(10);
    assertThat(trader.orders()).isEmpty();
    assertThat(trader.reasons("entry_blocked")).contains("margin_ratio");
  }

  @Test
  @DisplayName("2.10, I9: a reduction that lost one order goes on reducing, and buys nothing back")
  void resumesAReductionThatLostAnOrder() {
    Trader trader = hedged("0");
    fixture.faults().loseNextOrder(FixtureF0.PERP.id());
    priceGoesTo("60.000", "60.010");
    trader.advanceSeconds(20);
    assertThat(trader.orders()).noneMatch(order -> order.endsWith("repair"));
    assertThat(trader.position().value())
        .isCloseTo(new BigDecimal("-3.33"), Offset.offset(new BigDecimal("0.06")));
    assertThat(trader.state()).isEqualTo("HEDGED");
  }

  @Test
  @DisplayName("2.10: what the short has gained goes back, and no more than that")
  void returnsTheGainOfTheShortToTheSpotWallet() {
    Trader trader = hedged("0");
    priceGoesTo("30.000", "30.010");
    trader.advanceSeconds(120);
    assertThat(trader.events("collateral_moved")).hasSize(1);
    assertThat(fixture.account().spotQuote().value())
        .isCloseTo(new BigDecimal("49.6"), Offset.offset(new BigDecimal("1")));
    assertThat(trader.position()).isEqualTo(Quantity.of("-4.99"));
  }

  @Test
  @DisplayName("2.6, 2.10: a transfer whose answer is lost is made sure of, and not made twice")
  void confirmsATransferWhoseResponseIsLost() {
    Trader trader = hedged("300");
    fixture
        .faults()
        .request(request -> request instanceof Request.TransferCollateral, FaultModel.Passage.LOST);
    priceGoesTo("60.000", "60.010");
    trader.advanceSeconds(15);
    assertThat(trader.events("transfer_never_landed")).hasSize(1);
    assertThat(trader.events("collateral_moved")).isNotEmpty();
    assertThat(fixture.account().spotQuote()).isLessThan(Usd.of("110"));
    assertThat(ratio()).isCloseTo(BigDecimal.ONE, Offset.offset(new BigDecimal("0.02")));
  }
}
