package io.twinleg.research;

import io.twinleg.core.Settings;
import io.twinleg.core.Settings.MarketSettings;
import io.twinleg.core.ShutdownSettings;
import io.twinleg.core.execution.pricing.ExecutionSettings;
import io.twinleg.core.execution.pricing.LegMode;
import io.twinleg.core.execution.reconciliation.ReconciliationSettings;
import io.twinleg.core.model.TimeInForce;
import io.twinleg.core.model.Usd;
import io.twinleg.core.risk.RiskSettings;
import io.twinleg.core.strategy.BlendedForecast;
import io.twinleg.core.strategy.PortfolioSettings;
import io.twinleg.core.strategy.StrategySettings;
import io.twinleg.simulator.FixtureF0;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;

/** The settings of config_example.json, for one market. */
final class CarryRun {
  private CarryRun() {}

  static Settings settings() {
    return new Settings(
        List.of(new MarketSettings(FixtureF0.HYPE, strategy(), execution())),
        risk(),
        new ReconciliationSettings(true, ReconciliationSettings.Mode.LOG, 1),
        new ShutdownSettings(ShutdownSettings.Mode.KEEP_HEDGED, Duration.ofSeconds(20)),
        false,
        Duration.ofSeconds(1));
  }

  /** The same on one capital of 900 USD. */
  static Settings oneCapital() {
    Settings alone = settings();
    return new Settings(
        alone.markets(),
        alone.risk(),
        alone.alignment(),
        alone.shutdown(),
        alone.once(),
        alone.evaluationInterval(),
        new PortfolioSettings(
            Usd.of("900"),
            1,
            new PortfolioSettings.Rotation(
                168, new BigDecimal("3"), Duration.ofHours(8), Duration.ofHours(4)),
            new BlendedForecast(168, new BigDecimal("0.5"), new BigDecimal("0.1095")),
            new BigDecimal("0.25")));
  }

  private static StrategySettings strategy() {
    return new StrategySettings(
        new BigDecimal("0.10"),
        new BigDecimal("0.04"),
        Usd.of("200"),
        168,
        true,
        336,
        new BigDecimal("3"),
        168,
        Duration.ofSeconds(300));
  }

  private static ExecutionSettings execution() {
    return new ExecutionSettings(
        1,
        TimeInForce.ALO,
        Duration.ofMillis(800),
        Duration.ofSeconds(30),
        Duration.ofMillis(5000),
        Duration.ofMillis(1500),
        1,
        true,
        Duration.ofSeconds(300),
        new BigDecimal("20"),
        LegMode.SPOT_FIRST,
        Usd.of("200"),
        BigDecimal.ONE);
  }

  private static RiskSettings risk() {
    return new RiskSettings(
        Usd.of("500"),
        Usd.of("2000"),
        Usd.of("50"),
        RiskSettings.OnDrawdown.FLATTEN,
        1,
        20,
        new BigDecimal("0.03"),
        new RiskSettings.MarginBands(
            new BigDecimal("1.0"),
            new BigDecimal("0.60"),
            new BigDecimal("0.45"),
            new BigDecimal("0.30"),
            new BigDecimal("0.25")));
  }
}
