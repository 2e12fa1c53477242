package io.twinleg.core.strategy;

import io.twinleg.core.model.SettingChecks;
import io.twinleg.core.model.Usd;
import java.math.BigDecimal;
import java.time.Duration;

/**
 * What is worth holding. Thresholds are simple yearly rates on notional (0.10 is 10 % a year).
 *
 * @param targetUsdNotional per leg
 * @param signalWindowHours how many hourly rates the signal averages (specification 1.1)
 * @param horizonHours over which a round trip must earn {@code minEdgeBps} after its costs
 * @param defer an exit by rate or value waits at most this long for a payment in its favour
 */
public record StrategySettings(
    BigDecimal enterThresholdApr,
    BigDecimal exitThresholdApr,
    Usd targetUsdNotional,
    int signalWindowHours,
    boolean evGate,
    int horizonHours,
    BigDecimal minEdgeBps,
    int maxBreakEvenHours,
    Duration defer) {

  /** 4 % an hour, the venue's cap, as a yearly rate. */
  private static final BigDecimal HIGHEST_APR = new BigDecimal("350.4");

  public static final BigDecimal LEAST_TARGET_USD = new BigDecimal("50");

  public StrategySettings {
    SettingChecks.require(
        enterThresholdApr.signum() > 0 && enterThresholdApr.compareTo(HIGHEST_APR) <= 0,
        "strategy.enter_threshold_apr",
        enterThresholdApr.toPlainString(),
        "above 0 and at most 350.4 (the venue's cap of 4 % an hour)");
    SettingChecks.require(
        exitThresholdApr.compareTo(enterThresholdApr) < 0,
        "strategy.exit_threshold_apr",
        exitThresholdApr.toPlainString(),
        "less than strategy.enter_threshold_apr (" + enterThresholdApr.toPlainString() + ")");
    SettingChecks.require(
        targetUsdNotional.value().compareTo(LEAST_TARGET_USD) >= 0,
        "strategy.target_usd_notional",
        targetUsdNotional,
        "at least 50 (five times the venue's minimum order)");
    SettingChecks.within("strategy.signal_window_h", signalWindowHours, 1, 2160);
    SettingChecks.within("strategy.horizon_h", horizonHours, 1, 8760);
    SettingChecks.require(
        minEdgeBps.signum() >= 0, "strategy.min_edge_bps", minEdgeBps.toPlainString(), "0 or more");
    SettingChecks.within("strategy.max_break_even_h", maxBreakEvenHours, 1, 8760);
    SettingChecks.within("strategy.defer_s", defer.toSeconds(), 0, 1800);
  }
}
