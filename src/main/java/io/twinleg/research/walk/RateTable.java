package io.twinleg.research.walk;

import io.twinleg.core.model.FundingHour;
import io.twinleg.core.model.MarketId;
import io.twinleg.history.RecordedFunding;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The settled rates of many coins by the hour. A missing hour is missing: it is paid as nothing and
 * counts in no mean. Rates are whole numbers of 10^-12, so that sums are exact.
 */
public final class RateTable {
  static final int DECIMALS = 12;
  private static final Duration HOUR = Duration.ofHours(1);
  private static final int MISSING_PERCENT_MAX = 5;
  private static final int DAY = 24;

  private final Instant first;
  private final int hours;
  private final List<Coin> coins;

  /** One coin's column. */
  static final class Coin {
    final MarketId market;
    final long[] rate;

    /** Of the rates before an hour, and how many there are. */
    final long[] sums;

    final int[] found;
    final int begins;

    /** The hour after its last rate; of one that is still listed, the end of the table. */
    final int ends;

    private Coin(MarketId market, long[] rate, boolean[] known) {
      this.market = market;
      this.rate = rate;
      sums = new long[rate.length + 1];
      found = new int[rate.length + 1];
      int from = rate.length;
      int to = 0;
      for (int hour = 0; hour < rate.length; hour++) {
        sums[hour + 1] = sums[hour] + rate[hour];
        found[hour + 1] = found[hour] + (known[hour] ? 1 : 0);
        if (known[hour]) {
          from = Math.min(from, hour);
          to = hour + 1;
        }
      }
      begins = from;
      // a record is not cut at the same minute for every coin
      ends = rate.length - to <= DAY ? rate.length : to;
    }

    boolean isKnown(int hour) {
      return found[hour + 1] > found[hour];
    }

    /** As {@code FundingHistory.meanSettled}: empty before a full window, or over a gap in it. */
    Optional<BigDecimal> mean(int hour, int window) {
      if (!hasMean(hour, window)) {
        return Optional.empty();
      }
      int from = hour + 1 - window;
      return Optional.of(
          BigDecimal.valueOf(sums[hour + 1] - sums[from], DECIMALS)
              .divide(BigDecimal.valueOf(found[hour + 1] - found[from]), MathContext.DECIMAL64));
    }

    boolean hasMean(int hour, int window) {
      int from = hour + 1 - window;
      if (from < begins || hour >= ends) {
        return false;
      }
      int known = found[hour + 1] - found[from];
      return known > 0 && (window - known) * 100L <= (long) MISSING_PERCENT_MAX * window;
    }

    /** The same mean as a plain number, where there is one. */
    double about(int hour, int window) {
      int from = hour + 1 - window;
      return (sums[hour + 1] - sums[from]) / 1e12 / (found[hour + 1] - found[from]);
    }

    double paid(int hour) {
      return rate[hour] / 1e12;
    }
  }

  private RateTable(Instant first, int hours, List<Coin> coins) {
    this.first = first;
    this.hours = hours;
    this.coins = coins;
  }

  /**
   * @param from null: from the first rate, {@code until} null: to the last
   */
  public static RateTable of(
      List<RecordedFunding> recorded, @Nullable Instant from, @Nullable Instant until) {
    Instant begin =
        from == null
            ? recorded.stream().map(RecordedFunding::first).min(Instant::compareTo).orElseThrow()
            : from.truncatedTo(ChronoUnit.HOURS);
    Instant end =
        until == null
            ? recorded.stream().map(RecordedFunding::last).max(Instant::compareTo).orElseThrow()
            : until.truncatedTo(ChronoUnit.HOURS);
    int hours = Math.toIntExact(Duration.between(begin, end).toHours()) + 1;
    if (hours < 1) {
      throw new IllegalArgumentException("no hour from " + begin + " to " + end);
    }
    List<Coin> coins = new ArrayList<>();
    for (RecordedFunding each : recorded) {
      coins.add(coin(each, begin, hours));
    }
    return new RateTable(begin, hours, coins);
  }

  private static Coin coin(RecordedFunding recorded, Instant begin, int hours) {
    long[] rate = new long[hours];
    boolean[] known = new boolean[hours];
    for (FundingHour settled : recorded.settlements()) {
      long perHour =
          settled
              .rate()
              .perHour()
              .movePointRight(DECIMALS)
              .setScale(0, RoundingMode.HALF_EVEN)
              .longValueExact();
      for (int back = 0; back < settled.rate().periodHours(); back++) {
        long hour = Duration.between(begin, settled.hour()).toHours() - back;
        if (hour >= 0 && hour < hours && !settled.hour().isBefore(begin)) {
          rate[(int) hour] = perHour;
          known[(int) hour] = true;
        }
      }
    }
    return new Coin(new MarketId(recorded.coin()), rate, known);
  }

  public List<String> names() {
    return coins.stream().map(each -> each.market.name()).toList();
  }

  List<Coin> coins() {
    return coins;
  }

  public int hours() {
    return hours;
  }

  Instant at(int hour) {
    return first.plus(HOUR.multipliedBy(hour));
  }

  public Instant first() {
    return first;
  }

  public Instant last() {
    return at(hours - 1);
  }
}
