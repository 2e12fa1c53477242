package io.twinleg.core.model;

/**
 * Which prices a venue takes for an instrument. The tick may depend on the price, so it is computed
 * anew at every price.
 */
public sealed interface PriceRule {
  /** The distance to the next legal price at this price. */
  Price tick(Price at);

  /**
   * Every BUY price is rounded down and every SELL price up: passive quotes stay passive, caps are
   * never exceeded.
   */
  default Price round(Side side, Price price) {
    long tick = tick(price).e8();
    long below = price.e8() / tick * tick;
    if (below == price.e8()) {
      return price;
    }
    return new Price(side == Side.BUY && below > 0 ? below : below + tick);
  }

  default boolean isLegal(Price price) {
    return price.e8() % tick(price).e8() == 0;
  }

  /**
   * One tick up or down from a legal price; stepping down across a power of ten takes the finer
   * tick below it. Never below the least price.
   */
  default Price step(Price from, Side side, int ticks) {
    long at = from.e8();
    for (int i = 0; i < ticks; i++) {
      if (side == Side.BUY) {
        at += tick(new Price(at)).e8();
      } else if (at > 1 && at > tick(new Price(at - 1)).e8()) {
        at -= tick(new Price(at - 1)).e8();
      }
    }
    return new Price(at);
  }

  /**
   * Hyperliquid's rule: an integer, or at most 5 significant figures and at most {@code
   * maxDecimals} decimals. So the tick follows the price's power of ten, and is never above 1.
   */
  record SignificantFigures(int maxDecimals) implements PriceRule {
    private static final int FIGURES = 5;
    private static final long ONE = 100_000_000L;

    public SignificantFigures {
      if (maxDecimals < 0 || maxDecimals > 8) {
        throw new IllegalArgumentException("price decimals lie in 0..8, found " + maxDecimals);
      }
    }

    @Override
    public Price tick(Price at) {
      long byDecimals = powerOfTen(8 - maxDecimals);
      long byFigures = 1;
      for (long reach = powerOfTen(FIGURES); reach <= at.e8() && byFigures < ONE; reach *= 10) {
        byFigures *= 10;
      }
      return new Price(Math.min(ONE, Math.max(byDecimals, byFigures)));
    }

    private static long powerOfTen(int exponent) {
      long power = 1;
      for (int i = 0; i < exponent; i++) {
        power *= 10;
      }
      return power;
    }
  }

  /** One tick at every price: Aster's rule. */
  record FixedTick(Price tick) implements PriceRule {
    @Override
    public Price tick(Price at) {
      return tick;
    }
  }
}
