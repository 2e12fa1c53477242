package io.twinleg.simulator.market.synthetic;

/** Fractions as whole numbers of 10^-9: prices are computed without a double. */
final class FixedPoint {
  static final long ONE = 1_000_000_000L;

  /** A basis point. */
  static final long BPS = 100_000L;

  private FixedPoint() {}

  /**
   * {@code value * fraction}, towards zero, without overflow for prices up to 9e9 and fractions up
   * to 9.
   */
  static long share(long value, long fraction) {
    return value / ONE * fraction + value % ONE * fraction / ONE;
  }
}
