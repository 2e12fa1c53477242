package io.twinleg.research.scan;

import io.twinleg.core.model.FeeSchedule;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.Rate;
import io.twinleg.core.strategy.FundingForecast;
import io.twinleg.core.strategy.FundingModel;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Perps beside each other, the one that is expected to earn most first; after those that can be
 * hedged, those that cannot, with the reason.
 */
public final class MarketScan {
  private static final int MONTH_H = 720;
  private static final int WEEK_H = 168;

  /** Hyperliquid's interest alone: what a perp pays whose premium is within its clamp. */
  private static final double FLOOR = 0.0000125;

  private static final double FLOOR_WIDTH = 1e-9;
  private static final long GONE_H = 24;
  private static final int FORECAST_H = 336;

  /** What a position may be of the spot's volume of a day and of the open interest. */
  private static final double VOLUME_SHARE = 0.05;

  private static final double INTEREST_SHARE = 0.01;

  private final Question question;

  /**
   * What is asked.
   *
   * @param notional of one leg, in USD
   * @param horizonHours that it is held
   * @param halfSpreadBps of both legs together, paid on the way in and on the way out by a taker;
   *     null where the books show it
   * @param leverage of the short: the capital is notional × (1 + 1/leverage)
   */
  public record Question(
      double notional,
      int horizonHours,
      FeeSchedule fees,
      @Nullable Double halfSpreadBps,
      int leverage) {
    /** In and out again; null where neither a flag nor a book shows the spread. */
    @Nullable Double takerCost(@Nullable Double slippage) {
      Double own = halfSpreadBps == null ? slippage : Double.valueOf(2 * halfSpreadBps / 1e4);
      return own == null ? null : 2 * (taker(Leg.SPOT) + taker(Leg.PERP)) + own;
    }

    double makerCost() {
      return 2 * (fees.maker(Leg.SPOT).doubleValue() + fees.maker(Leg.PERP).doubleValue());
    }

    private double taker(Leg leg) {
      return fees.taker(leg).doubleValue();
    }

    double capital() {
      return notional * (1 + 1.0 / leverage);
    }
  }

  public MarketScan(Question question) {
    this.question = question;
  }

  /** What is not known comes behind what is. */
  public List<ScanRow> ranked(List<PerpFigures> perps) {
    long newest =
        perps.stream()
            .map(PerpFigures::rates)
            .filter(Objects::nonNull)
            .mapToLong(RateSeries::last)
            .max()
            .orElse(0);
    return perps.stream()
        .map(perp -> row(perp, newest))
        .sorted(
            Comparator.comparing(ScanRow::isHedgeable)
                .reversed()
                .thenComparing(
                    ScanRow::expectedNetUsd,
                    Comparator.nullsLast(Comparator.<Double>reverseOrder()))
                .thenComparing(ScanRow::coin))
        .toList();
  }

  private ScanRow row(PerpFigures perp, long newest) {
    RateSeries rates = perp.rates();
    boolean gone = rates != null && newest - rates.last() > GONE_H;
    ScanRow.Hedging hedging =
        gone && rates != null
            ? perp.hedging().refused("its funding ended at hour " + hourText(rates.last()))
            : perp.hedging();
    Double cost = question.takerCost(perp.now().slippage());
    CloseSeries closes = perp.closes();
    return new ScanRow(
        perp.coin(),
        hedging,
        rates == null ? null : funding(rates),
        new ScanRow.Cost(inBps(cost), question.makerCost() * 1e4),
        rates == null || cost == null ? null : outcome(rates, cost),
        new ScanRow.Risk(
            perp.leverageMax(),
            closes == null ? null : closes.volatility(),
            closes == null ? null : closes.worstRise(),
            gone),
        moment(perp, rates));
  }

  private static @Nullable Double inBps(@Nullable Double share) {
    return share == null ? null : share * 1e4;
  }

  private static ScanRow.Funding funding(RateSeries rates) {
    RateSeries month = rates.ofLast(MONTH_H);
    return new ScanRow.Funding(
        rates.known(),
        rates.ofLast(WEEK_H).mean() * Rate.HOURS_A_YEAR,
        month.mean() * Rate.HOURS_A_YEAR,
        month.share(rate -> Math.abs(rate - FLOOR) < FLOOR_WIDTH),
        month.share(rate -> rate < 0),
        month.streak(),
        month.variation(),
        rates.newest() * Rate.HOURS_A_YEAR);
  }

