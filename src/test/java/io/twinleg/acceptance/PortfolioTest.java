package io.twinleg.acceptance;

import static io.twinleg.simulator.FixtureF0.HYPE;
import static io.twinleg.simulator.FixtureF0.PERP;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.MarketId;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Side;
import io.twinleg.scenario.Scenario;
import io.twinleg.simulator.FixtureF0;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** One capital over HYPE and SOL, one of them at a time. */
class PortfolioTest {
  private static final MarketId SOL = new MarketId("SOL");
  private static final Instrument SOL_SPOT = FixtureF0.spot(SOL, "USOL/USDC", 156);
  private static final Instrument SOL_PERP = FixtureF0.perp(SOL, "SOL", 5, 20);

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
  private static MarketFixture twoCoins() {
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

  private static String[] settings(String... more) {
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
}
