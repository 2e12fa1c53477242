package io.twinleg.core.strategy;

import io.twinleg.core.model.MarketId;
import io.twinleg.core.model.SettingChecks;
import io.twinleg.core.model.Usd;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One capital over many markets: how much of it, in how many of them at once, and what it takes to
 * move it from one to another.
 *
 * @param capital in quote, of both wallets together
 * @param maxPositions how many markets are held at once; each gets an equal part of the capital
 * @param rebalanceBand how far a position's value may drift from its part, as a fraction of it,
 *     before it is resized
 * @param volatility what a part keeps as collateral for a rise
 * @param liquidity how much of a market a part may be
 */
public record PortfolioSettings(
    Usd capital,
    int maxPositions,
    Rotation rotation,
    BlendedForecast forecast,
    BigDecimal rebalanceBand,
    VolatilityMargin volatility,
    LiquidityShares liquidity) {

  /** With no rise known beforehand, and markets as large as may be. */
  public PortfolioSettings(
      Usd capital,
      int maxPositions,
      Rotation rotation,
      BlendedForecast forecast,
      BigDecimal rebalanceBand) {
    this(
        capital,
        maxPositions,
        rotation,
        forecast,
        rebalanceBand,
        VolatilityMargin.OF_ONE_RISE,
        LiquidityShares.ANY);
  }

  public static final BigDecimal HIGHEST_CAPITAL_USD = new BigDecimal("1000000000");

  /**
   * When one market is left for another.
   *
   * @param horizonHours over which the better rate must pay for the move
   * @param minImprovementBps what it must earn beyond the costs of the move, of one leg's notional
   * @param minHold no market is left for another sooner after it was entered
   * @param gap a market takes part in at most one rotation within this time
   */
  public record Rotation(
      int horizonHours, BigDecimal minImprovementBps, Duration minHold, Duration gap) {
    public Rotation {
      SettingChecks.within("portfolio.horizon_h", horizonHours, 1, 8760);
      SettingChecks.require(
          minImprovementBps.signum() >= 0,
          "portfolio.min_improvement_bps",
          minImprovementBps.toPlainString(),
          "0 or more");
      SettingChecks.within("portfolio.min_hold_h", minHold.toHours(), 0, 8760);
      SettingChecks.within("portfolio.rotation_gap_h", gap.toHours(), 0, 8760);
    }

    /** As a fraction of notional. */
    BigDecimal minImprovement() {
      return minImprovementBps.movePointLeft(4);
    }

    /** What a rate of this much an hour brings over the horizon. */
    BigDecimal over(BigDecimal hourly) {
      return hourly.multiply(BigDecimal.valueOf(horizonHours));
    }
  }

  /**
   * How much collateral a short is given for what its coin may rise by.
   *
   * @param factor of the worst rise within 24 hours; 0 is off
   * @param onRecord that rise by market, as a fraction, where it is known beforehand
   */
  public record VolatilityMargin(BigDecimal factor, Map<MarketId, BigDecimal> onRecord) {
    static final VolatilityMargin OF_ONE_RISE = new VolatilityMargin(BigDecimal.ONE, Map.of());

    public VolatilityMargin {
      SettingChecks.within("portfolio.volatility_factor", factor, "0", "10");
      onRecord = Collections.unmodifiableMap(new TreeMap<>(onRecord));
    }

    /**
     * As a fraction of the short's value; empty where no rise is known.
     *
     * @param seen the worst rise by the run's own marks; null where it is not known
     */
    public Optional<BigDecimal> of(MarketId market, @Nullable BigDecimal seen) {
      return Stream.concat(Stream.ofNullable(onRecord.get(market)), Stream.ofNullable(seen))
          .max(BigDecimal::compareTo)
          .map(factor::multiply);
    }
  }

  /**
   * How much of a market a part may be, as fractions; 0 for any.
   *
   * @param volume of what was traded of the coin within 24 hours
   * @param interest of what is open in the perp
   */
  public record LiquidityShares(BigDecimal volume, BigDecimal interest) {
    static final LiquidityShares ANY = new LiquidityShares(BigDecimal.ZERO, BigDecimal.ZERO);

    public LiquidityShares {
      SettingChecks.within("portfolio.volume_share", volume, "0", "1");
      SettingChecks.within("portfolio.oi_share", interest, "0", "1");
    }
  }

  public PortfolioSettings {
    SettingChecks.require(
        capital.signum() > 0 && capital.value().compareTo(HIGHEST_CAPITAL_USD) <= 0,
        "portfolio.capital_usd",
        capital,
        "above 0 and at most " + HIGHEST_CAPITAL_USD.toPlainString());
    SettingChecks.within("portfolio.max_positions", maxPositions, 1, 100);
    SettingChecks.within("portfolio.rebalance_band", rebalanceBand, "0.05", "10");
  }
}
