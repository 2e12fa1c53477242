package io.twinleg.core.execution.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Usd;
import io.twinleg.simulator.FixtureF0;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class HedgeImbalanceTest {
  private static Instrument taking(Instrument it, String least) {
    return new Instrument(
        it.id(),
        it.symbol(),
        it.wireName(),
        it.assetId(),
        it.sizeDecimals(),
        it.prices(),
        Usd.of(least),
        it.unitMultiplier(),
        it.maxLeverage(),
        it.onlyIsolated());
  }

  private static HedgeImbalance gap(String coins, String leastSpot, String leastPerp) {
    return HedgeImbalance.of(
        Quantity.of(coins),
        Quantity.ZERO,
        BigDecimal.ONE,
        taking(FixtureF0.SPOT, leastSpot),
        taking(FixtureF0.PERP, leastPerp),
        Price.of("10"));
  }

  @Test
  void aGapIsTradedFromFivePercentAboveTheLeastOrderOfTheDearerLeg() {
    assertThat(gap("1.04", "10", "10").isUnhedged()).isFalse();
    assertThat(gap("1.05", "10", "10").isUnhedged()).isTrue();
    assertThat(gap("0.52", "5", "5").isUnhedged()).isFalse();
    assertThat(gap("0.53", "5", "5").isUnhedged()).isTrue();
    assertThat(gap("0.53", "5", "10").isUnhedged()).isFalse();
  }

  @Test
  void whatTheVenueCalledTooSmallIsAResidual() {
    HedgeImbalance gap = gap("1.06", "10", "10");
    assertThat(gap.tradableFrom(Usd.of("10.8")).isUnhedged()).isFalse();
    assertThat(gap.tradableFrom(Usd.of("9")).isUnhedged()).isTrue();
  }
}
