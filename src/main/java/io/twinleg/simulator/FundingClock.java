package io.twinleg.simulator;

import io.twinleg.core.model.FundingHour;
import io.twinleg.core.model.FundingPayment;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Rate;
import io.twinleg.core.model.Side;
import io.twinleg.simulator.Exchange.Due;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Samples every perp at each full minute and settles it at the full hour at which its interval
 * ends, on the position that is held at that instant: the account receives -(signed size) × oracle
 * × rate.
 */
final class FundingClock {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final int HOURS_A_DAY = 24;

  /** A rate that is known later than this is not paid any more. */
  private static final Duration HOLDINGS_KEPT = Duration.ofDays(2);

  private final Duration every;
  private final transient ExchangeState state;
  private final transient NetworkModel network;
  private final Map<InstrumentId, FundingRates> rates = new TreeMap<>();
  private final Map<InstrumentId, TreeMap<Instant, Holdings>> unpaid = new TreeMap<>();
  private final transient BiConsumer<InstrumentId, FundingHour> settlements;
  private Due next;

  /**
   * @param intervals how many hours a perp pays at once; one where it is absent. Intervals end at
   *     the hours of a UTC day that they divide.
   * @param settlements notified of each settled hour, before it is paid
   */
  FundingClock(
      ExchangeState state,
      NetworkModel network,
      MarketModel world,
      Map<InstrumentId, Integer> intervals,
      BiConsumer<InstrumentId, FundingHour> settlements) {
    this.state = state;
    this.network = network;
    this.settlements = settlements;
    for (ListedInstrument perp : state.perps()) {
      int hours = intervals.getOrDefault(perp.id(), 1);
      if (hours < 1 || HOURS_A_DAY % hours != 0) {
        throw new IllegalArgumentException(
            perp.id() + " pays every " + hours + " hours: expected a divisor of 24");
      }
      rates.put(perp.id(), new FundingRates(perp, world, hours));
    }
    every = world.observedEvery().filter(step -> step.compareTo(MINUTE) > 0).orElse(MINUTE);
    long step = every.toSeconds();
    Instant first = Instant.ofEpochSecond((world.start().getEpochSecond() / step + 1) * step);
    next = state.remember(first, () -> sample(first));
  }

  FundingRates rates(InstrumentId perp) {
    FundingRates found = rates.get(perp);
    if (found == null) {
      throw new IllegalArgumentException(perp + " is no perp that is traded here");
    }
    return found;
  }

  private void sample(Instant minute) {
    rates.values().forEach(FundingRates::sample);
    if (minute.equals(minute.truncatedTo(ChronoUnit.HOURS))) {
      rates.forEach((perp, rate) -> {
        if (rate.settlesAt(minute)) {
          keepHoldings(state.listing(perp), minute);
        }
        rate.settle(minute).ifPresent(hour -> pay(perp, hour));
      });
    }
    Instant after = minute.plus(every);
    next = state.remember(after, () -> sample(after));
  }

  /** After it was restored. */
  void resume() {
    Instant minute = next.time();
    state.again(next, () -> sample(minute));
  }

  void refreshEstimates(Instant now) {
    rates.values().forEach(rate -> rate.refreshEstimate(now));
  }

  /** Settles an hour whose rate the world knows only now. */
  void settleLate(InstrumentId perp, FundingHour hour) {
    rates(perp).addSettled(hour);
    pay(perp, hour);
  }

  // ---- payments

  /** What each account held of a perp at a full hour, and its oracle price then. */
  private record Holdings(Price oracle, Map<AccountId, Quantity> sizes) {}

  /** An hour without an oracle price is not paid. */
  private void keepHoldings(ListedInstrument perp, Instant hour) {
    perp.oracle()
        .ifPresent(oracle -> {
          Map<AccountId, Quantity> sizes = new TreeMap<>();
          for (Account account : state.accounts()) {
            Position position = account.positions().get(perp.id());
            if (position != null && !position.isFlat()) {
              sizes.put(account.id(), position.size());
            }
          }
          TreeMap<Instant, Holdings> kept =
              unpaid.computeIfAbsent(perp.id(), id -> new TreeMap<>());
          kept.headMap(hour.minus(HOLDINGS_KEPT)).clear();
          kept.put(hour, new Holdings(oracle, sizes));
        });
  }

  /** An hour is paid once: its holdings are removed. */
  private void pay(InstrumentId perp, FundingHour hour) {
    settlements.accept(perp, hour);
    Optional.ofNullable(unpaid.get(perp))
        .map(kept -> kept.remove(hour.hour()))
        .ifPresent(held -> state.accounts().forEach(account -> pay(account, perp, hour, held)));
  }

  private void pay(Account account, InstrumentId perp, FundingHour hour, Holdings held) {
    Quantity size = held.sizes().getOrDefault(account.id(), Quantity.ZERO);
    if (!size.isZero()) {
      FundingPayment payment =
          new FundingPayment(
              perp,
              hour.hour(),
              held.oracle().times(size.negated()).times(hour.rate().value()),
              size,
              hour.rate());
      account.apply(payment);
      network.stream(account, new ExecutionReport.FundingPaid(payment));
    }
  }

  // ---- rates

