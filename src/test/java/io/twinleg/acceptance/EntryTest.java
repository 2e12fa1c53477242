package io.twinleg.acceptance;

import static io.twinleg.simulator.FixtureF0.HYPE;
import static io.twinleg.simulator.FixtureF0.SPOT;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.core.event.Command;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.MarketId;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.PriceRule;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Side;
import io.twinleg.core.model.TimeInForce;
import io.twinleg.core.model.Usd;
import io.twinleg.scenario.Scenario;
import io.twinleg.simulator.FixtureF0;
import java.math.BigDecimal;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Scenarios E01 to E12 but E02, which {@link LegModeMatrixTest} plays in every leg mode, and E04,
 * which needs the wire; and A09.
 */
@Execution(ExecutionMode.CONCURRENT)
class EntryTest {
  private static final String PASSIVE_BID = "spot buy 4.99 @ 40.001 alo entry";
  private static final String ITS_HEDGE = "perp sell 4.99 @ 39.945 ioc hedge";

  @Test
  @Scenario("E01")
  @DisplayName("E01 annualisation: 9.9995 % a year is below a threshold of 10 %")
  void anHourlyRateJustBelowTheThresholdDoesNotEnter() {
    Trader trader = Trader.startOn(MarketFixture.f0().funding("0.000011415"));

    trader.advance(Duration.ofMinutes(10));

    assertThat(trader.orders()).isEmpty();
    assertThat(trader.edge().apr()).contains(new BigDecimal("0.099995"));
  }

  @Test
  @Scenario("E01")
  @DisplayName("E01 annualisation: 10.0004 % a year enters")
  void anHourlyRateJustAboveTheThresholdEnters() {
    Trader trader = Trader.startOn(MarketFixture.f0().funding("0.000011416"));

    trader.advanceSeconds(1);

    assertThat(trader.orders()).containsExactly(PASSIVE_BID);
    assertThat(trader.edge().apr()).contains(new BigDecimal("0.100004"));
  }

  @Test
  @Scenario("E03")
  @DisplayName("E03 post-only does not cross")
  void anOffsetBeyondTheSpreadStopsOneTickBeforeTheAsk() {
    MarketFixture fixture = MarketFixture.f0().spotQuotes("40.000", "40.001");
    Trader trader = Trader.startOn(fixture, "execution.price_offset_ticks=5");

    trader.advanceSeconds(5);

    assertThat(trader.orders()).containsExactly("spot buy 4.99 @ 40 alo entry");
    assertThat(trader.fills()).isEmpty();
    assertThat(trader.events("reject")).isEmpty();
  }

  @Test
  @Scenario("E05")
  @DisplayName("E05 remaining only: after 120 USD the next entry is for the other 80")
  void aSecondRoundEntersOnlyWhatIsMissing() {
    MarketFixture fixture = MarketFixture.f0();
    Trader trader = Trader.startOn(fixture);
    trader.advanceSeconds(3);
    fixture.takerSellsSpot("3.00");
    trader.advanceTo(Duration.ofSeconds(33));
    assertThat(trader.position()).as("the round timed out at 30 s").isEqualTo(Quantity.of("-3"));
    assertThat(trader.state()).isEqualTo("HEDGED");

    trader.advanceSeconds(10);

    assertThat(trader.orders())
        .containsExactly(
            PASSIVE_BID, "perp sell 3 @ 39.945 ioc hedge", "spot buy 1.99 @ 40.001 alo entry");
    fixture.takerSellsSpot("1.99");
    trader.advanceSeconds(2);
    assertThat(trader.position()).isEqualTo(Quantity.of("-4.99"));
    assertThat(trader.books().invested()).isLessThanOrEqualTo(Usd.of("202"));
  }

  @Test
  @Scenario("E05")
  @DisplayName("E05 remaining only: the next round comes five seconds after one that timed out")
  void aRoundThatTimedOutIsFollowedAfterFiveSeconds() {
    MarketFixture fixture = MarketFixture.f0();
    Trader trader = Trader.startOn(fixture);
    trader.advanceSeconds(3);
    fixture.takerSellsSpot("3.00");

    trader.advanceTo(Duration.ofSeconds(60));

    Duration ended =
        Duration.between(MarketFixture.T0, trader.events("cancel_order").getFirst().at());
    Duration next = Duration.between(MarketFixture.T0, trader.placed().get(2).at());
    assertThat(ended).isBetween(Duration.ofSeconds(30), Duration.ofMillis(30_500));
    assertThat(next.minus(ended)).isBetween(Duration.ofSeconds(5), Duration.ofMillis(5_500));
  }

