package io.twinleg.core.model;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * What one unit of base costs, in quote. Held in 10^-8 of quote: no venue we speak to quotes finer,
 * and books compare and round prices far more often than they multiply them. Always positive.
 */
public record Price(long e8) implements Comparable<Price> {
  private static final int SCALE = 8;

  public Price {
    if (e8 <= 0) {
      throw new IllegalArgumentException(
          "a price is positive, found "
              + BigDecimal.valueOf(e8, SCALE).stripTrailingZeros().toPlainString());
    }
  }

  public static Price of(String decimal) {
    return of(new BigDecimal(decimal));
  }

  /** Exact: a price with more than 8 decimals is refused, never rounded here. */
  public static Price of(BigDecimal value) {
    return new Price(
        value.setScale(SCALE, RoundingMode.UNNECESSARY).unscaledValue().longValueExact());
  }

  /**
   * Rounds to 8 decimals, half up, and what is above zero never to zero: for reference prices
   * (mids, marks) only, never for an order.
   */
  public static Price reference(BigDecimal value) {
    long rounded = value.setScale(SCALE, RoundingMode.HALF_UP).unscaledValue().longValueExact();
    return new Price(value.signum() > 0 ? Math.max(1, rounded) : rounded);
  }

  public static Price mid(Price bid, Price ask) {
    return new Price(bid.e8 + Math.floorDiv(ask.e8 - bid.e8, 2));
  }

  /** For arithmetic: as many zeros as it takes. */
  public BigDecimal value() {
    return BigDecimal.valueOf(e8, SCALE);
  }

  /** The number in its one normal form, for people and records. */
  public BigDecimal plain() {
    return DecimalFormat.normal(value());
  }

  public Usd times(Quantity quantity) {
    return new Usd(BigDecimal.valueOf(e8, SCALE).multiply(quantity.value()));
  }

  public boolean isAbove(Price other) {
    return e8 > other.e8;
  }

  public boolean isBelow(Price other) {
    return e8 < other.e8;
  }

  @Override
  public int compareTo(Price other) {
    return Long.compare(e8, other.e8);
  }

  @Override
  public String toString() {
    return plain().toPlainString();
  }
}
