package io.twinleg.core.market;

import io.twinleg.core.model.FundingHour;
import io.twinleg.core.model.Rate;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The settled funding rates of one perp, by the hour they paid for. A rate of several hours stands
 * at each of them. A missing hour is missing: no entry, never zero.
 */
public final class FundingHistory {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final long HOUR_S = HOUR.toSeconds();

  /**
   * How long after its hour a settled rate may still be on its way before that hour counts as
   * missing.
   */
  private static final Duration SETTLEMENT_GRACE = Duration.ofMinutes(5);

  /** Of the hours of a window, in percent. */
  private static final int MOST_MISSING_PERCENT = 5;

  private final TreeMap<Instant, BigDecimal> hourly = new TreeMap<>();
  private final int hoursKept;
  private int newestPeriodHours = 1;
  private long version;
  private Settled lastSettled = Settled.NOTHING;

  public FundingHistory(int hoursKept) {
    this.hoursKept = hoursKept;
  }

  public void add(FundingHour funding) {
    Instant last = funding.hour().truncatedTo(ChronoUnit.HOURS);
    BigDecimal perHour = funding.rate().perHour();
    for (int i = 0; i < funding.rate().periodHours(); i++) {
      hourly.put(last.minus(HOUR.multipliedBy(i)), perHour);
    }
    if (last.equals(hourly.lastKey())) {
      newestPeriodHours = funding.rate().periodHours();
    }
    while (hourly.size() > hoursKept) {
      hourly.pollFirstEntry();
    }
    version++;
  }

  /** Changes with every addition, for readers that keep what they derived. */
  public long version() {
    return version;
  }

  /** Whether the rate of this full hour is known. */
  public boolean isSettled(Instant hour) {
    return hourly.containsKey(hour);
  }

  /** How many of the newest settled hours in a row had a negative rate. */
  public int negativeHours() {
    int hours = 0;
    for (BigDecimal rate : hourly.descendingMap().values()) {
      if (rate.signum() >= 0) {
        return hours;
      }
      hours++;
    }
    return hours;
  }

  public Optional<BigDecimal> newest() {
    return hourly.isEmpty() ? Optional.empty() : Optional.of(hourly.lastEntry().getValue());
  }

  /** Newest first, at most {@code hours}; null where the hour is missing. */
  public @Nullable BigDecimal[] newest(int hours) {
    if (hourly.isEmpty()) {
      return new BigDecimal[0];
    }
    long last = hourly.lastKey().getEpochSecond();
    long reach = (last - hourly.firstKey().getEpochSecond()) / HOUR_S + 1;
    @Nullable BigDecimal[] rates = new BigDecimal[(int) Math.min(hours, reach)];
    for (Map.Entry<Instant, BigDecimal> known : hourly.descendingMap().entrySet()) {
      long ago = (last - known.getKey().getEpochSecond()) / HOUR_S;
      if (ago >= rates.length) {
        return rates;
      }
      rates[(int) ago] = known.getValue();
    }
    return rates;
  }

  /**
   * The mean hourly rate over a window: the running estimate and the newest settled hours
   * (specification 1.1). Empty when more than 5 % of the hours are missing or the history is
   * shorter than the window.
   */
  public Optional<BigDecimal> mean(int window, Optional<Rate> running, Instant now) {
    int settled = window - 1;
    if (settled > 0 && !reaches(settled, now)) {
      return Optional.empty();
    }
    Settled newest = settled(settled, newestExpected(now));
    BigDecimal sum = running.map(rate -> newest.sum().add(rate.perHour())).orElse(newest.sum());
    int found = newest.found() + (running.isPresent() ? 1 : 0);
    if (found == 0 || (window - found) * 100L > (long) MOST_MISSING_PERCENT * window) {
      return Optional.empty();
    }
    return Optional.of(sum.divide(BigDecimal.valueOf(found), MathContext.DECIMAL64));
  }

  /**
   * The same where no running estimate is published: the mean of the newest settled hours, each of
   * them counted once.
   */
  public Optional<BigDecimal> meanSettled(int window, Instant now) {
    if (!reaches(window, now)) {
      return Optional.empty();
    }
    Settled newest = settled(window, newestExpected(now));
    int found = newest.found();
    return found == 0 || (window - found) * 100L > (long) MOST_MISSING_PERCENT * window
        ? Optional.empty()
        : Optional.of(newest.sum().divide(BigDecimal.valueOf(found), MathContext.DECIMAL64));
  }

  private Settled settled(int hours, Instant newest) {
    if (lastSettled.isOf(hours, newest, version)) {
      return lastSettled;
    }
    BigDecimal sum = BigDecimal.ZERO;
    int found = 0;
    Instant hour = newest;
    for (int i = 0; i < hours; i++) {
      BigDecimal rate = hourly.get(hour);
      if (rate != null) {
        sum = sum.add(rate);
        found++;
      }
      hour = hour.minus(HOUR);
    }
    lastSettled = new Settled(hours, newest, version, sum, found);
    return lastSettled;
  }

  /**
   * The sum of settled hours, kept until an hour comes in: the running estimate moves far more
   * often.
   */
  private record Settled(int hours, Instant newest, long version, BigDecimal sum, int found) {
    static final Settled NOTHING = new Settled(-1, Instant.MIN, -1, BigDecimal.ZERO, 0);

    boolean isOf(int ofHours, Instant ofNewest, long ofVersion) {
      return hours == ofHours && version == ofVersion && newest.equals(ofNewest);
    }
  }

  private boolean reaches(int settled, Instant now) {
    Instant first = newestExpected(now).minus(HOUR.multipliedBy(settled - 1L));
    return !hourly.isEmpty() && !hourly.firstKey().isAfter(first);
  }

  /**
   * The hour whose rate should be known by now: the last one that a settlement was due for, or the
   * settlement before while that rate is on its way. A venue that settles every four or eight hours
   * owes nothing for the hours since: they are the running estimate's.
   */
  private Instant newestExpected(Instant now) {
    Instant due = lastDue(now);
    boolean onItsWay = now.isBefore(due.plus(SETTLEMENT_GRACE)) && !hourly.containsKey(due);
    return onItsWay ? due.minus(HOUR.multipliedBy(newestPeriodHours)) : due;
  }

  /** Counted from the newest settlement: venues differ in the hour they start from. */
  private Instant lastDue(Instant now) {
    Instant full = now.truncatedTo(ChronoUnit.HOURS);
    if (hourly.isEmpty() || full.isBefore(hourly.lastKey())) {
      return full;
    }
    long since = Duration.between(hourly.lastKey(), full).toHours() % newestPeriodHours;
    return full.minus(HOUR.multipliedBy(since));
  }
}
