package io.twinleg.simulator;

import io.twinleg.core.model.FundingHour;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Rate;
import io.twinleg.core.model.Side;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The funding rate of one perp. Each minute the premium of the book over the oracle is sampled;
 * with P the mean of the interval's samples, F8h = P + clamp(0.0001 - P, -0.0005, +0.0005), and an
 * hour of it pays F8h / 8, at most 4 % either way (specification 1.1). Longs pay shorts when it is
 * positive.
 */
final class FundingRates {
  private static final BigDecimal INTEREST = new BigDecimal("0.0001");
  private static final BigDecimal INTEREST_REACH = new BigDecimal("0.0005");
  private static final BigDecimal HOURS = BigDecimal.valueOf(8);
  private static final BigDecimal CAP = new BigDecimal("0.04");

  /** Rates are rounded half up at 10^-10, ten times finer than the venue shows them. */
  private static final int DECIMALS = 10;

  private final ListedInstrument perp;
  private final MarketModel world;
  private final int intervalHours;
  private final List<Rate> prescribed = new ArrayList<>();
  private final List<FundingHour> settled = new ArrayList<>();
  private BigDecimal premiums = BigDecimal.ZERO;
  private int samples;
  private Optional<Rate> byFormula = Optional.empty();
  private Optional<Rate> estimate = Optional.empty();

  FundingRates(ListedInstrument perp, MarketModel world, int intervalHours) {
    this.perp = perp;
    this.world = world;
    this.intervalHours = intervalHours;
  }

  /** A minute without an oracle or with a one-sided book has no premium: it is left out. */
  void sample() {
    perp.oracle().flatMap(this::premium).ifPresent(this::add);
  }

  private void add(BigDecimal premium) {
    premiums = premiums.add(premium);
    samples++;
    byFormula = formula();
  }

  /**
   * How far the book's buyers are above the oracle, less how far its sellers are below it, as a
   * fraction of the oracle. The touch stands for the venue's impact price, which is the mean price
   * of a larger order: our books are as deep as a world makes them, and a thin one would tell of
   * nothing else.
   */
  private Optional<BigDecimal> premium(Price oracle) {
    Optional<Price> bid = perp.book().best(Side.BUY);
    Optional<Price> ask = perp.book().best(Side.SELL);
    if (bid.isEmpty() || ask.isEmpty()) {
      return Optional.empty();
    }
    long above = Math.max(0, bid.get().e8() - oracle.e8());
    long below = Math.max(0, oracle.e8() - ask.get().e8());
    return Optional.of(
        BigDecimal.valueOf(above - below)
            .divide(BigDecimal.valueOf(oracle.e8()), MathContext.DECIMAL64));
  }

  private Optional<Rate> formula() {
    if (samples == 0) {
      return Optional.empty();
    }
    BigDecimal premium = premiums.divide(BigDecimal.valueOf(samples), MathContext.DECIMAL64);
    return Optional.of(forInterval(hourly(premium)));
  }

  static Rate hourly(BigDecimal premium) {
    BigDecimal interest = clamp(INTEREST.subtract(premium), INTEREST_REACH);
    BigDecimal anHour = premium.add(interest).divide(HOURS, DECIMALS, RoundingMode.HALF_UP);
    return Rate.hourly(clamp(anHour, CAP));
  }

  /** An hour's rate, for all the hours that are paid at once. */
  private Rate forInterval(Rate hourly) {
    return new Rate(hourly.value().multiply(BigDecimal.valueOf(intervalHours)), intervalHours);
  }

  int intervalHours() {
    return intervalHours;
  }

  private static BigDecimal clamp(BigDecimal value, BigDecimal reach) {
    return value.min(reach).max(reach.negate());
  }

  /** Before anything is known of a new hour, what was last known stands. */
  void refreshEstimate(Instant now) {
    Optional<Rate> running = world.runningEstimate(perp.id(), now).map(this::forInterval);
    if (running.isPresent()) {
      estimate = running;
    } else if (byFormula.isPresent()) {
      estimate = byFormula;
    }
  }

  Optional<Rate> estimate() {
    return estimate;
  }

  /** An hour that the world was to tell of later: it is known now. */
  void settledLate(FundingHour hour) {
    settled.add(hour);
  }

  boolean settlesAt(Instant hour) {
    return FundingIntervals.endsAt(hour, intervalHours);
  }

  /** What the interval that ends with this hour settles at, if it settles; a new one begins. */
  Optional<FundingHour> settle(Instant hour) {
    Optional<Rate> rate = rate(world.settlement(perp.id(), hour));
    if (!settlesAt(hour)) {
      return Optional.empty();
    }
    Optional<FundingHour> result = rate.map(each -> new FundingHour(hour, each));
    result.ifPresent(settled::add);
    prescribed.clear();
    premiums = BigDecimal.ZERO;
    samples = 0;
    return result;
  }

  private Optional<Rate> rate(MarketModel.Settlement settlement) {
    return switch (settlement) {
      case MarketModel.Settlement.ByFormula formula -> formula();
      case MarketModel.Settlement.Prescribed told -> {
        prescribed.add(told.rate());
        yield together(prescribed);
      }
      case MarketModel.Settlement.Missing missing -> together(prescribed);
      case MarketModel.Settlement.Later later -> Optional.empty();
    };
  }

  /**
   * The newest settled hours, oldest first, from before the opening where there are too few since.
   */
  List<FundingHour> history(int hours) {
    int since = Math.min(hours, settled.size());
    List<FundingHour> history = new ArrayList<>();
    if (hours > since) {
      history.addAll(before(hours - since));
    }
    history.addAll(settled.subList(settled.size() - since, settled.size()));
    return history;
  }

  /** A world knows hours: those of one interval are told together, at its end. */
  private List<FundingHour> before(int count) {
    if (intervalHours == 1) {
      return world.historyBeforeStart(perp.id(), count);
    }
    List<FundingHour> told = new ArrayList<>();
    List<Rate> interval = new ArrayList<>();
    for (FundingHour each : world.historyBeforeStart(perp.id(), (count + 1) * intervalHours)) {
      interval.add(each.rate());
      if (settlesAt(each.hour())) {
        together(interval).ifPresent(rate -> told.add(new FundingHour(each.hour(), rate)));
        interval.clear();
      }
    }
    return told.subList(Math.max(0, told.size() - count), told.size());
  }

  private Optional<Rate> together(List<Rate> hourly) {
    return hourly.stream()
        .map(Rate::value)
        .reduce(BigDecimal::add)
        .map(sum -> new Rate(sum, intervalHours));
  }
}
