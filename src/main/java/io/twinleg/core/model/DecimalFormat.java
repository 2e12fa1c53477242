package io.twinleg.core.model;

import java.math.BigDecimal;

/**
 * The one normal form of an exact decimal: no trailing zeros, no exponent, so that equal numbers
 * are equal values.
 */
final class DecimalFormat {
  private DecimalFormat() {}

  static BigDecimal normal(BigDecimal value) {
    BigDecimal stripped = value.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }
}
