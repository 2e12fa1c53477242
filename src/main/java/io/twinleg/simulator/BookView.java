package io.twinleg.simulator;

import io.twinleg.core.model.BookSnapshot;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.PriceLevel;
import io.twinleg.core.model.Side;
import io.twinleg.core.model.Usd;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/** A listing's book as others see it. */
final class BookView {
  private static final BigDecimal MOST = BigDecimal.valueOf(Long.MAX_VALUE);

  private final ListedInstrument listing;

  BookView(ListedInstrument listing) {
    this.listing = listing;
  }

  BookSnapshot whole() {
    return new BookSnapshot(depth(Side.BUY, Long.MAX_VALUE), depth(Side.SELL, Long.MAX_VALUE));
  }

  /** Of each side as much as is worth {@code worth} at its best price, and no level beyond. */
  BookSnapshot depth(Usd worth) {
    return new BookSnapshot(
        depth(Side.BUY, window(Side.BUY, worth)), depth(Side.SELL, window(Side.SELL, worth)));
  }

  BookSnapshot ofAccounts() {
    return new BookSnapshot(ofAccounts(Side.BUY), ofAccounts(Side.SELL));
  }

  private List<PriceLevel> ofAccounts(Side side) {
    List<PriceLevel> levels = new ArrayList<>();
    for (BookLevel level : listing.book().side(side).levels()) {
      long lots = level.total() - level.anonymous();
      if (lots > 0) {
        levels.add(new PriceLevel(new Price(level.price()), listing.quantity(lots)));
      }
    }
    return levels;
  }

  private List<PriceLevel> depth(Side side, long window) {
    List<PriceLevel> levels = new ArrayList<>();
    long left = window;
    for (BookLevel level : listing.book().side(side).levels()) {
      long lots = Math.min(level.total(), left);
      levels.add(new PriceLevel(new Price(level.price()), listing.quantity(lots)));
      left -= lots;
      if (left == 0) {
        break;
      }
    }
    return levels;
  }

  /** In lots, rounded up, and at least one: the best price is always seen. */
  private long window(Side side, Usd worth) {
    return listing
        .book()
        .best(side)
        .map(best -> worth.value().divide(best.value(), scale(), RoundingMode.CEILING))
        .map(size -> size.movePointRight(scale()).min(MOST).longValueExact())
        .map(lots -> Math.max(1, lots))
        .orElse(1L);
  }

  private int scale() {
    return listing.instrument().sizeDecimals();
  }
}
