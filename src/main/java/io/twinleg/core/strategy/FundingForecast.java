package io.twinleg.core.strategy;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * What funding is expected to sum up to from today's rate {@code f0} on, as a fraction of notional.
 */
public final class FundingForecast {
  private static final MathContext PRECISION = MathContext.DECIMAL64;

  private final BigDecimal fbar;
  private final BigDecimal excess;
  private final GeometricDecay decay;
  private @Nullable Turn turn;

  /** Of each hour, once it was worked out: a break-even is looked up again with every book. */
  private @Nullable BigDecimal[] sums = new BigDecimal[0];

  FundingForecast(BigDecimal f0, BigDecimal fbar, GeometricDecay decay) {
    this.fbar = fbar;
    this.excess = f0.subtract(fbar);
    this.decay = decay;
  }

  /**
   * The expected sum of the next {@code hours} rates: H·fbar + (f0 − fbar)·(phi + phi² + … +
   * phi^H).
   */
  public BigDecimal sum(int hours) {
    if (hours >= sums.length) {
      sums = Arrays.copyOf(sums, hours + 1);
    }
    BigDecimal known = sums[hours];
    if (known == null) {
      known = fresh(hours);
      sums[hours] = known;
    }
    return known;
  }

  private BigDecimal fresh(int hours) {
    return fbar.multiply(BigDecimal.valueOf(hours))
        .add(excess.multiply(decay.sum(hours), PRECISION));
  }

  /** What the rate is expected to be in so many hours. */
  private BigDecimal rate(int hours) {
    return fbar.add(excess.multiply(decay.power(hours), PRECISION));
  }

  /**
   * The first hour by which at least {@code cost} has come in; empty when none up to the limit has.
   */
  public OptionalInt hoursToEarn(BigDecimal cost, int limit) {
    return cost.signum() <= 0
        ? OptionalInt.of(0)
        : turn(limit).firstHour(hour -> sum(hour).compareTo(cost) >= 0);
  }

  /** Costs move with every book, the expected rates do not: kept. */
  private Turn turn(int limit) {
    if (turn == null || turn.limit() != limit) {
      turn = Turn.of(hour -> rate(hour).signum() > 0, limit);
    }
    return turn;
  }

  /**
   * Where the sum of the expected rates turns. They change their sign at most once, so the sum
   * rises on one side of that hour and falls on the other.
   *
   * @param risesFirst whether it rises up to that hour, or after it
   * @param hour the last one with the sign of the first
   */
  public record Turn(boolean risesFirst, int hour, int limit) {

    /**
     * @param isPositive whether the rate that is expected in so many hours is above zero
     */
    public static Turn of(IntPredicate isPositive, int limit) {
      boolean risesFirst = isPositive.test(1);
      int low = 1;
      int high = limit;
      while (low < high) {
        int middle = (low + high + 1) / 2;
        if (isPositive.test(middle) == risesFirst) {
          low = middle;
        } else {
          high = middle - 1;
        }
      }
      return new Turn(risesFirst, low, limit);
    }

    /**
     * The first hour up to the limit by which enough has come in: the side that rises is searched
     * by halving.
     *
     * @param isEnough whether the sum of the rates up to that hour is
     */
    public OptionalInt firstHour(IntPredicate isEnough) {
      int low = risesFirst ? 1 : hour;
      int high = risesFirst ? hour : limit;
      if (!isEnough.test(high)) {
        return OptionalInt.empty();
      }
      while (low < high) {
        int middle = (low + high) / 2;
        if (isEnough.test(middle)) {
          high = middle;
        } else {
          low = middle + 1;
        }
      }
      return OptionalInt.of(high);
    }
  }
}