  @Test
  @Scenario("E06")
  @DisplayName("E06 rounding remainder: thirty cents are left over for ever")
  void theFewCentsThatRoundingLeavesAreNeverEntered() {
    MarketFixture fixture = MarketFixture.f0();
    Trader trader = Trader.startOn(fixture);
    trader.advanceSeconds(3);
    fixture.takerSellsSpot("4.99");

    trader.advance(Duration.ofHours(6));

    assertThat(trader.orders()).containsExactly(PASSIVE_BID, ITS_HEDGE);
    assertThat(trader.events("target_reached")).hasSize(1);
  }

  @Test
  @Scenario("E07")
  @DisplayName("E07 margin gate: 150 USDC cannot carry a short of 200")
  void blocksAnEntryForLackOfCollateralAndLogsItOnce() {
    Trader trader = Trader.startOn(MarketFixture.f0().wallets("1000", "150"));

    trader.advance(Duration.ofMinutes(10));

    assertThat(trader.orders()).isEmpty();
    assertThat(trader.reasons("entry_blocked")).containsExactly("leverage_pending", "perp_margin");
  }

  @Test
  @Scenario("E08")
  @DisplayName("E08 spot hold: money in the owner's own bids cannot be spent")
  void quoteHeldByAManualOrderBlocksTheEntry() {
    MarketFixture fixture = MarketFixture.f0();
    fixture.byHand(SPOT, Side.BUY, "30", "30", TimeInForce.GTC);
    Trader trader = Trader.startOn(fixture);

    trader.advance(Duration.ofMinutes(10));

    assertThat(trader.orders()).isEmpty();
    assertThat(trader.reasons("entry_blocked")).containsExactly("leverage_pending", "spot_balance");
  }

  /** Fees that with F0's books make a round trip cost so many bps: the books cost 2.7486. */
  private static MarketFixture costing(String feesBps) {
    BigDecimal fees = new BigDecimal(feesBps).movePointLeft(4);
    return MarketFixture.f0().fees("0", fees.toPlainString(), "0", "0");
  }

  @Test
  @Scenario("E09")
  @DisplayName("E09 EV gate: 19.8 bps expected do not pay for 28")
  void anEntryThatDoesNotEarnItsCostsIsBlocked() {
    Trader trader =
        Trader.startOn(
            costing("25.2514").settledBefore("0", 0).funding("0.00005"),
            "strategy.ev_gate=true",
            "strategy.horizon_h=72",
            "strategy.max_break_even_h=72");

    trader.advanceSeconds(30);

    assertThat(trader.orders()).isEmpty();
    assertThat(trader.lastEvent("entry_blocked").value("reason")).isEqualTo("ev_bps");
    assertThat(trader.edge().expectedValueBps()).contains(new BigDecimal("-8.23"));
  }

  @Test
  @Scenario("E09")
  @DisplayName("E09 EV gate: 19.8 bps expected pay for 11")
  void anEntryThatEarnsItsCostsIsEntered() {
    Trader trader =
        Trader.startOn(
            costing("8.2514").settledBefore("0", 0).funding("0.00005"),
            "strategy.ev_gate=true",
            "strategy.horizon_h=72",
            "strategy.max_break_even_h=72");

    trader.advanceMillis(150);
    assertThat(trader.edge().expectedValueBps()).contains(new BigDecimal("8.77"));
    assertThat(trader.edge().breakEvenHours()).contains(30);

    trader.advanceSeconds(1);
    assertThat(trader.orders()).containsExactly(PASSIVE_BID);
  }

  @Test
  @Scenario("E09")
  @DisplayName("E09 EV gate: neutral funding over two weeks pays for 20 bps in 160 hours")
  void neutralFundingPaysForTheUsualCosts() {
    Trader trader =
        Trader.startOn(
            costing("17.2514").settledBefore("0.0000125", 24).funding("0.0000125"),
            "strategy.ev_gate=true");

    trader.advanceMillis(150);
    assertThat(trader.edge().expectedValueBps()).contains(new BigDecimal("22.00"));
    assertThat(trader.edge().breakEvenHours()).contains(160);

    trader.advanceSeconds(1);
    assertThat(trader.orders()).containsExactly(PASSIVE_BID);
  }

