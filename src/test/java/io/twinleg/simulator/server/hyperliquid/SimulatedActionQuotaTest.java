package io.twinleg.simulator.server.hyperliquid;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SimulatedActionQuotaTest {
  private static final Instant NOW = Instant.parse("2026-01-05T12:10:00Z");

  private final SimulatedActionQuota budget = new SimulatedActionQuota();

  @Test
  void tenThousandRequestsAndOneForEachDollarTraded() {
    budget.use(10_000, NOW);
    assertThat(budget.objection(false, NOW))
        .contains(
            "Too many cumulative requests sent (10001 > 10000) for cumulative volume traded $0.00."
                + " Place taker orders to free up 1 request per USDC traded.");
    budget.traded(new BigDecimal("1.5"));
    assertThat(budget.objection(false, NOW)).isEmpty();
  }

  @Test
  void cancelsHaveTwiceAsMany() {
    budget.use(19_999, NOW);
    assertThat(budget.objection(true, NOW)).isEmpty();
    budget.use(1, NOW);
    assertThat(budget.objection(true, NOW)).isPresent();
  }

  @Test
  void whoHasNoneLeftMayAskOnceInTenSecondsAfterTheLastAnswer() {
    budget.use(10_000, NOW);
    assertThat(budget.objection(false, NOW.plusSeconds(9))).isPresent();
    assertThat(budget.objection(false, NOW.plusSeconds(10))).isEmpty();
    budget.use(1, NOW.plusSeconds(10));
    assertThat(budget.objection(false, NOW.plusSeconds(11))).isPresent();
  }

  @Test
  void openOrdersGrowWithTheVolumeUpToFiveThousand() {
    assertThat(budget.openOrdersMax()).isEqualTo(1000);
    budget.traded(new BigDecimal("5000000"));
    assertThat(budget.openOrdersMax()).isEqualTo(1001);
    budget.traded(new BigDecimal("50000000000"));
    assertThat(budget.openOrdersMax()).isEqualTo(5000);
  }
}
