package io.twinleg.venue.hyperliquid.market;

import io.twinleg.core.model.Usd;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/**
 * How much of a side is published: an amount of quote at the side's best price, in whole lots,
 * rounded up, so that the best price is always published.
 */
final class BookDepth {
  private static final int SCALE = 8;

  private final BigDecimal amount;
  private final int sizeDecimals;
  private final long lotE8;

  /** The amount in units of 10^-8 quote × lots; zero where that is too large for a long. */
  private final long scaled;

  BookDepth(Usd amount, int sizeDecimals) {
    this.amount = amount.value();
    this.sizeDecimals = Math.min(sizeDecimals, SCALE);
    lotE8 = BigDecimal.ONE.movePointLeft(this.sizeDecimals).movePointRight(SCALE).longValueExact();
    BigInteger exact =
        this.amount
            .movePointRight(SCALE + this.sizeDecimals)
            .setScale(0, RoundingMode.CEILING)
            .toBigInteger();
    scaled = exact.bitLength() < Long.SIZE ? exact.longValue() : 0;
  }

  BigDecimal at(BigDecimal price) {
    return amount.divide(price, sizeDecimals, RoundingMode.CEILING);
  }

  /** The same in 10^-8, of a price in 10^-8. */
  long at(long priceE8) {
    if (scaled == 0) {
      BigInteger size =
          at(BigDecimal.valueOf(priceE8, SCALE)).movePointRight(SCALE).toBigIntegerExact();
      return size.bitLength() < Long.SIZE ? size.longValue() : Long.MAX_VALUE;
    }
    long lots = Math.ceilDiv(scaled, priceE8);
    return lots > Long.MAX_VALUE / lotE8 ? Long.MAX_VALUE : lots * lotE8;
  }
}
