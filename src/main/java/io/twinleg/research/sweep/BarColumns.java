package io.twinleg.research.sweep;

import io.twinleg.core.model.FundingHour;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.Price;
import io.twinleg.core.strategy.FundingModel;
import io.twinleg.history.BarQuotes;
import io.twinleg.history.Candle;
import io.twinleg.history.HistoryException;
import io.twinleg.history.RecordedSeries;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One market's record as columns for the screening tier: a row an observation, which is a full hour
 * whose quotes stand around the close of the bar before it. What depends on no parameter is worked
 * out here once. Prices in quote; rates a fraction an hour.
 */
final class BarColumns {
  /** Rates are whole numbers of 10^-12, so that sums are exact and a tie is a tie. */
  static final int RATE_DECIMALS = 12;

  private static final Duration HOUR = Duration.ofHours(1);
  private static final int DAY = 24;

  private static final double PRIOR_MEAN = FundingModel.PRIOR_MEAN.doubleValue();
  private static final double PRIOR_PHI = FundingModel.PRIOR_PHI.doubleValue();
  private static final double PRIOR_HOURS = FundingModel.PRIOR_HOURS.doubleValue();
  private static final double MOST_PERSISTENT = FundingModel.MOST_PERSISTENT.doubleValue();

  final Instrument spot;
  final Instrument perp;
  final Instant start;
  final int rows;
  final double[] spotBid;
  final double[] spotAsk;
  final double[] spotMid;
  final double[] spotClose;
  final double[] perpBid;
  final double[] perpAsk;
  final double[] perpMid;
  final double[] perpClose;

  /** What settles at a row; zero where nothing does. */
  final double[] rate;

  /** perp mid over spot mid, less one. */
  final double[] basis;

  final double[] meanBasis;

  /** perp bid over spot ask, less one: what an entry gets of it. */
  final double[] basisIn;

  /** What both legs lose against their middles on the way out. */
  final double[] impactOut;

  /** The perp's tick at its middle price. */
  final double[] perpTick;

  /** Sums of rates up to and with a row, and how many; the row 0 stands at {@code history}. */
  final long[] rateSums;

  final int[] ratesFound;

  /** Whether every hour of them has its rate. */
  final boolean isComplete;

  /** Where the signal of a row ends in them: at the row, or before it where its rate is missing. */
  final int[] newestRate;

  final int history;

  private final double[] modelMean;
  private final double[] modelPhi;
  private final double[] latestRate;
  private final Map<Integer, double[]> expectedSums = new ConcurrentHashMap<>();
  private final Map<Integer, double[]> mostEarned = new ConcurrentHashMap<>();

  /**
   * @param from the first observation, {@code until} the last
   * @param historyHours of settled rates before it
   */
  BarColumns(
      RecordedSeries series,
      BigDecimal spotBps,
      BigDecimal perpBps,
      Instant from,
      Instant until,
      int historyHours) {
    spot = series.spotLeg();
    perp = series.perpLeg();
    start = from;
    rows = Math.toIntExact(Duration.between(from, until).toHours()) + 1;
    history = historyHours;
    spotBid = new double[rows];
    spotAsk = new double[rows];
    spotMid = new double[rows];
    spotClose = new double[rows];
    perpBid = new double[rows];
    perpAsk = new double[rows];
    perpMid = new double[rows];
    perpClose = new double[rows];
    rate = new double[rows];
    basis = new double[rows];
    meanBasis = new double[rows];
    basisIn = new double[rows];
    impactOut = new double[rows];
    perpTick = new double[rows];
    rateSums = new long[history + rows];
    ratesFound = new int[history + rows];
    modelMean = new double[rows];
    modelPhi = new double[rows];
    latestRate = new double[rows];
    newestRate = new int[rows];
    quotes(series, BarQuotes.of(spot, spotBps), BarQuotes.of(perp, perpBps));
    rates(series);
    isComplete = ratesFound[history + rows - 1] == history + rows;
  }

  private void quotes(RecordedSeries series, BarQuotes ofSpot, BarQuotes ofPerp) {
    double sum = 0;
    double units = perp.unitMultiplier().doubleValue();
    for (int row = 0; row < rows; row++) {
      Instant bar = start.plus(HOUR.multipliedBy(row - 1L));
      Price bought = series.spot().at(bar).map(Candle::close).orElse(null);
      Price sold = series.perp().at(bar).map(Candle::close).orElse(null);
      if (bought == null || sold == null) {
        throw new HistoryException(
            "the history holds no spot and perp bar of %s at %s: a sweep needs every hour; give"
                    .formatted(series.name(), bar)
                + " --from behind it or --to before it, or backtest over it.");
      }
      spotClose[row] = bought.e8() / 1e8;
      perpClose[row] = sold.e8() / 1e8;
      spotBid[row] = ofSpot.bid(bought).e8() / 1e8;
      spotAsk[row] = ofSpot.ask(bought).e8() / 1e8;
      spotMid[row] = Price.mid(ofSpot.bid(bought), ofSpot.ask(bought)).e8() / 1e8;
      perpBid[row] = ofPerp.bid(sold).e8() / 1e8;
      perpAsk[row] = ofPerp.ask(sold).e8() / 1e8;
      perpMid[row] = Price.mid(ofPerp.bid(sold), ofPerp.ask(sold)).e8() / 1e8;
      basis[row] = perpMid[row] / (spotMid[row] * units) - 1;
      sum += basis[row] - (row >= DAY ? basis[row - DAY] : 0);
      meanBasis[row] = sum / Math.min(row + 1, DAY);
      basisIn[row] = perpBid[row] / (spotAsk[row] * units) - 1;
      impactOut[row] =
          (perpAsk[row] - perpMid[row]) / perpMid[row]
              + (spotMid[row] - spotBid[row]) / spotMid[row];
      Price mid = Price.reference(BigDecimal.valueOf(perpMid[row]));
      perpTick[row] = perp.prices().tick(mid).e8() / 1e8;
    }
  }

