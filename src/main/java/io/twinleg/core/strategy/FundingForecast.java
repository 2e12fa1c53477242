package io.twinleg.core.strategy;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.OptionalInt;

/**
 * What funding is expected to sum up to from today's rate {@code f0} on, as a fraction of notional.
 */
public final class FundingForecast {
  private static final MathContext PRECISION = MathContext.DECIMAL64;

  private final BigDecimal fbar;
  private final BigDecimal excess;
  private final GeometricDecay decay;

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
    return fbar.multiply(BigDecimal.valueOf(hours))
        .add(excess.multiply(decay.sum(hours), PRECISION));
  }

  /** What the rate is expected to be in so many hours. */
  private BigDecimal rate(int hours) {
    return fbar.add(excess.multiply(decay.power(hours), PRECISION));
  }

  /**
   * The first hour by which at least {@code cost} has come in; empty when none up to {@code limit}
   * has. Expected rates change their sign at most once, so the sum rises on one side of that hour
   * and falls on the other, and the side that rises can be searched by halving.
   */
  public OptionalInt hoursToEarn(BigDecimal cost, int limit) {
    if (cost.signum() <= 0) {
      return OptionalInt.of(0);
    }
    boolean risesFirst = rate(1).signum() > 0;
    int turn = turn(limit, risesFirst);
    int low = risesFirst ? 1 : turn;
    int high = risesFirst ? turn : limit;
    if (sum(high).compareTo(cost) < 0) {
      return OptionalInt.empty();
    }
    while (low < high) {
      int middle = (low + high) / 2;
      if (sum(middle).compareTo(cost) >= 0) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return OptionalInt.of(high);
  }

  /** The last hour up to the limit whose expected rate has the sign of the first. */
  private int turn(int limit, boolean risesFirst) {
    int low = 1;
    int high = limit;
    while (low < high) {
      int middle = (low + high + 1) / 2;
      if ((rate(middle).signum() > 0) == risesFirst) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }
}
