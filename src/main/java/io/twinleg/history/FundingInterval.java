package io.twinleg.history;

import io.twinleg.core.model.FundingHour;
import io.twinleg.core.model.Rate;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds for how many hours each funding row was paid, which no row says. Until 2023-06-08
 * Hyperliquid paid every eight hours, and who counted those rows as hours read its funding eight
 * times too high.
 */
final class FundingInterval {
  private static final int HOURLY = 1;

  private FundingInterval() {}

  static List<FundingHour> settle(List<Instant> hours, List<BigDecimal> rates) {
    List<FundingHour> settled = new ArrayList<>(hours.size());
    for (int i = 0; i < hours.size(); i++) {
      settled.add(new FundingHour(hours.get(i), new Rate(rates.get(i), period(hours, i))));
    }
    return settled;
  }

  /**
   * The hours since the row before. Such a distance is a cadence only where its neighbour is the
   * same; one that stands alone is a row after missing hours, and the rate is an hour's.
   */
  private static int period(List<Instant> hours, int row) {
    int since = distance(hours, row);
    int next = distance(hours, row + 1);
    if (row == 0) {
      return isCadence(next) && next == distance(hours, 2) ? next : HOURLY;
    }
    boolean repeats = since == distance(hours, row - 1) || since == next;
    return isCadence(since) && repeats ? since : HOURLY;
  }

  /** What venues have paid by: each divides a day. */
  private static boolean isCadence(int hours) {
    return hours == 4 || hours == 8;
  }

  /** From the row before to this one; 0 where either does not exist. */
  private static int distance(List<Instant> hours, int row) {
    if (row < 1 || row >= hours.size()) {
      return 0;
    }
    return Math.toIntExact(Duration.between(hours.get(row - 1), hours.get(row)).toHours());
  }
}
