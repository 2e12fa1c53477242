package io.twinleg.venue.aster;

import io.twinleg.core.model.BookSnapshot;
import io.twinleg.core.model.PriceLevel;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Side;
import io.twinleg.core.model.Usd;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;

/** As much of a book as twice a clip goes at its best price: what lies deeper is no news. */
record AsterDepthLimit(Usd clip) {
  private static final BigDecimal CLIPS_SEEN = BigDecimal.valueOf(2);

  BookSnapshot cut(BookSnapshot whole) {
    return new BookSnapshot(cut(whole.side(Side.BUY)), cut(whole.side(Side.SELL)));
  }

  private List<PriceLevel> cut(List<PriceLevel> levels) {
    List<PriceLevel> seen = new ArrayList<>();
    if (levels.isEmpty()) {
      return seen;
    }
    BigDecimal best = levels.get(0).price().value();
    BigDecimal worth = clip.value().multiply(CLIPS_SEEN);
    Quantity left = new Quantity(worth.divide(best, MathContext.DECIMAL64));
    for (PriceLevel level : levels) {
      Quantity part = level.quantity().min(left);
      seen.add(new PriceLevel(level.price(), part));
      left = left.minus(part);
      if (!left.isPositive()) {
        break;
      }
    }
    return seen;
  }
}
