package io.twinleg.core.strategy;

import io.twinleg.core.market.FundingHistory;
import io.twinleg.core.model.Rate;
import io.twinleg.core.model.SettingChecks;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.util.Optional;

/**
 * What a market is expected to pay an hour: a part of what it paid on average, and for the rest the
 * venue's base rate. Averages come back to that rate, so that the best of many markets is never
 * expected to stay as good as it was (docs/research.md has the errors measured).
 *
 * @param windowHours of settled hours that are averaged
 * @param weight of the average, from 0 to 1
 * @param baseApr a simple yearly rate on notional, to which the rest reverts
 */
public record BlendedForecast(int windowHours, BigDecimal weight, BigDecimal baseApr) {
  private static final BigDecimal HOURS_A_YEAR = BigDecimal.valueOf(Rate.HOURS_A_YEAR);

  public BlendedForecast {
    SettingChecks.within("portfolio.forecast_window_h", windowHours, 1, 2160);
    SettingChecks.within("portfolio.forecast_weight", weight, "0", "1");
    SettingChecks.within("portfolio.forecast_base_apr", baseApr, "-1", "10");
  }

  /**
   * The expected rate of an hour, from the settled ones alone. Empty where the history is shorter
   * than the window or has gaps (specification 1.1): a coin that was listed today has no forecast.
   */
  public Optional<BigDecimal> perHour(FundingHistory history, Instant now) {
    return history.meanSettled(windowHours, now).map(this::perHour);
  }

  /** The same of a mean hourly rate. */
  public BigDecimal perHour(BigDecimal mean) {
    BigDecimal base = baseApr.divide(HOURS_A_YEAR, MathContext.DECIMAL64);
    return weight
        .multiply(mean)
        .add(BigDecimal.ONE.subtract(weight).multiply(base), MathContext.DECIMAL64);
  }

  static BigDecimal apr(BigDecimal hourly) {
    return hourly.multiply(HOURS_A_YEAR);
  }
}
