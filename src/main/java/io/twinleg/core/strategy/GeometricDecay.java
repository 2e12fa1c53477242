package io.twinleg.core.strategy;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;

/**
 * How much of an excess over the mean is still to come within so many hours: phi + phi² + … +
 * phi^H. Kept once computed, since it stays the same for an hour while rates move every minute.
 */
final class GeometricDecay {
  private final BigDecimal phi;
  private final List<BigDecimal> powers = new ArrayList<>(List.of(BigDecimal.ONE));
  private final List<BigDecimal> sums = new ArrayList<>(List.of(BigDecimal.ZERO));

  GeometricDecay(BigDecimal phi) {
    this.phi = phi;
  }

  /** phi to the power of {@code hours}. */
  BigDecimal power(int hours) {
    extend(hours);
    return powers.get(hours);
  }

  BigDecimal sum(int hours) {
    extend(hours);
    return sums.get(hours);
  }

  private void extend(int hours) {
    while (sums.size() <= hours) {
      int last = sums.size() - 1;
      BigDecimal next = powers.get(last).multiply(phi, MathContext.DECIMAL64);
      powers.add(next);
      sums.add(sums.get(last).add(next, MathContext.DECIMAL64));
    }
  }
}
