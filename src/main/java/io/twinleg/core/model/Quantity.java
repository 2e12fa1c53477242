package io.twinleg.core.model;

import java.math.BigDecimal;

/**
 * An amount of base (spot: tokens; perp: contracts). Exact and unbounded in decimals, because a
 * balance holds fees of a token's own precision (UBTC: 10 decimals) that no order could name. May
 * be negative where a caller says so (a short position, a delta). Without trailing zeros, so that
 * one amount is one value however a venue writes it ("500.0" of a coin in whole lots).
 */
public record Quantity(BigDecimal value) implements Comparable<Quantity> {
  public static final Quantity ZERO = new Quantity(BigDecimal.ZERO);

  public Quantity {
    value = DecimalFormat.normal(value);
  }

  public static Quantity of(String decimal) {
    return new Quantity(new BigDecimal(decimal));
  }

  public Quantity plus(Quantity other) {
    return new Quantity(value.add(other.value));
  }

  public Quantity minus(Quantity other) {
    return new Quantity(value.subtract(other.value));
  }

  public Quantity times(BigDecimal factor) {
    return new Quantity(value.multiply(factor));
  }

  public Quantity negated() {
    return new Quantity(value.negate());
  }

  public Quantity abs() {
    return value.signum() < 0 ? negated() : this;
  }

  public Quantity min(Quantity other) {
    return compareTo(other) <= 0 ? this : other;
  }

  public Quantity max(Quantity other) {
    return compareTo(other) >= 0 ? this : other;
  }

  public int signum() {
    return value.signum();
  }

  public boolean isZero() {
    return value.signum() == 0;
  }

  public boolean isPositive() {
    return value.signum() > 0;
  }

  public boolean exceeds(Quantity other) {
    return compareTo(other) > 0;
  }

  @Override
  public int compareTo(Quantity other) {
    return value.compareTo(other.value);
  }

  /** The number in its one normal form, for people and records. */
  public BigDecimal plain() {
    return DecimalFormat.normal(value);
  }

  /** Equal numbers are equal, however many zeros they were written with. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Quantity that && value.compareTo(that.value) == 0;
  }

  @Override
  public int hashCode() {
    return plain().hashCode();
  }

  @Override
  public String toString() {
    return plain().toPlainString();
  }
}
