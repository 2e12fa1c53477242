package io.twinleg.stress.invariants;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.core.model.Fee;
import io.twinleg.core.model.Fill;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Side;
import io.twinleg.scenario.Scenario;
import io.twinleg.simulator.FixtureF0;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class MarkoutTest {
  private final CostStats costs = new CostStats();
  private Instant now = FixtureF0.T0;

  private void hit(Side side, boolean maker, String later) {
    Fill fill =
        new Fill(
            Optional.empty(),
            FixtureF0.SPOT.id(),
            side,
            Price.of("40"),
            Quantity.of("5"),
            Fee.quote("0"),
            maker,
            1,
            1,
            now);
    costs.add(fill, new BigDecimal("40.005"));
    now = now.plusSeconds(4);
    costs.update(now, seen -> new BigDecimal("99"));
    now = now.plusSeconds(1);
    costs.update(now, seen -> new BigDecimal(later));
  }

  @Test
  @Scenario("M06")
  @DisplayName("M06: a bid that is hit whenever the price falls by 10 bps is marked at -10 bps")
  void M06_aBidThatIsHitWhenThePriceFallsLoses() {
    for (int i = 0; i < 100; i++) {
      hit(Side.BUY, true, "39.96");
    }
    assertThat(costs.markoutBps()).isEqualByComparingTo("-10");
  }

  @Test
  @DisplayName("M06: as much against an ask as for a bid is nothing, and a taker has no markout")
  void countsBothSidesAndOnlyWhoRested() {
    hit(Side.BUY, true, "40.04");
    hit(Side.SELL, true, "40.04");
    hit(Side.SELL, false, "50");
    assertThat(costs.markoutBps()).isEqualByComparingTo("0");
  }
}
