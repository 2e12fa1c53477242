package io.twinleg.core.strategy;

import io.twinleg.core.model.FundingHour;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Optional;

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
  private static final BigDecimal LARGEST = new BigDecimal("0.0001");
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
   * @param newestFirst a missing hour is empty: it counts nowhere, and no pair spans it
   */
  public static FundingModel fit(List<Optional<BigDecimal>> newestFirst) {
    List<BigDecimal> known = newestFirst.stream().flatMap(Optional::stream).toList();
    if (known.isEmpty()) {
      return new FundingModel(PRIOR_MEAN, PRIOR_PHI);
    }
    BigDecimal n = BigDecimal.valueOf(known.size());
    BigDecimal mean = known.stream().reduce(BigDecimal.ZERO, BigDecimal::add).divide(n, PRECISION);
    BigDecimal phi = persistence(newestFirst, mean).orElse(PRIOR_PHI);
    return new FundingModel(shrunk(mean, PRIOR_MEAN, n), shrunk(phi, PRIOR_PHI, n));
  }

  /**
   * The same sums in whole numbers of 10^-12, exact and many times faster: a backtest fits a model
   * for every hour of years. Empty where a rate is too large or too fine for that, or there are so
   * many that a sum might not fit.
   */
  private static Optional<Sums> sums(List<Optional<BigDecimal>> newestFirst) {
    if (newestFirst.size() > FundingHour.HISTORY_HOURS) {
      return Optional.empty();
    }
    long[] rates = new long[newestFirst.size()];
    boolean[] known = new boolean[rates.length];
    for (int i = 0; i < rates.length; i++) {
      BigDecimal rate = newestFirst.get(i).orElse(null);
      if (rate != null) {
        if (rate.scale() > DECIMALS || rate.abs().compareTo(LARGEST) > 0) {
          return Optional.empty();
        }
        known[i] = true;
        rates[i] = rate.unscaledValue().longValue() * POWERS[DECIMALS - Math.max(0, rate.scale())];
      }
    }
    long products = 0;
    long squares = 0;
    long before = 0;
    long after = 0;
    int pairs = 0;
    for (int i = 1; i < rates.length; i++) {
      if (known[i] && known[i - 1]) {
        products += rates[i] * rates[i - 1];
        squares += rates[i] * rates[i];
        before += rates[i];
        after += rates[i - 1];
        pairs++;
      }
    }
    return Optional.of(new Sums(products, squares, before, after, pairs));
  }

  /** Over all pairs of an hour and the one after it; products in 10^-24, sums in 10^-12. */
  private record Sums(long products, long squares, long before, long after, int pairs) {
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
      List<Optional<BigDecimal>> newestFirst, BigDecimal mean) {
    Optional<Sums> exact = sums(newestFirst);
    if (exact.isPresent()) {
      return persistence(exact.get().covariance(mean), exact.get().variance(mean));
    }
    BigDecimal covariance = BigDecimal.ZERO;
    BigDecimal variance = BigDecimal.ZERO;
    for (int i = 1; i < newestFirst.size(); i++) {
      if (newestFirst.get(i).isPresent() && newestFirst.get(i - 1).isPresent()) {
        BigDecimal before = newestFirst.get(i).get().subtract(mean);
        BigDecimal after = newestFirst.get(i - 1).get().subtract(mean);
        covariance = covariance.add(before.multiply(after, PRECISION));
        variance = variance.add(before.multiply(before, PRECISION));
      }
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
