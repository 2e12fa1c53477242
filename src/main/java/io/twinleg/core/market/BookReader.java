package io.twinleg.core.market;

import io.twinleg.core.model.BookSnapshot;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.PriceLevel;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Side;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Readings of one book. Pure functions: what is no valid reading is empty, never a guess. */
public final class BookReader {
  /** A wider book says nothing about the price (specification 2.8). */
  private static final int WIDEST_SPREAD_PARTS = 20;

  private static final BigDecimal BPS = new BigDecimal("10000");

  private BookReader() {}

  /** The mid of a two-sided, uncrossed book that is not wider than 500 bps. */
  public static Optional<Price> mid(BookSnapshot book) {
    Optional<Price> bid = book.best(Side.BUY);
    Optional<Price> ask = book.best(Side.SELL);
    if (bid.isEmpty() || ask.isEmpty() || !bid.get().isBelow(ask.get())) {
      return Optional.empty();
    }
    Price mid = Price.mid(bid.get(), ask.get());
    long spread = ask.get().e8() - bid.get().e8();
    return spread > mid.e8() / WIDEST_SPREAD_PARTS ? Optional.empty() : Optional.of(mid);
  }

  /** The levels that an aggressive order of this side may take without passing its cap. */
  public static List<PriceLevel> within(BookSnapshot book, Side taker, Price cap) {
    List<PriceLevel> reachable = new ArrayList<>();
    for (PriceLevel level : book.against(taker)) {
      boolean beyond = taker == Side.BUY ? level.price().isAbove(cap) : level.price().isBelow(cap);
      if (beyond) {
        break;
      }
      reachable.add(level);
    }
    return reachable;
  }

  /**
   * The furthest price from the reference that a slippage of {@code bps} allows; not yet rounded to
   * a tick.
   */
  public static Price slipped(Price reference, Side taker, BigDecimal bps) {
    BigDecimal share = bps.divide(BPS, 8, RoundingMode.DOWN);
    BigDecimal factor =
        taker == Side.BUY ? BigDecimal.ONE.add(share) : BigDecimal.ONE.subtract(share);
    return Price.reference(reference.value().multiply(factor));
  }

  /**
   * The book without our own resting order. Our quote is often the best one; improving on it would
   * be bidding against ourselves.
   */
  public static BookSnapshot without(BookSnapshot book, Side side, Price price, Quantity quantity) {
    List<PriceLevel> cleared = new ArrayList<>();
    for (PriceLevel level : book.side(side)) {
      Quantity left =
          level.price().equals(price) ? level.quantity().minus(quantity) : level.quantity();
      if (left.isPositive()) {
        cleared.add(new PriceLevel(level.price(), left));
      }
    }
    return side == Side.BUY
        ? new BookSnapshot(cleared, book.asks())
        : new BookSnapshot(book.bids(), cleared);
  }
}
