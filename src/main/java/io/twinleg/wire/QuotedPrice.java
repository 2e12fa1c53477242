package io.twinleg.wire;

import java.math.BigDecimal;
import java.util.List;

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

  /**
   * @param bids whether the highest is the best
   * @throws MalformedMessage where a side of a book is in another order: its first level is then
   *     not what it is taken for
   */
  public static void requireBestFirst(List<BigDecimal> side, boolean bids) {
    for (int level = 1; level < side.size(); level++) {
      int order = side.get(level - 1).compareTo(side.get(level));
      if (bids ? order <= 0 : order >= 0) {
        throw MalformedMessage.schema(
            "%s before %s: the %s are not in order, best first"
                .formatted(
                    side.get(level - 1).toPlainString(),
                    side.get(level).toPlainString(),
                    bids ? "bids" : "asks"));
      }
    }
  }
}