  @Test
  @Scenario("E09")
  @DisplayName("E09 EV gate: neutral funding would need 184 hours to pay for 23 bps")
  void neutralFundingDoesNotPayForTakersCosts() {
    Trader trader =
        Trader.startOn(
            costing("20.2514").settledBefore("0.0000125", 24).funding("0.0000125"),
            "strategy.ev_gate=true");

    trader.advanceSeconds(30);

    assertThat(trader.orders()).isEmpty();
    assertThat(trader.lastEvent("entry_blocked").value("reason")).isEqualTo("break_even_h");
    assertThat(trader.lastEvent("entry_blocked").value("value")).isEqualTo("184");
  }

  private static final MarketId BTC = new MarketId("BTC");
  private static final Instrument BTC_SPOT =
      coin(InstrumentId.spot(BTC), "UBTC/USDC", 10_142, 5, 8, "1");
  private static final Instrument BTC_PERP = coin(InstrumentId.perp(BTC), "BTC", 0, 5, 6, "1");
  private static final MarketId KX = new MarketId("KX");
  private static final Instrument KX_SPOT =
      coin(InstrumentId.spot(KX), "KX/USDC", 10_300, 0, 8, "1000");
  private static final Instrument KX_PERP = coin(InstrumentId.perp(KX), "kX", 300, 0, 6, "1000");

  /**
   * @param decimals that its price may have at a size of whole units
   */
  private static Instrument coin(
      InstrumentId id,
      String symbol,
      int asset,
      int sizeDecimals,
      int decimals,
      String multiplier) {
    return new Instrument(
        id,
        symbol,
        symbol,
        asset,
        sizeDecimals,
        new PriceRule.SignificantFigures(decimals - sizeDecimals),
        Usd.of("10"),
        new BigDecimal(multiplier),
        id.leg() == Leg.PERP ? 10 : 1,
        false);
  }

  private static String only(String base, Instrument spot, Instrument perp, String multiplier) {
    return """
    markets=[{"base":"%s","spot":"%s","perp":"%s","unit_multiplier":%s}]\
    """
        .formatted(base, spot.symbol(), perp.symbol(), multiplier);
  }

  /** Quotes of BTC, each side one level of one coin. */
  private static MarketFixture bitcoin(
      String spotBid, String spotAsk, String perpBid, String perpAsk) {
    return MarketFixture.f0()
        .listing(BTC_SPOT, BTC_PERP)
        .change(world -> world.oracle(BTC_PERP, Price.of(spotBid)))
        .quotes(BTC_SPOT, FixtureF0.touch(spotBid, "1", spotAsk, "1"))
        .quotes(BTC_PERP, FixtureF0.touch(perpBid, "1", perpAsk, "1"));
  }

  @Test
  @Scenario("E10")
  @DisplayName("E10 tick decade: below 100 000 the ask is improved by a tick of one")
  void aBitcoinQuoteBelowTheDecadeIsAWholeNumber() {
    Trader trader =
        Trader.startOn(
            bitcoin("99990", "100001", "99995", "100000"),
            only("BTC", BTC_SPOT, BTC_PERP, "1"),
            "execution.leg_mode=both");

    trader.advanceSeconds(1);

    assertThat(trader.orders())
        .containsExactly("spot buy 0.002 @ 99991 alo entry", "perp sell 0.002 @ 99999 alo entry");
  }

  @Test
  @Scenario("E10")
  @DisplayName("E10 tick decade: above 100 000 no half dollar is ever quoted")
  void aBitcoinQuoteAboveTheDecadeIsAWholeNumber() {
    MarketFixture fixture = bitcoin("99990", "100001", "99999", "100002");
    Trader trader =
        Trader.startOn(fixture, only("BTC", BTC_SPOT, BTC_PERP, "1"), "execution.leg_mode=both");

    trader.advanceSeconds(1);
    fixture.quotes(BTC_PERP, FixtureF0.touch("100000", "1", "100001", "1"));
    trader.advanceSeconds(10);

    assertThat(trader.orders())
        .contains("spot buy 0.00199 @ 99991 alo entry", "perp sell 0.00199 @ 100001 alo entry")
        .noneMatch(order -> order.contains("100000.5"));
  }

