package io.twinleg.core.model;

import java.math.BigDecimal;

/**
 * Money in the quote currency (USDC), exact. Positive is ours to receive or to hold, unless a field
 * says otherwise.
 */
public record Usd(BigDecimal value) implements Comparable<Usd> {
  public static final Usd ZERO = new Usd(BigDecimal.ZERO);

  public static Usd of(String decimal) {
    return new Usd(new BigDecimal(decimal));
  }

  public Usd plus(Usd other) {
    return new Usd(value.add(other.value));
  }

  public Usd minus(Usd other) {
    return new Usd(value.subtract(other.value));
  }

  public Usd times(BigDecimal factor) {
    return new Usd(value.multiply(factor));
  }

  public Usd negated() {
    return new Usd(value.negate());
  }

  public Usd abs() {
    return value.signum() < 0 ? negated() : this;
  }

  public Usd min(Usd other) {
    return compareTo(other) <= 0 ? this : other;
  }

  public Usd max(Usd other) {
    return compareTo(other) >= 0 ? this : other;
  }

  public int signum() {
    return value.signum();
  }

  public boolean exceeds(Usd other) {
    return compareTo(other) > 0;
  }

  public boolean isBelow(Usd other) {
    return compareTo(other) < 0;
  }

  @Override
  public int compareTo(Usd other) {
    return value.compareTo(other.value);
  }

  /** The number in its one normal form, for people and records. */
  public BigDecimal plain() {
    return DecimalFormat.normal(value);
  }

  /** Equal numbers are equal, however many zeros they were written with. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Usd that && value.compareTo(that.value) == 0;
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
