package io.twinleg.acceptance;

import static io.twinleg.simulator.FixtureF0.HYPE;
import static io.twinleg.simulator.FixtureF0.PERP;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.MarketId;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Side;
import io.twinleg.simulator.FixtureF0;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Two coins, each with its own target, on the wallets of one account. */
class SharedMoneyTest {
  private static final MarketId SOL = new MarketId("SOL");
  private static final Instrument SOL_SPOT = FixtureF0.spot(SOL, "USOL/USDC", 156);
  private static final Instrument SOL_PERP = FixtureF0.perp(SOL, "SOL", 5, 20);
  private static final String MARKETS =
      """
      markets=[{"base":"HYPE","spot":"HYPE/USDC","perp":"HYPE"},\
      {"base":"SOL","spot":"USOL/USDC","perp":"SOL"}]\
      """;

  private static MarketFixture twoCoins() {
    return MarketFixture.f0()
        .listing(SOL_SPOT, SOL_PERP)
        .funding(PERP, "0.00005")
        .funding(SOL_PERP, "0.00005")
        .change(world -> world.oracle(SOL_PERP, Price.of("150.03")))
        .quotes(SOL_SPOT, FixtureF0.book("150.00", "150.06"))
        .quotes(SOL_PERP, FixtureF0.book("150.07", "150.11"));
  }

  @Test
  @DisplayName("a bid that rests in one coin keeps the margin of its hedge from the other coin")
  void aRestingBidKeepsTheMarginOfItsHedge() {
    MarketFixture fixture = twoCoins().wallets("1000", "300");
    Trader trader = Trader.startOn(fixture, MARKETS);
    trader.advanceSeconds(20);
    assertThat(trader.live()).containsExactly("spot buy 4.99 @ 40.001 alo entry");
    assertThat(trader.lastEvent("entry_blocked").event().market()).contains(SOL);
    assertThat(trader.lastEvent("entry_blocked").value("reason")).isEqualTo("perp_margin");
    fixture.takerSellsSpot("5");
    trader.advanceSeconds(20);
    assertThat(trader.status(HYPE).state()).isEqualTo("HEDGED");
    assertThat(fixture.account().position(PERP.id())).isEqualTo(Quantity.of("-4.99"));
  }

  @Test
  @DisplayName("where the wallets carry both, both bids rest at once and both are hedged")
  void whereTheWalletsCarryBothBothRest() {
    MarketFixture fixture = twoCoins().wallets("420", "450");
    Trader trader = Trader.startOn(fixture, MARKETS);
    trader.advanceSeconds(20);
    assertThat(trader.live())
        .containsExactlyInAnyOrder(
            "spot buy 4.99 @ 40.001 alo entry", "spot buy 1.33 @ 150.01 alo entry");
    fixture.takerSellsSpot("5").takerTrades(SOL_SPOT, Side.SELL, "149", "1.33");
    trader.advanceSeconds(20);
    assertThat(trader.status(HYPE).state()).isEqualTo("HEDGED");
    assertThat(trader.status(SOL).state()).isEqualTo("HEDGED");
  }
}