  @Test
  @Scenario("E10")
  @DisplayName("E10 tick decade: a k-perp keeps to six decimals on both sides of a cent")
  void aPerpOfAThousandCoinsIsQuotedWithLegalDecimals() {
    MarketFixture fixture =
        MarketFixture.f0()
            .listing(KX_SPOT, KX_PERP)
            .change(world -> world.oracle(KX_PERP, Price.of("0.00998")))
            .quotes(KX_SPOT, FixtureF0.touch("0.00000997", "900000000", "0.00000999", "900000000"))
            .quotes(KX_PERP, FixtureF0.touch("0.009985", "900000", "0.00999", "900000"));
    Trader trader = Trader.startOn(fixture, only("KX", KX_SPOT, KX_PERP, "1000"));
    trader.advanceSeconds(1);
    fixture.takerTrades(KX_SPOT, Side.SELL, "0.00000998", "30000000");
    trader.advanceSeconds(400);
    assertThat(trader.status(KX).state()).isEqualTo("HEDGED");

    fixture
        .change(world -> world.oracle(KX_PERP, Price.of("0.01002")))
        .quotes(KX_SPOT, FixtureF0.touch("0.00001002", "900000000", "0.00001003", "900000000"))
        .quotes(KX_PERP, FixtureF0.touch("0.010025", "900000", "0.01003", "900000"))
        .funding("0");
    trader.advanceSeconds(30);

    assertThat(trader.status(KX).state()).isEqualTo("FLAT");
    assertThat(trader.orders())
        .hasSize(4)
        .first()
        .isEqualTo("spot buy 20038015 @ 0.00000998 alo entry");
    assertThat(trader.orders()).allMatch(order -> order.startsWith("spot") || decimals(order) <= 6);
  }

  private static int decimals(String order) {
    return new BigDecimal(order.replaceAll(".* @ (\\S+) .*", "$1")).scale();
  }

  @Test
  @Scenario("E11")
  @DisplayName("E11 caps: with 200 of 300 USD in another market, 100 are entered")
  void aPortfolioCapLeavesOnlyTheRest() {
    MarketFixture fixture = bitcoin("99990", "99991", "99995", "99996");
    Trader trader =
        Trader.startOn(
            fixture,
            "risk.per_symbol_notional_cap=200",
            "risk.portfolio_notional_cap=300",
            """
            markets=[{"base":"HYPE","spot":"HYPE/USDC","perp":"HYPE"},\
            {"base":"BTC","spot":"UBTC/USDC","perp":"BTC"}]\
            """);

    trader.advanceSeconds(1);
    fixture.takerSellsSpot("4.99").takerTrades(BTC_SPOT, Side.SELL, "99990", "2");
    trader.advance(Duration.ofMinutes(5));

    assertThat(trader.status(HYPE).state()).isEqualTo("HEDGED");
    assertThat(trader.status(BTC).state()).isEqualTo("HEDGED");
    assertThat(fixture.account().position(BTC_PERP.id())).isEqualTo(Quantity.of("-0.002"));
    assertThat(trader.position()).as("100.01 USD of headroom").isEqualTo(Quantity.of("-2.49"));
  }

  @Test
  @Scenario("E12")
  @DisplayName("E12 min_spread_ticks=30: twenty ticks of basis are too few")
  void aPerpTooNearTheSpotBlocksTheEntry() {
    Trader trader = Trader.startOn(MarketFixture.f0(), "risk.min_spread_ticks=30");

    trader.advanceSeconds(30);

    assertThat(trader.orders()).isEmpty();
    assertThat(trader.lastEvent("entry_blocked").value("reason")).isEqualTo("min_spread_ticks");
    assertThat(trader.lastEvent("entry_blocked").value("value")).isEqualTo("20.00");
  }

  @Test
  @Scenario("E12")
  @DisplayName("E12 min_spread_ticks=30: thirty-one are enough")
  void aPerpFarEnoughAboveTheSpotEnters() {
    MarketFixture fixture = MarketFixture.f0().perpQuotes("40.031", "40.041");
    Trader trader = Trader.startOn(fixture, "risk.min_spread_ticks=30");

    trader.advanceSeconds(1);

    assertThat(trader.orders()).containsExactly(PASSIVE_BID);
  }

  @Test
  @Scenario("A09")
  @DisplayName("A09 foreign order: the owner's own bids are neither cancelled nor in the way")
  void leavesTheOwnersOrdersAlone() {
    MarketFixture fixture = MarketFixture.f0();
    MarketId btc = new MarketId("BTC");
    Instrument btcSpot = FixtureF0.spot(btc, "UBTC/USDC", 142);
    Instrument btcPerp = FixtureF0.perp(btc, "BTC", 0, 40);
    fixture.listing(btcSpot, btcPerp);
    fixture.byHand(btcSpot, Side.BUY, "9000", "0.01", TimeInForce.GTC);
    fixture.byHand(SPOT, Side.BUY, "39.000", "1", TimeInForce.GTC);
    fixture.byHand(btcPerp, Side.BUY, "9000", "0.01", TimeInForce.GTC);
    Trader trader = Trader.startOn(fixture);
    trader.advanceSeconds(3);
    assertThat(trader.live()).containsExactly(PASSIVE_BID);

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
}
