package io.twinleg.core.market;

import io.twinleg.core.model.Price;
import io.twinleg.core.model.PriceLevel;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Usd;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Optional;

/** What an aggressive order would take from the visible levels. */
public record BookWalk(Quantity filled, Usd notional) {
  private static final BookWalk NOTHING = new BookWalk(Quantity.ZERO, Usd.ZERO);

  /** Takes level by level until {@code wanted} is reached. */
  public static BookWalk of(List<PriceLevel> levels, Quantity wanted) {
    BookWalk sweep = NOTHING;
    for (PriceLevel level : levels) {
      Quantity missing = wanted.minus(sweep.filled);
      if (!missing.isPositive()) {
        break;
      }
      sweep = sweep.and(level.price(), missing.min(level.quantity()));
    }
    return sweep;
  }

  private BookWalk and(Price price, Quantity quantity) {
    return new BookWalk(filled.plus(quantity), notional.plus(price.times(quantity)));
  }

  /**
   * The average price that {@code wanted}, or what there is of it, would get; empty when nothing
   * would fill.
   */
  public static Optional<BigDecimal> averagePrice(List<PriceLevel> levels, Quantity wanted) {
    boolean firstIsEnough = !levels.isEmpty() && !wanted.exceeds(levels.get(0).quantity());
    return firstIsEnough
        ? Optional.of(levels.get(0).price().value())
        : of(levels, wanted).averagePrice();
  }

  /** The average price paid or received; empty when nothing would fill. */
  public Optional<BigDecimal> averagePrice() {
    return filled.isZero()
        ? Optional.empty()
        : Optional.of(notional.value().divide(filled.value(), MathContext.DECIMAL64));
  }
}
