package io.twinleg.wire;

import java.math.BigDecimal;

/** What a venue can quote. */
public final class QuotedPrice {
  /** No coin costs a billion: a venue that says so says something else, and no sum overflows. */
  public static final long HIGHEST = 1_000_000_000;

  private static final BigDecimal MOST = BigDecimal.valueOf(HIGHEST);

  /** Finer no venue quotes, and less would be rounded to nothing. */
  private static final BigDecimal LEAST = new BigDecimal("0.00000001");

  private QuotedPrice() {}

  public static boolean isPossible(BigDecimal price) {
    return price.compareTo(LEAST) >= 0 && price.compareTo(MOST) <= 0;
  }
}
