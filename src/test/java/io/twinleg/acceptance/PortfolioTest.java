package io.twinleg.acceptance;

import static io.twinleg.simulator.FixtureF0.HYPE;
import static io.twinleg.simulator.FixtureF0.PERP;
import static io.twinleg.simulator.FixtureF0.SPOT;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.core.event.Event;
import io.twinleg.core.event.Event.FeedStatusChanged.Feed;
import io.twinleg.core.event.Event.OperatorCommand.Operation;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.MarketId;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Side;
import io.twinleg.core.model.Usd;
import io.twinleg.scenario.Scenario;
import io.twinleg.simulator.FixtureF0;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** One capital over HYPE and SOL, one of them at a time. */
class PortfolioTest {
  static final MarketId SOL = new MarketId("SOL");
  static final Instrument SOL_SPOT = FixtureF0.spot(SOL, "USOL/USDC", 156);
  static final Instrument SOL_PERP = FixtureF0.perp(SOL, "SOL", 5, 20);

  /** The forecast is the mean of 24 settled hours; what is held may go after two. */
  private static final List<String> PORTFOLIO =
      List.of(
          """
          markets=[{"base":"HYPE","spot":"HYPE/USDC","perp":"HYPE"},\
          {"base":"SOL","spot":"USOL/USDC","perp":"SOL"}]\
          """,
          "portfolio.capital_usd=900",
          "portfolio.max_positions=1",
          "portfolio.forecast_window_h=24",
          "portfolio.forecast_weight=1",
          "portfolio.min_hold_h=2");

  /** HYPE pays 43.8 % a year; SOL stands at 150 and paid 8.76 %. */
  static MarketFixture twoCoins() {
    return MarketFixture.f0()
        .listing(SOL_SPOT, SOL_PERP)
        .settledBefore(PERP, "0.00005", 24)
        .settledBefore(SOL_PERP, "0.00001", 24)
        .funding(PERP, "0.00005")
        .funding(SOL_PERP, "0.00001")
        .change(world -> world.oracle(SOL_PERP, Price.of("150.03")))
        .quotes(SOL_SPOT, FixtureF0.book("150.00", "150.06"))
        .quotes(SOL_PERP, FixtureF0.book("150.07", "150.11"));
  }