  /**
   * The funding rate of one perp. Each minute the premium of the book over the oracle is sampled;
   * with P the mean of the interval's samples, F8h = P + clamp(0.0001 - P, -0.0005, +0.0005), and
   * an hour of it pays F8h / 8, at most 4 % either way (specification 1.1). Longs pay shorts when
   * it is positive.
   */
  static final class FundingRates {
    private static final BigDecimal INTEREST = new BigDecimal("0.0001");
    private static final BigDecimal INTEREST_CLAMP = new BigDecimal("0.0005");
    private static final BigDecimal HOURS = BigDecimal.valueOf(8);
    private static final BigDecimal CAP = new BigDecimal("0.04");

    /** Rates are rounded half up at 10^-10, ten times finer than the venue shows them. */
    private static final int DECIMALS = 10;

    /** The newest settlements, which is more than a year of hours. */
    private static final int SETTLED_MAX = 10_000;

    private final transient ListedInstrument perp;
    private final transient MarketModel world;
    private final int intervalHours;
    private final List<Rate> prescribed = new ArrayList<>();
    private final List<FundingHour> settled = new ArrayList<>();
    private boolean forgotten;
    private BigDecimal premiums = BigDecimal.ZERO;
    private int samples;
    private @Nullable Rate byFormula;
    private @Nullable Rate estimate;

    private FundingRates(ListedInstrument perp, MarketModel world, int intervalHours) {
      this.perp = perp;
      this.world = world;
      this.intervalHours = intervalHours;
    }

    /** A minute without an oracle or with a one-sided book has no premium: it is left out. */
    private void sample() {
      perp.oracle().flatMap(this::premium).ifPresent(this::add);
    }

    private void add(BigDecimal premium) {
      premiums = premiums.add(premium);
      samples++;
      byFormula = formula().orElse(null);
    }

    /**
     * How far the best bid is above the oracle, less how far the best ask is below it, as a
     * fraction of the oracle. The touch stands for the venue's impact price, which is the mean
     * price of a larger order: our books are as deep as a world makes them, and the impact price of
     * a thin one would measure nothing but its depth.
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
      BigDecimal interest = clamp(INTEREST.subtract(premium), INTEREST_CLAMP);
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

    private static BigDecimal clamp(BigDecimal value, BigDecimal bound) {
      return value.min(bound).max(bound.negate());
    }

    /** Until a new hour has a sample of its own, the last estimate stands. */
    private void refreshEstimate(Instant now) {
      Optional<Rate> running = world.runningEstimate(perp.id(), now).map(this::forInterval);
      if (running.isPresent()) {
        estimate = running.get();
      } else if (byFormula != null) {
        estimate = byFormula;
      }
    }

    Optional<Rate> estimate() {
      return Optional.ofNullable(estimate);
    }

    private void addSettled(FundingHour hour) {
      settled.add(hour);
      if (settled.size() > SETTLED_MAX) {
        settled.removeFirst();
        forgotten = true;
      }
    }

    private boolean settlesAt(Instant hour) {
      return hour.getEpochSecond() % Duration.ofHours(intervalHours).toSeconds() == 0;
    }

    /** What the interval that ends with this hour settles at, if it settles; a new one begins. */
    private Optional<FundingHour> settle(Instant hour) {
      Optional<Rate> rate = rate(world.settlement(perp.id(), hour));
      if (!settlesAt(hour)) {
        return Optional.empty();
      }
      Optional<FundingHour> result = rate.map(paid -> new FundingHour(hour, paid));
      result.ifPresent(this::addSettled);
      prescribed.clear();
      premiums = BigDecimal.ZERO;
      samples = 0;
      return result;
    }

    private Optional<Rate> rate(MarketModel.Settlement settlement) {
      return switch (settlement) {
        case MarketModel.Settlement.ByFormula formula -> formula();
        case MarketModel.Settlement.Prescribed hourly -> {
          prescribed.add(hourly.rate());
          yield intervalHours == 1 ? Optional.of(hourly.rate()) : sum(prescribed);
        }
        case MarketModel.Settlement.Missing missing -> sum(prescribed);
        case MarketModel.Settlement.Later later -> Optional.empty();
      };
    }

    /** The newest settled hours, oldest first; from before the start where there are too few. */
    List<FundingHour> history(int hours) {
      int since = Math.min(hours, settled.size());
      List<FundingHour> history = new ArrayList<>();
      if (hours > since && !forgotten) {
        history.addAll(beforeStart(hours - since));
      }
      history.addAll(settled.subList(settled.size() - since, settled.size()));
      return history;
    }

    /** A world knows hours: those of one interval are added up at its end. */
    private List<FundingHour> beforeStart(int count) {
      if (intervalHours == 1) {
        return world.historyBeforeStart(perp.id(), count);
      }
      List<FundingHour> intervals = new ArrayList<>();
      List<Rate> interval = new ArrayList<>();
      for (FundingHour hour : world.historyBeforeStart(perp.id(), (count + 1) * intervalHours)) {
        interval.add(hour.rate());
        if (settlesAt(hour.hour())) {
          sum(interval).ifPresent(rate -> intervals.add(new FundingHour(hour.hour(), rate)));
          interval.clear();
        }
      }
      return intervals.subList(Math.max(0, intervals.size() - count), intervals.size());
    }

    private Optional<Rate> sum(List<Rate> hourly) {
      return hourly.stream()
          .map(Rate::value)
          .reduce(BigDecimal::add)
          .map(sum -> new Rate(sum, intervalHours));
    }
  }
}