  private void rates(RecordedSeries series) {
    int length = history + rows;
    long[] hourly = new long[length];
    boolean[] known = new boolean[length];
    Instant first = start.minus(HOUR.multipliedBy(history));
    for (FundingHour settled : series.funding().settlements()) {
      long at = Duration.between(first, settled.hour()).toHours();
      long perHour =
          settled
              .rate()
              .perHour()
              .movePointRight(RATE_DECIMALS)
              .setScale(0, RoundingMode.HALF_EVEN)
              .longValueExact();
      for (int back = 0; back < settled.rate().periodHours(); back++) {
        if (at - back >= 0 && at - back < length) {
          hourly[(int) at - back] = perHour;
          known[(int) at - back] = true;
        }
      }
      if (at >= history && at < length) {
        rate[(int) at - history] = settled.rate().value().doubleValue();
      }
    }
    long sum = 0;
    int found = 0;
    for (int i = 0; i < length; i++) {
      sum += hourly[i];
      found += known[i] ? 1 : 0;
      rateSums[i] = sum;
      ratesFound[i] = found;
    }
    double[] values = new double[length];
    for (int i = 0; i < length; i++) {
      values[i] = hourly[i] * 1e-12;
    }
    for (int row = 0; row < rows; row++) {
      fit(values, known, history + row, row);
      newestRate[row] = known[history + row] ? history + row : history + row - 1;
    }
  }

  /** As {@code FundingModel.fit}: mean and lag-1 persistence, shrunk to the prior. */
  private void fit(double[] values, boolean[] known, int last, int row) {
    int newest = last;
    while (newest > 0 && !known[newest]) {
      newest--;
    }
    int oldest = Math.max(0, newest - FundingHour.HISTORY_HOURS + 1);
    double n = 0;
    double sum = 0;
    for (int i = oldest; i <= newest; i++) {
      n += known[i] ? 1 : 0;
      sum += known[i] ? values[i] : 0;
    }
    latestRate[row] = values[newest];
    if (n == 0) {
      modelMean[row] = PRIOR_MEAN;
      modelPhi[row] = PRIOR_PHI;
      return;
    }
    double mean = sum / n;
    double covariance = 0;
    double variance = 0;
    for (int i = oldest + 1; i <= newest; i++) {
      if (known[i] && known[i - 1]) {
        double before = values[i - 1] - mean;
        covariance += before * (values[i] - mean);
        variance += before * before;
      }
    }
    double phi = variance == 0 ? PRIOR_PHI : Math.clamp(covariance / variance, 0, MOST_PERSISTENT);
    modelMean[row] = (mean * n + PRIOR_MEAN * PRIOR_HOURS) / (n + PRIOR_HOURS);
    modelPhi[row] = (phi * n + PRIOR_PHI * PRIOR_HOURS) / (n + PRIOR_HOURS);
  }

  /** What the next hours' funding is expected to sum up to, by row. Kept for the next caller. */
  double[] expectedSums(int hours) {
    return expectedSums.computeIfAbsent(
        hours,
        h -> {
          double[] sums = new double[rows];
          for (int row = 0; row < rows; row++) {
            sums[row] = expectedSum(row, h);
          }
          return sums;
        });
  }

  /** H·fbar + (f0 − fbar)·(phi + phi² + … + phi^H). */
  double expectedSum(int row, int hours) {
    double phi = modelPhi[row];
    double decay = phi * (1 - Math.pow(phi, hours)) / (1 - phi);
    return hours * modelMean[row] + (latestRate[row] - modelMean[row]) * decay;
  }

  private double expectedRate(int row, int hours) {
    return modelMean[row] + (latestRate[row] - modelMean[row]) * Math.pow(modelPhi[row], hours);
  }

  /**
   * The most that is expected to have come in by the last of so many hours, by row, where {@code
   * FundingForecast.hoursToEarn} would look for it: a cost up to this one is earned by then. Kept
   * for the next caller.
   */
  double[] mostEarned(int hours) {
    return mostEarned.computeIfAbsent(
        hours,
        h -> {
          double[] most = new double[rows];
          for (int row = 0; row < rows; row++) {
            most[row] = mostEarned(row, h);
          }
          return most;
        });
  }

  /** A forecast's rates turn their sign once at most: their sum has one end, or one beginning. */
  private double mostEarned(int row, int hours) {
    boolean risesFirst = expectedRate(row, 1) > 0;
    int turn = 1;
    int high = 2 * hours;
    while (turn < high) {
      int middle = (turn + high + 1) / 2;
      if (expectedRate(row, middle) > 0 == risesFirst) {
        turn = middle;
      } else {
        high = middle - 1;
      }
    }
    if (risesFirst) {
      return expectedSum(row, Math.min(turn, hours));
    }
    return turn <= hours ? expectedSum(row, hours) : Double.NEGATIVE_INFINITY;
  }
}
