package io.twinleg.venue.hyperliquid.market;

import io.twinleg.core.model.BookSnapshot;
import io.twinleg.core.model.PriceLevel;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Usd;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/** Each side of a book as far as twice the clip goes at its best price, and no level beyond. */
final class HyperliquidDepthLimit {
  private static final BigDecimal CLIPS_SEEN = BigDecimal.valueOf(2);

  private final int sizeDecimals;
  private final Usd worth;

  HyperliquidDepthLimit(int sizeDecimals, Usd clip) {
    this.sizeDecimals = sizeDecimals;
    worth = clip.times(CLIPS_SEEN);
  }

  BookSnapshot of(BookSnapshot whole) {
    return new BookSnapshot(side(whole.bids()), side(whole.asks()));
  }

  private List<PriceLevel> side(List<PriceLevel> levels) {
    if (levels.isEmpty()) {
      return levels;
    }
    List<PriceLevel> seen = new ArrayList<>();
    Quantity left = window(levels.get(0));
    for (PriceLevel level : levels) {
      Quantity part = level.quantity().min(left);
      seen.add(new PriceLevel(level.price(), part));
      left = left.minus(part);
      if (left.isZero()) {
        break;
      }
    }
    return seen;
  }

  /** In whole lots, rounded up: at least the best price is always seen. */
  private Quantity window(PriceLevel best) {
    BigDecimal size =
        worth.value().divide(best.price().value(), sizeDecimals, RoundingMode.CEILING);
    return new Quantity(size);
  }
}
