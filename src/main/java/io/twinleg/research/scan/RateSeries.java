package io.twinleg.research.scan;

import io.twinleg.history.RecentRows;
import java.util.Arrays;
import java.util.function.DoublePredicate;
import org.jspecify.annotations.Nullable;

/** Settled rates by the hour, the newest last; a missing hour stays missing. Never empty. */
public final class RateSeries {
  private final long[] hours;
  private final double[] rates;
  private final int known;

  private RateSeries(long[] hours, double[] rates, int known) {
    this.hours = hours;
    this.rates = rates;
    this.known = known;
  }

  /**
   * @param hours since the epoch, ascending
   * @param rates of an hour each
   */
  public static RateSeries of(long[] hours, double[] rates) {
    if (hours.length == 0 || hours.length != rates.length) {
      throw new IllegalArgumentException("rates are those of some hours, one each");
    }
    return new RateSeries(hours.clone(), rates.clone(), hours.length);
  }

  static RateSeries of(RecentRows rows) {
    long[] hours = new long[rows.rows()];
    Arrays.setAll(hours, rows::hour);
    return new RateSeries(hours, rows.column(0), rows.rowsOfFile());
  }

  /** All hours that are on record, also those before these. */
  int known() {
    return known;
  }

  int size() {
    return hours.length;
  }

  long hour(int index) {
    return hours[index];
  }

  double rate(int index) {
    return rates[index];
  }

  long last() {
    return hours[hours.length - 1];
  }

  double newest() {
    return rates[rates.length - 1];
  }

  /** Those of the newest hours, with the missing ones counted. */
  RateSeries ofLast(int count) {
    int from = firstSince(last() - count + 1);
    return new RateSeries(
        Arrays.copyOfRange(hours, from, hours.length),
        Arrays.copyOfRange(rates, from, rates.length),
        known);
  }

  int firstSince(long hour) {
    int first = 0;
    while (hours[first] < hour) {
      first++;
    }
    return first;
  }

  /** In plain loops, as the rest: a stream over each window of each market takes three times it. */
  double mean() {
    double sum = 0;
    for (double rate : rates) {
      sum += rate;
    }
    return sum / rates.length;
  }

  double share(DoublePredicate of) {
    int found = 0;
    for (double rate : rates) {
      found += of.test(rate) ? 1 : 0;
    }
    return (double) found / rates.length;
  }

  /** Newest hours in a row that were paid to the short. */
  int streak() {
    int count = 0;
    while (count < rates.length && rates[rates.length - 1 - count] > 0) {
      count++;
    }
    return count;
  }

  @Nullable Double variation() {
    double mean = mean();
    double squares = 0;
    for (double rate : rates) {
      squares += (rate - mean) * (rate - mean);
    }
    return mean == 0 ? null : Math.sqrt(squares / rates.length) / Math.abs(mean);
  }
}
