package io.twinleg.research.scan;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One perp in a scan. What a history does not hold is null, never zero.
 *
 * @param takerCostBps in and out again, of the notional of one leg
 * @param breakEvenHours null: not within four horizons
 * @param expectedNetUsd forecast funding over the horizon less the taker's cost
 */
public record ScanRow(
    String coin,
    Hedging hedging,
    Funding funding,
    double takerCostBps,
    double makerCostBps,
    @Nullable Integer breakEvenHours,
    double expectedNetUsd,
    double netAprOnCapital,
    Risk risk) {
  private static final MathContext FIGURES = new MathContext(8);

  /**
   * @param parity the token's price in units of the perp's: the median of a week
   * @param volumeUsd of the token in the last 24 recorded hours
   * @param refused why it cannot be hedged, as a sentence; empty where it can
   */
  public record Hedging(
      @Nullable String token,
      @Nullable Double parity,
      @Nullable Double volumeUsd,
      String refused) {}

  /**
   * Yearly rates and shares of the last month's hours.
   *
   * @param hours of rates that are recorded
   * @param variation standard deviation over the mean
   */
  public record Funding(
      int hours,
      double apr7d,
      double apr30d,
      double atFloor,
      double belowZero,
      int positiveStreak,
      @Nullable Double variation,
      double newestApr) {}

  /**
   * @param leverageMax of the venue
   * @param volatility of a year
   * @param ended whether its recording stopped before the others'
   */
  public record Risk(@Nullable Integer leverageMax, @Nullable Double volatility, boolean ended) {}

  public boolean isHedgeable() {
    return hedging.refused().isEmpty();
  }

  /** By the names that {@code --json} has; empty where it is not known. */
  public Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("perp", coin);
    fields.put("hedge_token", Optional.ofNullable(hedging.token()));
    fields.put("parity", rounded(hedging.parity()));
    fields.put("refused", hedging.refused());
    fields.put("funding_hours", funding.hours());
    fields.put("apr_7d", rounded(funding.apr7d()));
    fields.put("apr_30d", rounded(funding.apr30d()));
    fields.put("share_at_floor", rounded(funding.atFloor()));
    fields.put("share_below_zero", rounded(funding.belowZero()));
    fields.put("positive_streak_h", funding.positiveStreak());
    fields.put("coefficient_of_variation", rounded(funding.variation()));
    fields.put("newest_apr", rounded(funding.newestApr()));
    fields.put("newest_less_7d_apr", rounded(funding.newestApr() - funding.apr7d()));
    fields.put("cost_taker_bps", rounded(takerCostBps));
    fields.put("cost_maker_bps", rounded(makerCostBps));
    fields.put("exit_depth_usd", Optional.empty());
    fields.put("spot_volume_24h_usd", rounded(hedging.volumeUsd()));
    fields.put("break_even_h", Optional.ofNullable(breakEvenHours));
    fields.put("expected_net_usd", rounded(expectedNetUsd));
    fields.put("net_apr_on_capital", rounded(netAprOnCapital));
    fields.put("leverage_max", Optional.ofNullable(risk.leverageMax()));
    fields.put("volatility", rounded(risk.volatility()));
    fields.put("ended", risk.ended());
    return fields;
  }

  private static Optional<BigDecimal> rounded(@Nullable Double value) {
    return Optional.ofNullable(value).map(known -> new BigDecimal(known).round(FIGURES));
  }
}
