package io.twinleg.core.risk;

import io.twinleg.core.model.SettingChecks;
import io.twinleg.core.model.Usd;
import java.math.BigDecimal;
import java.math.MathContext;

/**
 * What must never be exceeded, for the whole account.
 *
 * @param perSymbolNotionalCap of one market, the larger of its two legs
 * @param minSpreadTicks how many perp ticks the perp must stand above the spot before an entry; 0
 *     is off
 * @param maxReplacesPerMin new orders sent in any 60 seconds
 * @param maxUnitGap how far spot × multiplier may stand from the perp before we doubt that they are
 *     one coin
 */
public record RiskSettings(
    Usd perSymbolNotionalCap,
    Usd portfolioNotionalCap,
    Usd maxDrawdownUsd,
    OnDrawdown onDrawdown,
    int minSpreadTicks,
    int maxReplacesPerMin,
    BigDecimal maxUnitGap,
    MarginBands marginBands) {

  public enum OnDrawdown {
    HALT,
    FLATTEN
  }

  /** Perp equity over perp notional at which something is done (specification 2.10). */
  public record MarginBands(
      BigDecimal target,
      BigDecimal warn,
      BigDecimal act,
      BigDecimal emergency,
      BigDecimal liquidationDistanceMin) {
    public MarginBands {
      descending("risk.margin_ratio_warn", warn, "risk.margin_ratio_target", target);
      descending("risk.margin_ratio_act", act, "risk.margin_ratio_warn", warn);
      descending("risk.margin_ratio_emergency", emergency, "risk.margin_ratio_act", act);
      SettingChecks.positive("risk.margin_ratio_emergency", emergency);
      SettingChecks.within("risk.liq_distance_min", liquidationDistanceMin, "0.05", "0.9");
    }

    private static final BigDecimal APART = new BigDecimal("0.10");
    private static final BigDecimal MAINTENANCE_TIMES = new BigDecimal("3");

    /**
     * Raised where a coin's maintenance margin asks for it: it is liquidated from further off than
     * these numbers were made for.
     *
     * @param maxLeverage the coin's greatest leverage; maintenance is half of what that asks for
     */
    MarginBands raisedFor(int maxLeverage) {
      BigDecimal maintenance = maintenance(maxLeverage);
      BigDecimal byDistance =
          liquidationDistanceMin
              .add(BigDecimal.ONE)
              .multiply(maintenance.add(BigDecimal.ONE))
              .subtract(BigDecimal.ONE);
      BigDecimal least = emergency.max(maintenance.multiply(MAINTENANCE_TIMES)).max(byDistance);
      BigDecimal acting = act.max(least.add(APART));
      BigDecimal warning = warn.max(acting.add(APART));
      return new MarginBands(
          target.max(warning.add(APART)), warning, acting, least, liquidationDistanceMin);
    }

    static BigDecimal maintenance(int maxLeverage) {
      return BigDecimal.ONE.divide(BigDecimal.valueOf(2L * maxLeverage), MathContext.DECIMAL64);
    }

    private static void descending(String key, BigDecimal value, String above, BigDecimal bound) {
      SettingChecks.require(
          value.compareTo(bound) < 0,
          key,
          value.toPlainString(),
          "less than " + above + " (" + bound.toPlainString() + ")");
    }
  }

  public RiskSettings {
    SettingChecks.positive("risk.per_symbol_notional_cap", perSymbolNotionalCap.value());
    SettingChecks.require(
        portfolioNotionalCap.compareTo(perSymbolNotionalCap) >= 0,
        "risk.portfolio_notional_cap",
        portfolioNotionalCap,
        "at least risk.per_symbol_notional_cap (" + perSymbolNotionalCap + ")");
    SettingChecks.positive("risk.max_drawdown_usd", maxDrawdownUsd.value());
    SettingChecks.within("risk.min_spread_ticks", minSpreadTicks, 0, 1_000_000);
    SettingChecks.within("execution.max_replaces_per_min", maxReplacesPerMin, 1, 600);
    SettingChecks.within("markets.max_unit_gap", maxUnitGap, "0.0001", "1");
  }
}