  private ScanRow.Outcome outcome(RateSeries rates, double cost) {
    ExpectedFunding forecast = ExpectedFunding.fit(rates, rates.last() - FORECAST_H + 1);
    int horizon = question.horizonHours();
    OptionalInt breakEven = forecast.hoursToEarn(cost, 4 * horizon);
    double net = (forecast.sum(horizon) - cost) * question.notional();
    return new ScanRow.Outcome(
        breakEven.isPresent() ? breakEven.getAsInt() : null,
        net,
        net / question.capital() / horizon * Rate.HOURS_A_YEAR);
  }

  private static ScanRow.Live moment(PerpFigures perp, @Nullable RateSeries rates) {
    PerpFigures.Moment now = perp.now();
    Double predicted = now.predictedRate() == null ? null : now.predictedRate() * Rate.HOURS_A_YEAR;
    return new ScanRow.Live(
        predicted,
        predicted == null || rates == null
            ? null
            : predicted - rates.ofLast(WEEK_H).mean() * Rate.HOURS_A_YEAR,
        now.exitDepthUsd(),
        now.perpVolumeUsd(),
        now.openInterestUsd(),
        largest(now, perp.hedging().volumeUsd()),
        now.isAtInterestCap());
  }

  /** By depth, volume and open interest; of what is not known nothing follows. */
  private static @Nullable Double largest(PerpFigures.Moment now, @Nullable Double spotVolume) {
    Double interest = now.openInterestUsd();
    Double depth = now.exitDepthUsd();
    return interest == null || depth == null || spotVolume == null
        ? null
        : Stream.of(depth, spotVolume * VOLUME_SHARE, interest * INTEREST_SHARE)
            .min(Comparator.naturalOrder())
            .orElseThrow();
  }

  private static String hourText(long hour) {
    return Instant.ofEpochSecond(hour * 3600).toString();
  }

  /**
   * What the Engine's forecast expects, in closed form on plain numbers: it places no order, a scan
   * asks it of every market, and a test holds it to the forecast itself.
   *
   * @param newest rate of an hour, which decays to {@code mean} by {@code phi} an hour, below 1
   */
  record ExpectedFunding(double mean, double phi, double newest) {
    /** Rates that never differ come to so little and no more; those that do come to far more. */
    private static final double ROUNDING = 1e-28;

    /**
     * Rates are added in whole numbers, so that neutral funding alone comes to exactly its mean.
     */
    private static final double WHOLE = 1e12;

    private static final double PRIOR_MEAN = FundingModel.PRIOR_MEAN.doubleValue();
    private static final double PRIOR_PHI = FundingModel.PRIOR_PHI.doubleValue();
    private static final double PRIOR_HOURS = FundingModel.PRIOR_HOURS.doubleValue();
    private static final double MOST_PERSISTENT = FundingModel.MOST_PERSISTENT.doubleValue();

    static ExpectedFunding of(FundingModel model, double newest) {
      return new ExpectedFunding(model.fbar().doubleValue(), model.phi().doubleValue(), newest);
    }

    /**
     * As {@code FundingModel.fit}. An hour without a row counts nowhere, and no pair spans it.
     *
     * @param since the first hour that counts
     */
    static ExpectedFunding fit(RateSeries rates, long since) {
      int first = rates.firstSince(since);
      long sum = 0;
      for (int i = first; i < rates.size(); i++) {
        sum += Math.round(rates.rate(i) * WHOLE);
      }
      int n = rates.size() - first;
      double mean = sum / WHOLE / n;
      double covariance = 0;
      double variance = 0;
      for (int i = first + 1; i < rates.size(); i++) {
        if (rates.hour(i) == rates.hour(i - 1) + 1) {
          double before = rates.rate(i - 1) - mean;
          covariance += before * (rates.rate(i) - mean);
          variance += before * before;
        }
      }
      double phi =
          variance < ROUNDING ? PRIOR_PHI : Math.clamp(covariance / variance, 0, MOST_PERSISTENT);
      double prior = PRIOR_HOURS / (n + PRIOR_HOURS);
      return new ExpectedFunding(
          mean + (PRIOR_MEAN - mean) * prior, phi + (PRIOR_PHI - phi) * prior, rates.newest());
    }

    /** Of so many hours: H·mean + (newest − mean)·(phi + phi² + … + phi^H). */
    double sum(int hours) {
      return hours * mean + (newest - mean) * phi * (1 - Math.pow(phi, hours)) / (1 - phi);
    }

    private double rate(int hours) {
      return mean + (newest - mean) * Math.pow(phi, hours);
    }

    /** The first hour by which so much has come in; empty when none up to {@code limit} has. */
    OptionalInt hoursToEarn(double cost, int limit) {
      return cost <= 0
          ? OptionalInt.of(0)
          : FundingForecast.Turn.of(hour -> rate(hour) > 0, limit)
              .firstHour(hour -> sum(hour) >= cost);
    }
  }
}
