package io.hypercarry.venue.hyperliquid;

import io.hypercarry.core.model.Book;
import io.hypercarry.core.model.Level;
import io.hypercarry.core.model.Quantity;
import io.hypercarry.core.model.Usd;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/** Each side of a book as far as twice the clip goes at its best price, and no level beyond. */
final class DepthCut {
  private static final BigDecimal CLIPS_SEEN = BigDecimal.valueOf(2);

  private final int sizeDecimals;
  private final Usd worth;

  DepthCut(int sizeDecimals, Usd clip) {
    this.sizeDecimals = sizeDecimals;
    worth = clip.times(CLIPS_SEEN);
  }

  Book of(Book whole) {
    return new Book(side(whole.bids()), side(whole.asks()));
  }

  private List<Level> side(List<Level> levels) {
    if (levels.isEmpty()) {
      return levels;
    }
    List<Level> seen = new ArrayList<>();
    Quantity left = window(levels.get(0));
    for (Level level : levels) {
      Quantity part = level.quantity().min(left);
      seen.add(new Level(level.price(), part));
      left = left.minus(part);
      if (left.isZero()) {
        break;
      }
    }
    return seen;
  }

  /** In whole lots, rounded up: at least the best price is always seen. */
  private Quantity window(Level best) {
    BigDecimal size =
        worth.value().divide(best.price().value(), sizeDecimals, RoundingMode.CEILING);
    return new Quantity(size);
  }
}
