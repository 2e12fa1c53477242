package io.twinleg.acceptance;

import static io.twinleg.simulator.FixtureF0.PERP;
import static io.twinleg.simulator.FixtureF0.SPOT;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.core.model.BookSnapshot;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.OrderPurpose;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.PriceLevel;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Side;
import io.twinleg.scenario.Scenario;
import io.twinleg.simulator.FixtureF0;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * What a leg mode does before its first order: which leg rests (specification 2.3), and the gates
 * and sizes that depend on it. What happens to the orders is in {@link LegModeMatrixTest}.
 */
@Execution(ExecutionMode.CONCURRENT)
class LegModeGatesTest {
  private final MarketFixture fixture = MarketFixture.f0();

  private Trader starting(String legMode, String... settings) {
    String[] all = new String[settings.length + 1];
    all[0] = "execution.leg_mode=" + legMode;
    System.arraycopy(settings, 0, all, 1, settings.length);
    return Trader.startOn(fixture, all);
  }

  private Trader choosing() {
    Trader trader = starting("auto");
    trader.advanceSeconds(3);
    return trader;
  }

  // ---- which leg rests

  @Test
  @DisplayName("2.3 auto: where the spot is thinner it rests")
  void restsOnAThinnerSpot() {
    fixture.quotes(SPOT, FixtureF0.book("40.000", "40.010", "10"));
    Trader trader = choosing();

    assertThat(trader.live()).containsExactly("spot buy 4.99 @ 40.001 alo entry");
    assertThat(trader.lastEvent("leg_sequence").fields())
        .containsEntry("leg_mode", "auto")
        .containsEntry("approach", "spot_first")
        .containsEntry("spot_depth", new BigDecimal("30"))
        .containsKey("perp_depth");
  }

  @Test
  @DisplayName("2.3 auto: between books of the same depth the spot goes first, which fails cheaper")
  void restsOnTheSpotWhenBothBooksAreEquallyDeep() {
    assertThat(choosing().lastEvent("leg_sequence").value("approach")).isEqualTo("spot_first");
  }

  @Test
  @DisplayName("2.3 auto: only what lies within the slippage cap is depth")
  void countsNoDepthBeyondTheCap() {
    List<PriceLevel> bids =
        List.of(
            new PriceLevel(Price.of("40.020"), Quantity.of("20")),
            new PriceLevel(Price.of("39.900"), Quantity.of("500")));
    fixture.quotes(PERP, new BookSnapshot(bids, FixtureF0.book("40.020", "40.030").asks()));
    assertThat(choosing().lastEvent("leg_sequence").value("approach")).isEqualTo("perp_first");
  }

  @Test
  @DisplayName("2.3 auto: a round keeps its legs though the books turn; the next one chooses anew")
  void choosesTheLegsOncePerRound() {
    fixture.quotes(SPOT, FixtureF0.book("40.000", "40.010", "10"));
    Trader trader = choosing();
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

  // ---- gates and sizes

  @Test
  @Scenario({"E07", "E08"})
  @DisplayName("E07, E08 perp first: margin and coins' price are there before the perp is sold")
  void checksBothBalancesBeforeSellingThePerp() {
    Trader poorInMargin =
        Trader.startOn(MarketFixture.f0().wallets("1000", "150"), "execution.leg_mode=perp_first");
    Trader poorInCash =
        Trader.startOn(MarketFixture.f0().wallets("150", "1000"), "execution.leg_mode=perp_first");
    poorInMargin.advanceSeconds(30);
    poorInCash.advanceSeconds(30);

    assertThat(poorInMargin.orders()).isEmpty();
    assertThat(poorInMargin.reasons("entry_blocked")).endsWith("perp_margin");
    assertThat(poorInCash.orders()).isEmpty();
    assertThat(poorInCash.reasons("entry_blocked")).endsWith("spot_balance");
  }

  @Test
  @DisplayName("1.7 gate 12, perp first: a spot that offers less than a clip blocks the entry")
  void requiresTheDepthThatItsHedgeNeeds() {
    fixture.quotes(SPOT, FixtureF0.touch("40.000", "500", "40.010", "3"));
    Trader trader = starting("perp_first");
    trader.advanceSeconds(5);

    assertThat(trader.orders()).isEmpty();
    assertThat(trader.reasons("entry_blocked")).endsWith("spot_depth");
  }

  @Test
  @DisplayName("2.3 batch: a clip is no larger than what every book gives within the cap")
  void takesNoMoreThanTheThinnestBookGives() {
    fixture.quotes(SPOT, FixtureF0.touch("40.000", "500", "40.010", "2"));
    Trader trader = starting("batch");
    while (trader.placed().isEmpty()) {
      trader.advanceMillis(10);
    }

    assertThat(trader.messages().getFirst())
        .containsExactly("spot buy 2 @ 40.085 ioc entry", "perp sell 2 @ 39.945 ioc entry");
  }

  @Test
  @DisplayName(
      "1.7 gate 12, batch: too little for an order in a book blocks the entry, and says so")
  void blocksTheEntryOnABookTooThinForAnyOrder() {
    fixture.quotes(PERP, FixtureF0.touch("40.020", "0.2", "40.030", "500"));
    Trader trader = starting("batch");
    trader.advanceSeconds(5);

    assertThat(trader.orders()).isEmpty();
    assertThat(trader.reasons("entry_blocked")).endsWith("perp_depth");
  }

  @Test
  @DisplayName(
      "I9: at a wide slippage cap the clip is smaller, so that the cap keeps to the target")
  void sizesByWhatItMayHaveToPay() {
    Trader trader = starting("batch", "execution.max_slippage_bps=400");
    trader.advanceSeconds(3);

    assertThat(trader.placed(OrderPurpose.ENTRY)).hasSizeGreaterThanOrEqualTo(2);
    assertThat(trader.orders().getFirst()).startsWith("spot buy 4.85 @ 41.605 ioc");
    assertThat(trader.state()).isEqualTo("HEDGED");
  }
}