  static String[] settings(String... more) {
    List<String> all = new ArrayList<>(PORTFOLIO);
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  /** In HYPE with 4.99, the better of the two. */
  private static Trader inHype(MarketFixture fixture, String... more) {
    return Trader.hedgedOn(fixture, settings(more));
  }

  private static List<String> allocations(Trader trader, MarketId market) {
    return trader.events("allocation").stream()
        .filter(each -> each.event().market().filter(market::equals).isPresent())
        .map(each -> each.value("action") + " " + each.value("reason"))
        .toList();
  }

  private static Quantity shortOf(MarketFixture fixture, Instrument perp) {
    return fixture.account().position(perp.id());
  }

  @Test
  @DisplayName("the better coin is entered and the other one waits")
  void entersTheBetterCoin() {
    MarketFixture fixture = twoCoins();
    Trader trader = inHype(fixture);
    trader.advance(Duration.ofHours(3));
    assertThat(trader.orders())
        .containsExactly("spot buy 4.99 @ 40.001 alo entry", "perp sell 4.99 @ 39.945 ioc hedge");
    assertThat(allocations(trader, HYPE)).containsExactly("hold among_the_best", "hold held");
    assertThat(allocations(trader, SOL)).containsExactly("wait below_entry_threshold");
    assertThat(trader.status(SOL).state()).isEqualTo("FLAT");
  }

  /** SOL pays so much that its mean of 24 hours is better by 6.6 % of a year for every hour. */
  @Test
  @Scenario("K10")
  @DisplayName("K10 portfolio rotation: HYPE is closed on both legs, and only then SOL is entered")
  void rotatesWhenTheOtherCoinPaysForTheMove() {
    MarketFixture fixture = twoCoins();
    Trader trader = inHype(fixture);
    fixture.funding(SOL_PERP, "0.0006");
    trader.advanceTo(Duration.ofHours(2));
    assertThat(allocations(trader, SOL))
        .containsExactly("wait below_entry_threshold", "wait not_among_the_best");
    trader.advanceTo(Duration.ofSeconds(10_210));
    assertThat(allocations(trader, HYPE))
        .containsExactly("hold among_the_best", "hold held", "leave rotated_out");
    assertThat(shortOf(fixture, PERP)).isEqualTo(Quantity.ZERO);
    fixture.takerTrades(SOL_SPOT, Side.SELL, "149", "1.33");
    trader.advance(Duration.ofMinutes(2));
    assertThat(trader.status(SOL).state()).isEqualTo("HEDGED");
    assertThat(trader.status(HYPE).state()).isEqualTo("FLAT");
    assertThat(trader.orders())
        .containsExactly(
            "spot buy 4.99 @ 40.001 alo entry",
            "perp sell 4.99 @ 39.945 ioc hedge",
            "perp buy 4.99 @ 40.105 ioc reduce-only exit",
            "spot sell 4.98 @ 39.925 ioc exit",
            "spot buy 1.33 @ 150.01 alo entry",
            "perp sell 1.33 @ 149.79 ioc hedge");
  }

  @Test
  @Scenario("K10")
  @DisplayName("K10 portfolio rotation: a rate that does not pay for the move is left alone")
  void staysWhereTheOtherCoinDoesNotPayForTheMove() {
    MarketFixture fixture = twoCoins();
    fixture.settledBefore(SOL_PERP, "0.00006", 24).funding(SOL_PERP, "0.00005");
    fixture.settledBefore(PERP, "0.00007", 24).funding(PERP, "0.00004");
    Trader trader = inHype(fixture);
    trader.advance(Duration.ofHours(12));
    assertThat(allocations(trader, HYPE)).containsExactly("hold among_the_best", "hold held");
    assertThat(allocations(trader, SOL)).containsExactly("wait not_among_the_best");
    assertThat(trader.orders()).hasSize(2);
  }

  @Test
  @DisplayName("a coin that was listed today is not entered, whatever it pays")
  void aCoinListedTodayIsNotEntered() {
    MarketFixture fixture = twoCoins();
    fixture.settledBefore(SOL_PERP, "0.0009", 10).funding(SOL_PERP, "0.0009");
    Trader trader = inHype(fixture);
    trader.advance(Duration.ofHours(2));
    assertThat(allocations(trader, SOL)).containsExactly("wait no_forecast");
    assertThat(trader.status(SOL).waitingFor().orElseThrow().reason()).isEqualTo("no_forecast");
  }

  @Test
  @DisplayName("a coin whose book is broken holds the decision up for five minutes and no longer")
  void aSilentCoinHoldsUpNoOther() {
    MarketFixture fixture = twoCoins();
    fixture.quotes(SOL_SPOT, FixtureF0.touch("150.00", "3", "", ""));
    Trader trader = Trader.startOn(fixture, settings());
    trader.advanceSeconds(299);
    assertThat(trader.orders()).isEmpty();
    trader.advanceSeconds(3);
    assertThat(trader.orders()).containsExactly("spot buy 4.99 @ 40.001 alo entry");
    assertThat(allocations(trader, SOL)).containsExactly("wait not_tradable");
  }

  /** 5 % of 3,000 traded and 1 % of 12,000 open; SOL's broken book holds the decision up. */
  @Test
  @DisplayName(
      "a part is no more than its share of a coin's volume and of the perp's open interest")
  void aPartIsASmallShareOfItsMarket() {
    MarketFixture fixture = twoCoins();
    fixture.quotes(SOL_SPOT, FixtureF0.touch("150.00", "3", "", ""));
    Trader trader = Trader.startOn(fixture, settings());
    trader.receives(new Event.LiquidityReported(SPOT.id(), Usd.of("3000")));
    trader.advanceSeconds(302);
    assertThat(trader.live()).containsExactly("spot buy 3.74 @ 40.001 alo entry");

    MarketFixture thin = twoCoins();
    thin.quotes(SOL_SPOT, FixtureF0.touch("150.00", "3", "", ""));
    Trader another = Trader.startOn(thin, settings());
    another.receives(new Event.LiquidityReported(SPOT.id(), Usd.of("3000")));
    another.receives(new Event.LiquidityReported(PERP.id(), Usd.of("12000")));
    another.advanceSeconds(302);
    assertThat(another.live()).containsExactly("spot buy 2.99 @ 40.001 alo entry");
  }

  @Test
  @DisplayName("what is held is not sold because less was traded in a day")
  void aQuietDaySellsNothing() {
    MarketFixture fixture = twoCoins();
    Trader trader = inHype(fixture);
    trader.receives(new Event.LiquidityReported(SPOT.id(), Usd.of("100")));
    trader.advance(Duration.ofHours(3));
    assertThat(trader.orders()).hasSize(2);
    assertThat(shortOf(fixture, PERP)).isEqualTo(Quantity.of("-4.99"));
  }

  /** HYPE goes in two clips; the coin is halted when the first of them is out. */
  @Test
  @DisplayName(
      "a coin that is halted in mid-rotation stays hedged, and the other is not entered for it")
  void aCoinHaltedInMidRotationStaysHedged() {
    MarketFixture fixture = twoCoins();
    Trader trader = Trader.startOn(fixture, settings("execution.max_clip_usd=100"));
    for (int i = 0; i < 4; i++) {
      trader.advanceSeconds(10);
      fixture.takerSellsSpot("2.50");
    }
    trader.advanceSeconds(10);
    assertThat(shortOf(fixture, PERP)).isEqualTo(Quantity.of("-4.99"));
    fixture.funding(SOL_PERP, "0.0006");
    trader.advanceTo(Duration.ofSeconds(10_200));
    trader.awaitEvent("close_spot_order");
    fixture.status(PERP, false, true);
    trader.advance(Duration.ofMinutes(61));
    Quantity left = shortOf(fixture, PERP);
    assertThat(left.signum()).isNegative();
    assertThat(left).isGreaterThan(Quantity.of("-4.99"));
    assertThat(trader.status(SOL).state()).isEqualTo("FLAT");
    assertThat(shortOf(fixture, SOL_PERP)).isEqualTo(Quantity.ZERO);
    fixture.status(PERP, false, false);
    trader.advanceSeconds(30);
    assertThat(shortOf(fixture, PERP)).isEqualTo(Quantity.ZERO);
    assertThat(trader.live()).containsExactly("spot buy 0.66 @ 150.01 alo entry");
  }

  @Test
  @DisplayName("paused in mid-rotation the first coin is closed, and the second waits for resume")
  void pausedInMidRotationItEndsFlatInBoth() {
    MarketFixture fixture = twoCoins();
    Trader trader = inHype(fixture);
    fixture.funding(SOL_PERP, "0.0006");
    trader.advanceTo(Duration.ofSeconds(10_200));
    trader.awaitEvent("exit_condition_met");
    trader.operatorRequests(Operation.PAUSE, "");
    trader.advance(Duration.ofHours(2));
    assertThat(shortOf(fixture, PERP)).isEqualTo(Quantity.ZERO);
    assertThat(shortOf(fixture, SOL_PERP)).isEqualTo(Quantity.ZERO);
    assertThat(trader.live()).isEmpty();
    trader.operatorRequests(Operation.RESUME, "");
    trader.advance(Duration.ofHours(1));
    assertThat(trader.live()).containsExactly("spot buy 1.33 @ 150.01 alo entry");
  }

  /** As where the only venue is away: its account and its books say nothing. */
  @Test
  @DisplayName(
      "the venue silent in mid-rotation: what is left stays hedged, and nothing is entered")
  void theVenueSilentInMidRotationNothingNewIsEntered() {
    MarketFixture fixture = twoCoins();
    Trader trader = inHype(fixture);
    fixture.funding(SOL_PERP, "0.0006");
    trader.advanceTo(Duration.ofSeconds(10_190));
    trader.cut(Feed.BOOK);
    trader.cut(Feed.ACCOUNT);
    trader.advance(Duration.ofHours(3));
    assertThat(shortOf(fixture, PERP)).isEqualTo(Quantity.of("-4.99"));
    assertThat(trader.orders()).hasSize(2);
    assertThat(allocations(trader, HYPE)).endsWith("hold not_tradable");
    assertThat(allocations(trader, SOL)).endsWith("wait not_tradable");
    trader.restore(Feed.BOOK);
    trader.restore(Feed.ACCOUNT);
    trader.advanceSeconds(40);
    assertThat(shortOf(fixture, PERP)).isEqualTo(Quantity.ZERO);
    assertThat(trader.live()).containsExactly("spot buy 1.33 @ 150.01 alo entry");
  }

  @Test
  @DisplayName("paused before a rotation begins nothing is left")
  void pausedNothingIsRotated() {
    MarketFixture fixture = twoCoins();
    Trader trader = inHype(fixture);
    fixture.funding(SOL_PERP, "0.0006");
    trader.operatorRequests(Operation.PAUSE, "");
    trader.advance(Duration.ofHours(5));
    assertThat(shortOf(fixture, PERP)).isEqualTo(Quantity.of("-4.99"));
    assertThat(allocations(trader, SOL)).endsWith("wait not_tradable");
  }

  @Test
  @DisplayName("two coins are entered clip by clip in turn, never both at once")
  void twoCoinsAreEnteredInTurn() {
    MarketFixture fixture = twoCoins();
    fixture.settledBefore(SOL_PERP, "0.00006", 24).funding(SOL_PERP, "0.00006");
    Trader trader =
        Trader.startOn(
            fixture, settings("portfolio.max_positions=2", "execution.max_clip_usd=100"));
    for (int i = 0; i < 120; i++) {
      fixture.takerSellsSpot("0.70").takerTrades(SOL_SPOT, Side.SELL, "149", "0.20");
      trader.advanceSeconds(1);
      assertThat(trader.live().stream().filter(order -> order.endsWith("entry")))
          .hasSizeLessThan(2);
    }
    assertThat(shortOf(fixture, PERP)).isEqualTo(Quantity.of("-5"));
    assertThat(shortOf(fixture, SOL_PERP)).isEqualTo(Quantity.of("-1.33"));
  }

  /** HYPE doubles: 4.99 are worth 399 USD where the cap is 300. */
  @Test
  @DisplayName("after a rally a cap binds: both legs are brought back to their part")
  void aCapThatBindsBringsThePositionBack() {
    MarketFixture fixture = twoCoins().wallets("3000", "3000");
    Trader trader = inHype(fixture, "risk.per_symbol_notional_cap=300");
    doubles(trader, fixture);
    assertThat(trader.lastEvent("position_reduced").value("stage")).isEqualTo("completed");
    assertThat(shortOf(fixture, PERP)).isBetween(Quantity.of("-2.60"), Quantity.of("-2.40"));
    assertThat(trader.state()).isEqualTo("HEDGED");
  }

  private static void doubles(Trader trader, MarketFixture fixture) {
    fixture.spotQuotes("80.000", "80.010").perpQuotes("80.020", "80.030").oracle("80.005");
    trader.advanceSeconds(10);
    fixture.spotQuotes("80.001", "80.011");
    trader.advance(Duration.ofMinutes(5));
  }

  @Test
  @DisplayName("books that were thin when the hour was decided do not make the cap take more")
  void aCapTakesNoMoreAfterAThinBook() {
    MarketFixture fixture = twoCoins().wallets("3000", "3000");
    Trader trader = inHype(fixture, "risk.per_symbol_notional_cap=300");
    trader.advanceTo(Duration.ofMinutes(45));
    fixture
        .quotes(SPOT, FixtureF0.book("40.000", "40.010", "0.30"))
        .quotes(PERP, FixtureF0.book("40.020", "40.030", "0.30"));
    trader.advanceTo(Duration.ofMinutes(61));
    assertThat(trader.lastEvent("allocation").value("target_usd")).asString().startsWith("36.");
    fixture.spotQuotes("40.001", "40.011").perpQuotes("40.021", "40.031");
    trader.advanceSeconds(5);
    doubles(trader, fixture);
    assertThat(shortOf(fixture, PERP)).isBetween(Quantity.of("-2.60"), Quantity.of("-2.40"));
  }

  /** 4.99 at 61 are 304 USD, 4 more than the cap; the part is 200. */
  @Test
  @DisplayName("how far a value may fall before it is filled up says nothing of a cap")
  void aWideBandDoesNotCloseWhatExceedsTheCap() {
    MarketFixture fixture = twoCoins().wallets("3000", "3000");
    Trader trader =
        inHype(fixture, "risk.per_symbol_notional_cap=300", "portfolio.rebalance_band=2");
    fixture.spotQuotes("61.000", "61.010").perpQuotes("61.020", "61.030").oracle("61.005");
    trader.advanceSeconds(10);
    fixture.spotQuotes("61.001", "61.011");
    trader.advance(Duration.ofMinutes(5));
    assertThat(shortOf(fixture, PERP)).isBetween(Quantity.of("-3.35"), Quantity.of("-3.20"));
    assertThat(trader.events("position_reduced")).hasSize(2);
  }

  /** HYPE nearly doubles: its short loses 176 of the 420 USD that carry both. */
  @Test
  @DisplayName("collateral short after a rally is moved once for the account, and both coins stay")
  void collateralShortAfterARallyIsMovedOnceForTheAccount() {
    MarketFixture fixture = twoCoins();
    fixture.settledBefore(SOL_PERP, "0.00006", 24).funding(SOL_PERP, "0.00006");
    Trader trader = Trader.startOn(fixture, settings("portfolio.max_positions=2"));
    for (int i = 0; i < 30; i++) {
      fixture.takerSellsSpot("0.70").takerTrades(SOL_SPOT, Side.SELL, "149", "0.20");
      trader.advanceSeconds(1);
    }
    fixture.withdraws("580", Leg.PERP);
    trader.advanceSeconds(2);
    fixture.spotQuotes("76.000", "76.010").perpQuotes("76.000", "76.010").oracle("76.01");
    trader.advanceSeconds(30);
    assertThat(trader.events("collateral_moved")).hasSize(1);
    assertThat(trader.events("position_reduced")).isEmpty();
    assertThat(shortOf(fixture, PERP)).isEqualTo(Quantity.of("-4.9"));
    assertThat(shortOf(fixture, SOL_PERP)).isEqualTo(Quantity.of("-1.33"));
    assertThat(fixture.exchange().account(FixtureF0.ACCOUNT).perpEquity())
        .isBetween(Usd.of("555"), Usd.of("590"));
  }

  /** 199 USD carry 198.46 of coins, with slippage and the fee that is kept in coins. */
  @Test
  @DisplayName("what the wallets do not carry whole is entered as far as they do")
  void aPartThatTheWalletsDoNotCarryIsEnteredAsFarAsTheyDo() {
    MarketFixture fixture = twoCoins().wallets("199", "1000");
    Trader trader = Trader.startOn(fixture, settings());
    trader.advanceSeconds(10);
    assertThat(trader.live()).containsExactly("spot buy 4.95 @ 40.001 alo entry");
    fixture.takerSellsSpot("5");
    trader.advance(Duration.ofHours(2));
    assertThat(trader.state()).isEqualTo("HEDGED");
    assertThat(shortOf(fixture, PERP)).isEqualTo(Quantity.of("-4.95"));
    assertThat(trader.orders()).hasSize(2);
  }

  @Test
  @DisplayName("what the wallets carry less of than a position is worth is not entered")
  void lessThanAPositionIsWorthIsNotEntered() {
    MarketFixture fixture = twoCoins().wallets("40", "1000");
    Trader trader = Trader.startOn(fixture, settings());
    trader.advance(Duration.ofHours(1));
    assertThat(trader.orders()).isEmpty();
    assertThat(trader.status(HYPE).state()).isEqualTo("FLAT");
    assertThat(trader.events("entry_blocked"))
        .extracting(each -> each.event().market().orElseThrow() + " " + each.value("reason"))
        .contains("HYPE spot_balance");
  }

  /** 180 % of collateral and its buffers: a part of 450 USD carries 159.46 of the 200 aimed at. */
  @Test
  @DisplayName("a coin that may nearly treble in a day is held smaller, with collateral for it")
  void aCoinThatMayRiseFarIsHeldSmaller() {
    Trader trader = mayRise("portfolio.capital_usd=450");
    assertThat(trader.live()).containsExactly("spot buy 3.98 @ 40.001 alo entry");
  }

  @Test
  @DisplayName("a part that has the collateral for the rise is entered whole")
  void aPartThatCarriesTheRiseIsEnteredWhole() {
    Trader trader = mayRise("portfolio.capital_usd=900");
    assertThat(trader.live()).containsExactly("spot buy 4.99 @ 40.001 alo entry");
  }

  private static Trader mayRise(String capital) {
    Trader trader =
        Trader.startOn(
            twoCoins(),
            settings(
                """
                markets=[{"base":"HYPE","spot":"HYPE/USDC","perp":"HYPE","worst_rise_24h":1.8},\
                {"base":"SOL","spot":"USOL/USDC","perp":"SOL"}]\
                """,
                capital));
    trader.advanceSeconds(10);
    return trader;
  }

  /**
   * From 40 to 100 within the first day: a part of 450 USD carries 178.4 with 150 % of collateral,
   * and SOL is whole.
   */
  @Test
  @DisplayName("what a coin rose by while it was watched counts too, once that is a day")
  void whatACoinRoseByWhileItWasWatchedCounts() {
    MarketFixture fixture = twoCoins();
    Trader trader = Trader.startOn(fixture, settings("portfolio.capital_usd=450"));
    trader.operatorRequests(Operation.PAUSE, "");
    trader.advance(Duration.ofHours(2));
    fixture.spotQuotes("100.00", "100.01").perpQuotes("100.02", "100.03").oracle("100.00");
    trader.advanceTo(Duration.ofHours(23));
    assertThat(trader.engine().marketData().market(HYPE).orElseThrow().worstRise()).isEmpty();
    trader.advanceTo(Duration.ofHours(25));
    fixture.oracle("100.01");
    trader.advanceTo(Duration.ofHours(26));
    assertThat(trader.engine().marketData().market(HYPE).orElseThrow().worstRise().orElseThrow())
        .isBetween(new BigDecimal("1.49"), new BigDecimal("1.51"));
    trader.operatorRequests(Operation.RESUME, "");
    trader.advance(Duration.ofHours(1));
    assertThat(trader.orders()).startsWith("spot buy 1.78 @ 100 alo entry");
  }

  @Test
  @DisplayName("after a fall the position is filled up to its part again")
  void afterAFallItIsFilledUpAgain() {
    MarketFixture fixture = twoCoins();
    Trader trader = inHype(fixture);
    fixture.spotQuotes("20.000", "20.010").perpQuotes("20.020", "20.030").oracle("20.005");
    trader.advanceTo(Duration.ofSeconds(3_010));
    assertThat(trader.live()).containsExactly("spot buy 5 @ 20.001 alo entry");
  }

  @Test
  @DisplayName("stopped for a week it decides anew on what it holds")
  void resumesAfterAWeek() {
    MarketFixture fixture = twoCoins();
    Trader trader = inHype(fixture);
    fixture.funding(SOL_PERP, "0.0006");
    trader.kill();
    fixture.exchange().advanceTo(trader.now().plus(Duration.ofDays(7)));
    trader.restart();
    trader.advanceSeconds(30);
    assertThat(allocations(trader, HYPE)).endsWith("leave rotated_out");
    assertThat(shortOf(fixture, PERP)).isEqualTo(Quantity.ZERO);
    assertThat(trader.live()).containsExactly("spot buy 1.33 @ 150.01 alo entry");
  }

  @Test
  @DisplayName("what is idle is a state, and what is held has hours left and a word")
  void showsIdleCapitalAndAWord() {
    MarketFixture fixture = twoCoins();
    Trader trader = inHype(fixture);
    trader.advanceSeconds(10);
    var capital = trader.engine().capital(trader.now()).orElseThrow();
    assertThat(capital.capital()).isEqualTo(Usd.of("900"));
    assertThat(capital.inUse()).isEqualTo(Usd.of("399.224948004"));
    assertThat(capital.idle()).isEqualTo(Usd.of("500.775051996"));
    assertThat(capital.markets())
        .extracting(row -> row.market() + " " + row.choice() + " " + row.readiness())
        .containsExactly("HYPE hold HOLD", "SOL wait ");
    assertThat(capital.markets().getFirst().hoursLeft()).isEqualTo(45);
  }
}
