package io.twinleg.core.strategy;

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
  private static final BigDecimal PRIOR_MEAN = new BigDecimal("0.0000125");

  private static final BigDecimal PRIOR_PHI = new BigDecimal("0.97");
  private static final BigDecimal PRIOR_HOURS = new BigDecimal("168");
  private static final BigDecimal MOST_PERSISTENT = new BigDecimal("0.995");

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

  private static BigDecimal shrunk(BigDecimal fitted, BigDecimal prior, BigDecimal n) {
    return fitted
        .multiply(n)
        .add(prior.multiply(PRIOR_HOURS))
        .divide(n.add(PRIOR_HOURS), PRECISION);
  }

  /** Lag-1 regression, clamped to [0, 0.995]; empty when the rates never differ. */
  private static Optional<BigDecimal> persistence(
      List<Optional<BigDecimal>> newestFirst, BigDecimal mean) {
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
    if (variance.signum() == 0) {
      return Optional.empty();
    }
    BigDecimal phi = covariance.divide(variance, PRECISION);
    return Optional.of(phi.max(BigDecimal.ZERO).min(MOST_PERSISTENT));
  }

  /** What to expect when the rate of this hour is {@code f0}. */
  public FundingForecast from(BigDecimal f0) {
    return new FundingForecast(f0, fbar, decay);
  }
}
