package io.twinleg.simulator;

/**
 * How a crowd quotes one book. Fractions are of the price, in 10^-9, from least to most.
 *
 * @param usdMin the least value of a level, in quote
 */
record QuoteProfile(
    long halfSpreadMin, long halfSpreadMax, long gapMin, long gapMax, int usdMin, int usdMax) {
  static final int LEVELS = 5;

  /** HYPE's spot book as it was in 2025, roughly: 1.4 to 3 bps wide, a few thousand a level. */
  static final QuoteProfile SPOT =
      new QuoteProfile(70_000, 150_000, 150_000, 300_000, 2_000, 8_000);

  /** The perp's is tighter and four times deeper. */
  static final QuoteProfile PERP =
      new QuoteProfile(50_000, 120_000, 150_000, 250_000, 8_000, 30_000);

  QuoteProfile {
    if (halfSpreadMin <= 0 || gapMin < FixedPoint.BPS || usdMin <= 0) {
      throw new IllegalArgumentException("a book needs a spread, gaps of a basis point, and depth");
    }
  }
}
