package io.twinleg.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.core.model.AccountState;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Usd;
import io.twinleg.scenario.Scenario;
import io.twinleg.simulator.FaultModel;
import io.twinleg.simulator.FixtureF0;
import io.twinleg.simulator.Request;
import java.math.BigDecimal;
import java.math.MathContext;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Scenarios K04, K05 and M05: the short's collateral while the price runs away. */
class CollateralTest {
  private final MarketFixture stage = MarketFixture.f0();

  /** Hedged at 4.99; the perp wallet then holds about as much as it is short. */
  private Trader hedged(String spotLeft, String... settings) {
    Trader trader = Trader.startsOn(stage, settings);
    trader.livesSeconds(3);
    stage.crowdSellsSpot("4.99");
    trader.livesSeconds(5);
    assertThat(trader.state()).isEqualTo("HEDGED");
    stage.withdraws("800", Leg.PERP);
    BigDecimal free = stage.account().spotQuote().value();
    stage.withdraws(free.subtract(new BigDecimal(spotLeft)).toPlainString(), Leg.SPOT);
    trader.livesSeconds(2);
    return trader;
  }

  private void priceGoesTo(String bid, String ask) {
    stage.spotQuotes(bid, ask).perpQuotes(bid, ask).oracle(ask);
  }

  @Test
  @Scenario("K04")
  @DisplayName("K04: free spot money is moved to the short until it is carried one to one")
  void K04_movesFreeSpotMoneyFirst() {
    Trader trader = hedged("300");
    priceGoesTo("60.000", "60.010");
    trader.livesSeconds(5);
    assertThat(trader.told("margin_warning")).hasSize(1);
    assertThat(trader.told("collateral_moved")).isNotEmpty();
    assertThat(trader.position()).isEqualTo(Quantity.of("-4.99"));
    assertThat(ratio()).isCloseTo(BigDecimal.ONE, Offset.offset(new BigDecimal("0.02")));
    assertThat(stage.account().spotQuote().value())
        .isCloseTo(new BigDecimal("100"), Offset.offset(new BigDecimal("3")));
  }

  private BigDecimal ratio() {
    AccountState account = stage.exchange().account(FixtureF0.ACCOUNT);
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
    trader.livesSeconds(20);
    assertThat(trader.told("position_reduced")).hasSize(2);
    assertThat(trader.position().value())
        .isCloseTo(new BigDecimal("-3.33"), Offset.offset(new BigDecimal("0.06")));
    assertThat(trader.told("collateral_moved")).isNotEmpty();
    assertThat(ratio()).isCloseTo(BigDecimal.ONE, Offset.offset(new BigDecimal("0.03")));
    trader.livesSeconds(600);
    assertThat(trader.told("position_reduced")).as("once is enough").hasSize(2);
    assertThat(trader.state()).isEqualTo("HEDGED");
  }

  @Test
  @Scenario("K05")
  @DisplayName("K05: in an emergency both legs are reduced within a second")
  void K05_reducesBothLegsAtOnce() {
    Trader trader = hedged("300");
    priceGoesTo("61.500", "61.510");
    trader.livesMillis(1000);
    assertThat(trader.told("position_reduced").getFirst().value("reason"))
        .isEqualTo("margin_emergency");
    assertThat(trader.orders())
        .anyMatch(order -> order.contains("spot sell") && order.endsWith("exit"))
        .anyMatch(order -> order.contains("perp buy") && order.endsWith("reduce-only exit"));
    trader.livesSeconds(30);
    assertThat(trader.state()).isEqualTo("HEDGED");
    assertThat(trader.position().value()).isBetween(new BigDecimal("-3.6"), new BigDecimal("-3"));
  }

  @Test
  @Scenario("M05")
  @DisplayName("M05: a premium of 150 bps changes nothing")
  void M05_aPremiumIsNoMarginMatter() {
    Trader trader = hedged("0");
    stage.perpQuotes("40.620", "40.630").oracle("40.62");
    trader.livesSeconds(120);
    assertThat(trader.state()).isEqualTo("HEDGED");
    assertThat(trader.position()).isEqualTo(Quantity.of("-4.99"));
    assertThat(trader.told("margin_warning")).isEmpty();
    assertThat(trader.told("guard_halted")).isEmpty();
    assertThat(trader.told("trading_halted")).isEmpty();
  }

  @Test
  @DisplayName(
      "2.10: what would be a margin call soon is not entered, though the leverage allows it")
  void whatWouldBeAMarginCallSoonIsNotEntered() {
    stage.wallets("1000", "80");
    Trader trader = Trader.startsOn(stage, "execution.perp_leverage=5");
    trader.livesSeconds(10);
    assertThat(trader.orders()).isEmpty();
    assertThat(trader.reasons("entry_blocked")).contains("margin_ratio");
  }

  @Test
  @DisplayName("2.10, I9: a reduction that lost one order goes on reducing, and buys nothing back")
  void aReductionThatLostAnOrderGoesOn() {
    Trader trader = hedged("0");
    stage.faults().loseNextOrder(FixtureF0.PERP.id());
    priceGoesTo("60.000", "60.010");
    trader.livesSeconds(20);
    assertThat(trader.orders()).noneMatch(order -> order.endsWith("repair"));
    assertThat(trader.position().value())
        .isCloseTo(new BigDecimal("-3.33"), Offset.offset(new BigDecimal("0.06")));
    assertThat(trader.state()).isEqualTo("HEDGED");
  }

  @Test
  @DisplayName("2.10: what the short has gained goes back, and no more than that")
  void whatTheShortHasGainedGoesBack() {
    Trader trader = hedged("0");
    priceGoesTo("30.000", "30.010");
    trader.livesSeconds(120);
    assertThat(trader.told("collateral_moved")).hasSize(1);
    assertThat(stage.account().spotQuote().value())
        .isCloseTo(new BigDecimal("49.6"), Offset.offset(new BigDecimal("1")));
    assertThat(trader.position()).isEqualTo(Quantity.of("-4.99"));
  }

  @Test
  @DisplayName("2.6, 2.10: a transfer whose answer is lost is made sure of, and not made twice")
  void aLostAnswerToATransferIsMadeSureOf() {
    Trader trader = hedged("300");
    stage
        .faults()
        .request(request -> request instanceof Request.MoveCollateral, FaultModel.Passage.LOST);
    priceGoesTo("60.000", "60.010");
    trader.livesSeconds(15);
    assertThat(trader.told("transfer_never_landed")).hasSize(1);
    assertThat(trader.told("collateral_moved")).isNotEmpty();
    assertThat(stage.account().spotQuote()).isLessThan(Usd.of("110"));
    assertThat(ratio()).isCloseTo(BigDecimal.ONE, Offset.offset(new BigDecimal("0.02")));
  }
}
