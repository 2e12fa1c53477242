package io.twinleg.core;

import io.twinleg.core.execution.pricing.ExecutionSettings;
import io.twinleg.core.execution.pricing.LegMode;
import io.twinleg.core.execution.reconciliation.ReconciliationSettings;
import io.twinleg.core.model.MarketId;
import io.twinleg.core.model.TimeInForce;
import io.twinleg.core.model.Usd;
import io.twinleg.core.risk.RiskSettings;
import io.twinleg.core.strategy.StrategySettings;
import io.twinleg.simulator.FixtureF0;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;

/** F0's configuration, for tests of the core alone. */
final class F0Settings {
  private static final MarketId HYPE = FixtureF0.PERP.id().market();

  private F0Settings() {}

  static Settings aligning(ReconciliationSettings.Mode mode) {
    StrategySettings strategy =
        new StrategySettings(
            new BigDecimal("0.10"),
            new BigDecimal("0.04"),
            Usd.of("200"),
            1,
            false,
            336,
            new BigDecimal("3"),
            168,
            Duration.ofSeconds(300));
    ExecutionSettings execution =
        new ExecutionSettings(
            1,
            TimeInForce.ALO,
            Duration.ofMillis(800),
            Duration.ofSeconds(30),
            Duration.ofSeconds(5),
            Duration.ofMillis(1500),
            1,
            true,
            Duration.ofSeconds(300),
            new BigDecimal("20"),
            LegMode.SPOT_FIRST,
            Usd.of("200"),
            BigDecimal.ONE);
    RiskSettings risk =
        new RiskSettings(
            Usd.of("500"),
            Usd.of("2000"),
            Usd.of("50"),
            RiskSettings.OnDrawdown.FLATTEN,
            0,
            20,
            new BigDecimal("0.03"),
            new RiskSettings.MarginBands(
                BigDecimal.ONE,
                new BigDecimal("0.6"),
                new BigDecimal("0.45"),
                new BigDecimal("0.3"),
                new BigDecimal("0.25")));
    return new Settings(
        List.of(new Settings.MarketSettings(HYPE, strategy, execution)),
        risk,
        new ReconciliationSettings(true, mode, 1),
        new ShutdownSettings(ShutdownSettings.Mode.KEEP_HEDGED, Duration.ofSeconds(20)),
        false,
        Duration.ofSeconds(1));
  }
}
