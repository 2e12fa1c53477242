package io.twinleg.core.strategy;

import io.twinleg.core.market.FundingHistory;
import io.twinleg.core.market.PairMarketData;
import io.twinleg.core.model.FundingHour;
import io.twinleg.core.model.Rate;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * The signal and the forecast of one market, kept while what they were made of stays the same:
 * rates change a few times an hour, books many times a second.
 */
final class FundingSignal {
  private static final BigDecimal HOURS_A_YEAR = BigDecimal.valueOf(Rate.HOURS_A_YEAR);

  private final int signalWindowHours;
  private final int horizonHours;
  private long version = -1;
  private Instant minute = Instant.MIN;
  private Optional<Rate> running = Optional.empty();
  private Optional<FundingModel> model = Optional.empty();
  private Optional<FundingForecast> forecast = Optional.empty();
  private Optional<BigDecimal> expectedSum = Optional.empty();
  private Optional<BigDecimal> apr = Optional.empty();

  FundingSignal(int signalWindowHours, int horizonHours) {
    this.signalWindowHours = signalWindowHours;
    this.horizonHours = horizonHours;
  }

  /** The averaged signal as a yearly rate; empty when it is missing. */
  Optional<BigDecimal> apr() {
    return apr;
  }

  Optional<FundingForecast> forecast() {
    return forecast;
  }

  /** Of the funding over the horizon, as a fraction of notional. */
  Optional<BigDecimal> expectedSum() {
    return expectedSum;
  }

  void refresh(PairMarketData market, Instant now) {
    FundingHistory history = market.funding();
    Optional<Rate> rate = market.runningRate();
    boolean settled = history.version() != version;
    boolean moved = settled || !rate.equals(running);
    Instant thisMinute = now.truncatedTo(ChronoUnit.MINUTES);
    if (settled) {
      model = Optional.of(FundingModel.fit(history.newest(FundingHour.HISTORY_HOURS)));
    }
    if (moved) {
      Optional<BigDecimal> f0 = rate.map(Rate::perHour).or(history::newest);
      forecast = f0.flatMap(today -> model.map(fitted -> fitted.from(today)));
      expectedSum = forecast.map(expected -> expected.sum(horizonHours));
    }
    if (moved || !thisMinute.equals(minute)) {
      Optional<BigDecimal> mean =
          market.isObserved()
              ? history.meanSettled(signalWindowHours, now)
              : history.mean(signalWindowHours, rate, now);
      apr = mean.map(hourly -> hourly.multiply(HOURS_A_YEAR));
    }
    version = history.version();
    running = rate;
    minute = thisMinute;
  }
}
