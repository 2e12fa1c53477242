package io.twinleg.core.portfolio;

import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Usd;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * What is held of one leg and what it cost in all, averaged. For a short the cost is what its sale
 * brought in.
 */
record CostBasis(Quantity size, Usd cost) {
  private static final int COST_DECIMALS = 12;

  static final CostBasis NONE = new CostBasis(Quantity.ZERO, Usd.ZERO);

  CostBasis plus(Quantity more, Usd paid) {
    return new CostBasis(size.plus(more), cost.plus(paid));
  }

  /**
   * The part of the cost that leaves with {@code sold} of the size. Taking the last of it takes all
   * of the cost, so the rounding of an average is never lost or gained.
   */
  Usd costOf(Quantity sold) {
    if (sold.compareTo(size) > 0) {
      throw new IllegalStateException("cannot take " + sold + " out of " + size);
    }
    return sold.equals(size)
        ? cost
        : new Usd(
            cost.value()
                .multiply(sold.value())
                .divide(size.value(), COST_DECIMALS, RoundingMode.HALF_EVEN));
  }

  CostBasis minus(Quantity sold) {
    return new CostBasis(size.minus(sold), cost.minus(costOf(sold)));
  }

  /** The average price; zero when nothing is held. */
  BigDecimal average() {
    return size.isZero()
        ? BigDecimal.ZERO
        : cost.value().divide(size.value(), MathContext.DECIMAL64);
  }
}
