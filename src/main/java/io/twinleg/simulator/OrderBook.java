package io.twinleg.simulator;

import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.PriceLevel;
import io.twinleg.core.model.Side;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One instrument's book: the background quotes of the market model and the accounts' orders
 * together. Never crossed between turns. Prices are 10^-8 of quote, sizes are lots.
 */
final class OrderBook {
  private final BookSide bids = new BookSide(Side.BUY);
  private final BookSide asks = new BookSide(Side.SELL);
  private long version;

  BookSide side(Side side) {
    return side == Side.BUY ? bids : asks;
  }

  /** Grows with every change, so that a reader need not compare books to see that none happened. */
  long version() {
    return version;
  }

  void touch() {
    version++;
  }

  void clear() {
    bids.levels.clear();
    asks.levels.clear();
  }

  void setVersion(long restored) {
    version = restored;
  }

  Optional<Price> best(Side side) {
    return side(side).best().map(level -> new Price(level.price()));
  }

  Optional<Price> mid() {
    return best(Side.BUY).flatMap(bid -> best(Side.SELL).map(ask -> Price.mid(bid, ask)));
  }

  boolean wouldTrade(Side taker, long limit) {
    return side(taker.opposite()).isReachedBy(limit);
  }

  void rest(Order order) {
    side(order.side()).level(order.limit()).add(order);
    touch();
  }

  void remove(Order order) {
    side(order.side()).remove(order);
    touch();
  }

  void shrink(Order order, long lots) {
    side(order.side()).level(order.limit()).shrink(order, lots);
    touch();
  }

  /** What has a size and waits in a queue of the book, or is on its way into it. */
  abstract static sealed class BookEntry permits BackgroundOrder, Order {
    private long lots;

    BookEntry(long lots) {
      this.lots = lots;
    }

    /** What can still fill. */
    final long lots() {
      return lots;
    }

    final void setLots(long lots) {
      if (lots < 0) {
        throw new IllegalStateException("filled more than there was");
      }
      this.lots = lots;
    }
  }

  /** Size of the market model, which belongs to no account and is reported to none. */
  static final class BackgroundOrder extends BookEntry {
    BackgroundOrder(long lots) {
      super(lots);
    }
  }

  /** The bids or the asks of one book, best price first. */
  static final class BookSide {
    private final Side side;

    /** By a key that grows from the best price to the worst: an ask's price, minus a bid's. */
    private final TreeMap<Long, BookLevel> levels = new TreeMap<>();

    private BookSide(Side side) {
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

    void fillBest(BookLevel best, long lots) {
      best.fillFirst(lots);
      dropIfEmpty(best);
    }

    private void remove(Order order) {
      BookLevel level = level(order.limit());
      level.remove(order);
      dropIfEmpty(level);
    }

    /** As it stood there, behind what stands there already. */
    void restore(long price, BookEntry entry) {
      level(price).restore(entry);
    }

    void addBackground(long price, long lots) {
      level(price).addBackground(lots);
    }

    long backgroundAt(long price) {
      BookLevel level = levels.get(key(price));
      return level == null ? 0 : level.background();
    }

    /** Removes the background size that is no longer quoted; what is quoted more is added later. */
    void shrinkBackgroundTo(QuoteLadder quotes) {
      Iterator<BookLevel> resting = levels.values().iterator();
      int quote = 0;
      while (resting.hasNext()) {
        BookLevel level = resting.next();
        long key = key(level.price());
        while (quote < quotes.size() && key(quotes.price(quote)) < key) {
          quote++;
        }
        boolean quoted = quote < quotes.size() && quotes.price(quote) == level.price();
        level.shrinkBackground(quoted ? quotes.lots(quote) : 0);
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

  /**
   * All that rests at one price of one side, first come first served. Invariants: every entry has a
   * positive size; {@code total} is the sum of all, {@code background} of the market model's.
   */
  static final class BookLevel {
    private final long price;
    private final ArrayDeque<BookEntry> queue = new ArrayDeque<>(4);
    private long total;
    private long background;

    private BookLevel(long price) {
      this.price = price;
    }

    long price() {
      return price;
    }

    long total() {
      return total;
    }

    long background() {
      return background;
    }

    private boolean isEmpty() {
      return total == 0;
    }

    BookEntry first() {
      return queue.getFirst();
    }

    Collection<BookEntry> queue() {
      return queue;
    }

    /** At the back of the queue, as one entry however often it grows. */
    private void addBackground(long lots) {
      if (queue.peekLast() instanceof BackgroundOrder last) {
        last.setLots(last.lots() + lots);
      } else {
        queue.addLast(new BackgroundOrder(lots));
      }
      total += lots;
      background += lots;
    }

    /** Beside another entry of the market model too: they are filled one after the other. */
    private void restore(BookEntry entry) {
      queue.addLast(entry);
      total += entry.lots();
      background += entry instanceof BackgroundOrder ? entry.lots() : 0;
    }

    private void add(Order order) {
      queue.addLast(order);
      total += order.lots();
    }

    private void fillFirst(long lots) {
      BookEntry first = queue.getFirst();
      first.setLots(first.lots() - lots);
      total -= lots;
      if (first instanceof BackgroundOrder) {
        background -= lots;
      }
      if (first.lots() == 0) {
        queue.removeFirst();
      }
    }

    private void remove(Order order) {
      if (!queue.remove(order)) {
        throw new IllegalStateException("order " + order.id() + " does not rest at its price");
      }
      total -= order.lots();
    }

    /** The order keeps its place: it only became smaller. */
    private void shrink(Order order, long lots) {
      total -= order.lots() - lots;
      order.setLots(lots);
    }

    /**
     * The background size becomes at most {@code lots}, from the back of the queue: what stands
     * before an account's order is never removed in its favour, so a place in the queue is never
     * better than earned.
     */
    private void shrinkBackground(long lots) {
      Iterator<BookEntry> backwards = queue.descendingIterator();
      while (background > lots) {
        if (backwards.next() instanceof BackgroundOrder quote) {
          long removed = Math.min(quote.lots(), background - lots);
          quote.setLots(quote.lots() - removed);
          background -= removed;
          total -= removed;
          if (quote.lots() == 0) {
            backwards.remove();
          }
        }
      }
    }
  }

  /** One side of the background quotes in the book's numbers: legal, positive, best first. */
  static final class QuoteLadder {
    private final long[] prices;
    private final long[] lots;

    private QuoteLadder(int size) {
      prices = new long[size];
      lots = new long[size];
    }

    static QuoteLadder of(ListedInstrument listing, Side side, List<PriceLevel> levels) {
      QuoteLadder ladder = new QuoteLadder(levels.size());
      for (int i = 0; i < levels.size(); i++) {
        ladder.set(i, listing, side, levels.get(i));
      }
      return ladder;
    }

    private void set(int i, ListedInstrument listing, Side side, PriceLevel level) {
      Instrument instrument = listing.instrument();
      boolean ordered = i == 0 || (level.price().e8() - prices[i - 1]) * side.sign() < 0;
      if (!ordered
          || !level.quantity().isPositive()
          || !instrument.isLegal(level.quantity())
          || !instrument.prices().isLegal(level.price())) {
        throw new IllegalArgumentException(
            "no legal quote of %s: %s %s x %s"
                .formatted(instrument.symbol(), side, level.price(), level.quantity()));
      }
      prices[i] = level.price().e8();
      lots[i] = listing.lots(level.quantity());
    }

    int size() {
      return prices.length;
    }

    long price(int i) {
      return prices[i];
    }

    long lots(int i) {
      return lots[i];
    }
  }
}
