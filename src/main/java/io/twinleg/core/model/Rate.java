package io.twinleg.core.model;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * A funding rate: the fraction of notional that longs pay to shorts (when positive) for one period.
 * The period travels with it; comparing an hourly rate with a yearly one lost the original its
 * money (R3).
 */
public record Rate(BigDecimal value, int periodHours) {
  public static final int HOURS_A_YEAR = 8760;

  public Rate {
    value = DecimalFormat.normal(value);
    if (periodHours <= 0) {
      throw new IllegalArgumentException(
          "a rate's period is at least an hour, found " + periodHours);
    }
  }

  public static Rate hourly(String fraction) {
    return hourly(new BigDecimal(fraction));
  }

  public static Rate hourly(BigDecimal fraction) {
    return new Rate(fraction, 1);
  }

  /** The same rate for one hour; a multi-hour rate counts evenly for each of its hours. */
  public BigDecimal perHour() {
    return periodHours == 1
        ? value
        : value.divide(BigDecimal.valueOf(periodHours), MathContext.DECIMAL64);
  }

  /** Simple, not compounded: rate × 8760 / period. */
  public BigDecimal apr() {
    BigDecimal yearly = value.multiply(BigDecimal.valueOf(HOURS_A_YEAR));
    return periodHours == 1
        ? yearly
        : yearly.divide(BigDecimal.valueOf(periodHours), MathContext.DECIMAL64);
  }
}
