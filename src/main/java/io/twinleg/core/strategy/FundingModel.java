package io.twinleg.core.strategy;

import io.twinleg.core.model.FundingHour;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How one coin's hourly rates behave: they revert to a mean {@code fbar} by the factor {@code phi}
 * an hour (specification 2.9). Fitted once an hour, when a rate settles.
 */
public final class FundingModel {
  private static final MathContext PRECISION = MathContext.DECIMAL64;

  /** Neutral funding, and how slowly rates usually come back to it. */
  public static final BigDecimal PRIOR_MEAN = new BigDecimal("0.0000125");

  public static final BigDecimal PRIOR_PHI = new BigDecimal("0.97");
  public static final BigDecimal PRIOR_HOURS = new BigDecimal("168");
  public static final BigDecimal MOST_PERSISTENT = new BigDecimal("0.995");

  private static final int DECIMALS = 12;

  /** Of a rate, in 10^-12. */
  private static final long LARGEST = 100_000_000;

  private static final int LONG_DIGITS = 18;
  private static final long[] POWERS = powers();

  private final BigDecimal fbar;
  private final BigDecimal phi;
  private final GeometricDecay decay;

  public FundingModel(BigDecimal fbar, BigDecimal phi) {
    this.fbar = fbar;
    this.phi = phi;
    this.decay = new GeometricDecay(phi);
  }

  public BigDecimal fbar() {
    return fbar;
  }

  public BigDecimal phi() {
    return phi;
  }

  /**
   * Fits mean and persistence to the newest hours, shrunk to the prior with the weight of a week.
   *
   * @param newestFirst a missing hour is null: it counts nowhere, and no pair spans it
   */
  public static FundingModel fit(@Nullable BigDecimal... newestFirst) {
    Sums exact = sums(newestFirst);
    BigDecimal sum = exact == null ? sum(newestFirst) : exact.sum();
    int known = exact == null ? known(newestFirst) : exact.known();
    if (known == 0) {
      return new FundingModel(PRIOR_MEAN, PRIOR_PHI);
    }
    BigDecimal n = BigDecimal.valueOf(known);
    BigDecimal mean = sum.divide(n, PRECISION);
    BigDecimal phi =
        (exact == null
                ? persistence(newestFirst, mean)
                : persistence(exact.covariance(mean), exact.variance(mean)))
            .orElse(PRIOR_PHI);
    return new FundingModel(shrunk(mean, PRIOR_MEAN, n), shrunk(phi, PRIOR_PHI, n));
  }

  private static BigDecimal sum(@Nullable BigDecimal... rates) {
    BigDecimal sum = BigDecimal.ZERO;
    for (BigDecimal rate : rates) {
      sum = rate == null ? sum : sum.add(rate);
    }
    return sum;
  }

  private static int known(@Nullable BigDecimal... rates) {
    return (int) Arrays.stream(rates).filter(Objects::nonNull).count();
  }

  /**
   * The same sums in whole numbers of 10^-12, exact and many times faster: a backtest fits a model
   * for every hour of years. Null where a rate is too large or too fine for that, or there are so
   * many that a sum might not fit.
   */
  private static @Nullable Sums sums(@Nullable BigDecimal... newestFirst) {
    if (newestFirst.length > FundingHour.HISTORY_HOURS) {
      return null;
    }
    long total = 0;
    int known = 0;
    int scale = 0;
    long products = 0;
    long squares = 0;
    long before = 0;
    long after = 0;
    int pairs = 0;
    long next = 0;
    boolean isNextKnown = false;
    for (BigDecimal rate : newestFirst) {
      if (rate == null) {
        isNextKnown = false;
        continue;
      }
      int decimals = rate.scale();
      if (decimals < 0 || decimals > DECIMALS || rate.precision() > LONG_DIGITS) {
        return null;
      }
      long unit = POWERS[DECIMALS - decimals];
      long digits = rate.scaleByPowerOfTen(decimals).longValue();
      if (Math.abs(digits) > LARGEST / unit) {
        return null;
      }
      long whole = digits * unit;
      if (isNextKnown) {
        products += whole * next;
        squares += whole * whole;
        before += whole;
        after += next;
        pairs++;
      }
      total += whole;
      known++;
      scale = Math.max(scale, decimals);
      next = whole;
      isNextKnown = true;
    }
    return new Sums(total, known, scale, products, squares, before, after, pairs);
  }

  /**
   * Of all known hours, and over all pairs of an hour and the one after it; products in 10^-24,
   * sums in 10^-12.
   *
   * @param scale the most decimals of a rate
   */
  private record Sums(
      long total,
      int known,
      int scale,
      long products,
      long squares,
      long before,
      long after,
      int pairs) {
    /** With as many decimals as adding the rates one by one gives it. */
    BigDecimal sum() {
      return BigDecimal.valueOf(total, DECIMALS).setScale(scale, RoundingMode.UNNECESSARY);
    }

    BigDecimal covariance(BigDecimal mean) {
      return centred(products, before + after, mean);
    }

    BigDecimal variance(BigDecimal mean) {
      return centred(squares, 2 * before, mean);
    }

    /** The sum of (x − m)(y − m) is that of xy, less m times that of x and y, plus n times m². */
    private BigDecimal centred(long ofProducts, long ofBoth, BigDecimal mean) {
      return BigDecimal.valueOf(ofProducts, 2 * DECIMALS)
          .subtract(BigDecimal.valueOf(ofBoth, DECIMALS).multiply(mean))
          .add(mean.multiply(mean).multiply(BigDecimal.valueOf(pairs)));
    }
  }

  private static BigDecimal shrunk(BigDecimal fitted, BigDecimal prior, BigDecimal n) {
    return fitted
        .multiply(n)
        .add(prior.multiply(PRIOR_HOURS))
        .divide(n.add(PRIOR_HOURS), PRECISION);
  }

  /** Lag-1 regression, clamped to [0, 0.995]; empty when the rates never differ. */
  private static Optional<BigDecimal> persistence(
      @Nullable BigDecimal[] newestFirst, BigDecimal mean) {
    BigDecimal covariance = BigDecimal.ZERO;
    BigDecimal variance = BigDecimal.ZERO;
    BigDecimal after = null;
    for (BigDecimal rate : newestFirst) {
      BigDecimal before = rate == null ? null : rate.subtract(mean);
      if (before != null && after != null) {
        covariance = covariance.add(before.multiply(after, PRECISION));
        variance = variance.add(before.multiply(before, PRECISION));
      }
      after = before;
    }
    return persistence(covariance, variance);
  }

  /** Rates that never differ have none. */
  private static Optional<BigDecimal> persistence(BigDecimal covariance, BigDecimal variance) {
    if (variance.signum() == 0) {
      return Optional.empty();
    }
    BigDecimal phi = covariance.divide(variance, PRECISION);
    return Optional.of(phi.max(BigDecimal.ZERO).min(MOST_PERSISTENT));
  }

  private static long[] powers() {
    long[] powers = new long[DECIMALS + 1];
    powers[0] = 1;
    for (int i = 1; i <= DECIMALS; i++) {
      powers[i] = powers[i - 1] * 10;
    }
    return powers;
  }

  /** What to expect when the rate of this hour is {@code f0}. */
  public FundingForecast from(BigDecimal f0) {
    return new FundingForecast(f0, fbar, decay);
  }
}
