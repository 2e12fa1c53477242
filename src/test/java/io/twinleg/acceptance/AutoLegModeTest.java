package io.twinleg.acceptance;

import static io.twinleg.simulator.FixtureF0.PERP;
import static io.twinleg.simulator.FixtureF0.SPOT;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.core.model.BookSnapshot;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.PriceLevel;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Side;
import io.twinleg.simulator.FixtureF0;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Semantics 2.3: the leg with the thinner book rests, the deeper one takes. */
@Execution(ExecutionMode.CONCURRENT)
class AutoLegModeTest {
  private final MarketFixture fixture = MarketFixture.f0();

  private Trader starting() {
    Trader trader = Trader.startOn(fixture, "execution.leg_mode=auto");
    trader.advanceSeconds(3);
    return trader;
  }

  @Test
  @DisplayName("2.3 auto: where the spot is thinner it rests")
  void restsOnAThinnerSpot() {
    fixture.quotes(SPOT, FixtureF0.book("40.000", "40.010", "10"));
    Trader trader = starting();

    assertThat(trader.live()).containsExactly("spot buy 4.99 @ 40.001 alo entry");
    assertThat(trader.lastEvent("leg_sequence").fields())
        .containsEntry("leg_mode", "auto")
        .containsEntry("approach", "spot_first")
        .containsEntry("spot_depth", new BigDecimal("30"))
        .containsKey("perp_depth");
  }

  @Test
  @DisplayName("2.3 auto: where the perp is thinner it rests")
  void restsOnAThinnerPerp() {
    fixture.quotes(PERP, FixtureF0.book("40.020", "40.030", "10"));
    Trader trader = starting();

    assertThat(trader.live()).containsExactly("perp sell 4.99 @ 40.029 alo entry");
    assertThat(trader.lastEvent("leg_sequence").value("approach")).isEqualTo("perp_first");
    fixture.takerBuysPerp("40.029", "4.99");
    trader.advanceSeconds(2);
    assertThat(trader.fills()).containsExactly("perp sell 4.99 @ 40.029", "spot buy 4.99 @ 40.01");
    assertThat(trader.state()).isEqualTo("HEDGED");
  }

  @Test
  @DisplayName("2.3 auto: between books of the same depth the spot goes first, which fails cheaper")
  void restsOnTheSpotWhenBothBooksAreEquallyDeep() {
    assertThat(starting().lastEvent("leg_sequence").value("approach")).isEqualTo("spot_first");
  }

  @Test
  @DisplayName("2.3 auto: only what lies within the slippage cap is depth")
  void countsNoDepthBeyondTheCap() {
    List<PriceLevel> bids =
        List.of(
            new PriceLevel(Price.of("40.020"), Quantity.of("20")),
            new PriceLevel(Price.of("39.900"), Quantity.of("500")));
    fixture.quotes(PERP, new BookSnapshot(bids, FixtureF0.book("40.020", "40.030").asks()));
    assertThat(starting().lastEvent("leg_sequence").value("approach")).isEqualTo("perp_first");
  }

  @Test
  @DisplayName("2.3 auto: a round keeps its legs though the books turn; the next one chooses anew")
  void choosesTheLegsOncePerRound() {
    fixture.quotes(SPOT, FixtureF0.book("40.000", "40.010", "10"));
    Trader trader = starting();
    fixture.spotQuotes("40.000", "40.010");
    fixture.quotes(PERP, FixtureF0.book("40.020", "40.030", "10"));
    trader.advanceSeconds(5);
    assertThat(trader.live()).containsExactly("spot buy 4.99 @ 40.001 alo entry");

    fixture.takerSellsSpot("2");
    trader.advanceSeconds(1);
    assertThat(trader.filled(Leg.PERP, Side.SELL)).isEqualTo(Quantity.of("2"));
    trader.advance(Duration.ofSeconds(60));
    assertThat(trader.lastEvent("leg_sequence").value("approach")).isEqualTo("perp_first");
    assertThat(trader.events("leg_sequence")).hasSizeGreaterThan(1);
  }
}
