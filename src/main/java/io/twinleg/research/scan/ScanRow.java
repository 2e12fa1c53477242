package io.twinleg.research.scan;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One perp in a scan. What is not known is null, never zero.
 *
 * @param funding null where no rate is known
 * @param outcome null where no rate is known, or not what it costs
 */
public record ScanRow(
    String coin,
    Hedging hedging,
    @Nullable Funding funding,
    Cost cost,
    @Nullable Outcome outcome,
    Risk risk,
    Live live) {
  private static final MathContext FIGURES = new MathContext(8);

  /**
   * @param parity the token's price in units of the perp's; of a recording the median of a week
   * @param volumeUsd of the token in the last 24 hours
   * @param refused why it cannot be hedged, as a sentence; empty where it can
   */
  public record Hedging(
      @Nullable String token, @Nullable Double parity, @Nullable Double volumeUsd, String refused) {
    private static final double PARITY_MAX = 0.03;

    /** A token is the perp's coin only where its price is the perp's: an impostor is refused. */
    public static Hedging byParity(String token, double parity, @Nullable Double volumeUsd) {
      String refused =
          Math.abs(parity - 1) > PARITY_MAX
              ? "the token's price is %.4f of the perp's: it is another coin".formatted(parity)
              : "";
      return new Hedging(token, parity, volumeUsd, refused);
    }

    public Hedging refused(String reason) {
      return new Hedging(token, parity, volumeUsd, reason);
    }
  }

  /**
   * Yearly rates and shares of the last month's hours.
   *
   * @param hours of rates that are on record
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

  /** In and out again, of the notional of one leg. */
  public record Cost(@Nullable Double takerBps, double makerBps) {}

  /**
   * @param breakEvenHours null: not within four horizons
   * @param netUsd forecast funding over the horizon less the taker's cost
   */
  public record Outcome(@Nullable Integer breakEvenHours, double netUsd, double aprOnCapital) {}

  /**
   * @param leverageMax of the venue
   * @param volatility of a year
   * @param worstRise within 24 hours: what a short has to have as collateral, of its notional
   * @param ended whether its rates stopped before the others'
   */
  public record Risk(
      @Nullable Integer leverageMax,
      @Nullable Double volatility,
      @Nullable Double worstRise,
      boolean ended) {}

  /** What a venue shows of this moment; all null in a scan of a history. */
  public record Live(
      @Nullable Double predictedApr,
      @Nullable Double predictedLessWeek,
      @Nullable Double exitDepthUsd,
      @Nullable Double perpVolumeUsd,
      @Nullable Double openInterestUsd,
      @Nullable Double largestUsd,
      @Nullable Boolean isAtInterestCap) {}

  public boolean isHedgeable() {
    return hedging.refused().isEmpty();
  }

  public @Nullable Double expectedNetUsd() {
    return outcome == null ? null : outcome.netUsd();
  }

  public @Nullable Double netAprOnCapital() {
    return outcome == null ? null : outcome.aprOnCapital();
  }

  public @Nullable Integer breakEvenHours() {
    return outcome == null ? null : outcome.breakEvenHours();
  }

  /** By the names that {@code --json} has; empty where it is not known. */
  public Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("perp", coin);
    fields.put("hedge_token", Optional.ofNullable(hedging.token()));
    fields.put("parity", rounded(hedging.parity()));
    fields.put("refused", hedging.refused());
    fields.put("funding_hours", of(Funding::hours));
    fields.put("apr_7d", ofRates(Funding::apr7d));
    fields.put("apr_30d", ofRates(Funding::apr30d));
    fields.put("share_at_floor", ofRates(Funding::atFloor));
    fields.put("share_below_zero", ofRates(Funding::belowZero));
    fields.put("positive_streak_h", of(Funding::positiveStreak));
    fields.put("coefficient_of_variation", ofRates(Funding::variation));
    fields.put("newest_apr", ofRates(Funding::newestApr));
    fields.put("newest_less_7d_apr", ofRates(rates -> rates.newestApr() - rates.apr7d()));
    fields.put("predicted_apr", rounded(live.predictedApr()));
    fields.put("predicted_less_7d_apr", rounded(live.predictedLessWeek()));
    fields.put("cost_taker_bps", rounded(cost.takerBps()));
    fields.put("cost_maker_bps", rounded(cost.makerBps()));
    fields.put("exit_depth_usd", rounded(live.exitDepthUsd()));
    fields.put("spot_volume_24h_usd", rounded(hedging.volumeUsd()));
    fields.put("perp_volume_24h_usd", rounded(live.perpVolumeUsd()));
    fields.put("open_interest_usd", rounded(live.openInterestUsd()));
    fields.put("largest_size_usd", rounded(live.largestUsd()));
    fields.put("break_even_h", Optional.ofNullable(breakEvenHours()));
    fields.put("expected_net_usd", rounded(expectedNetUsd()));
    fields.put("net_apr_on_capital", rounded(netAprOnCapital()));
    fields.put("leverage_max", Optional.ofNullable(risk.leverageMax()));
    fields.put("volatility", rounded(risk.volatility()));
    fields.put("worst_rise_24h", rounded(risk.worstRise()));
    fields.put("at_oi_cap", Optional.ofNullable(live.isAtInterestCap()));
    fields.put("ended", risk.ended());
    return fields;
  }

  private Optional<Integer> of(Function<Funding, Integer> figure) {
    return Optional.ofNullable(funding).map(figure);
  }

  private Optional<BigDecimal> ofRates(Function<Funding, @Nullable Double> figure) {
    return rounded(funding == null ? null : figure.apply(funding));
  }

  private static Optional<BigDecimal> rounded(@Nullable Double value) {
    return Optional.ofNullable(value).map(known -> new BigDecimal(known).round(FIGURES));
  }
}
