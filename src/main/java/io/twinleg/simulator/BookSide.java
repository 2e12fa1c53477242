package io.twinleg.simulator;

import io.twinleg.core.model.Side;
import java.util.Collection;
import java.util.Iterator;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The bids or the asks of one book, best price first. Prices are 10^-8 of quote, sizes are lots.
 */
final class BookSide {
  private final Side side;

  /**
   * By a key that grows from the best price to the worst: the price of an ask, minus that of a bid.
   */
  private final TreeMap<Long, BookLevel> levels = new TreeMap<>();

  BookSide(Side side) {
    this.side = side;
  }

  /** Best first. */
  Collection<BookLevel> levels() {
    return levels.values();
  }

  Optional<BookLevel> best() {
    var first = levels.firstEntry();
    return first == null ? Optional.empty() : Optional.of(first.getValue());
  }

  /** Whether an order of the other side with this limit would trade here. */
  boolean isReachedBy(long limit) {
    return !levels.isEmpty() && levels.firstKey() <= key(limit);
  }

  void rest(Order order) {
    level(order.limit()).add(order);
  }

  void fillBest(BookLevel best, long lots) {
    best.fillFirst(lots);
    dropIfEmpty(best);
  }

  void remove(Order order) {
    BookLevel level = level(order.limit());
    level.remove(order);
    dropIfEmpty(level);
  }

  void shrink(Order order, long lots) {
    level(order.limit()).shrink(order, lots);
  }

  void addAnonymous(long price, long lots) {
    level(price).addAnonymous(lots);
  }

  long anonymousAt(long price) {
    BookLevel level = levels.get(key(price));
    return level == null ? 0 : level.anonymous();
  }

  /** Takes away what the crowd no longer quotes; what it quotes more of is added later. */
  void shrinkAnonymousTo(QuoteLadder quotes) {
    Iterator<BookLevel> resting = levels.values().iterator();
    int at = 0;
    while (resting.hasNext()) {
      BookLevel level = resting.next();
      long key = key(level.price());
      while (at < quotes.size() && key(quotes.price(at)) < key) {
        at++;
      }
      boolean quoted = at < quotes.size() && quotes.price(at) == level.price();
      level.shrinkAnonymous(quoted ? quotes.lots(at) : 0);
      if (level.isEmpty()) {
        resting.remove();
      }
    }
  }

  private BookLevel level(long price) {
    return levels.computeIfAbsent(key(price), key -> new BookLevel(price));
  }

  private void dropIfEmpty(BookLevel level) {
    if (level.isEmpty()) {
      levels.remove(key(level.price()));
    }
  }

  private long key(long price) {
    return side == Side.BUY ? -price : price;
  }
}
