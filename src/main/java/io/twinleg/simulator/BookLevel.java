package io.twinleg.simulator;

import java.util.ArrayDeque;
import java.util.Iterator;

/**
 * All that rests at one price of one side, first come first served. Invariants: every entry has a
 * positive size, and {@code total} and {@code anonymous} are the sums of all and of the crowd's.
 */
final class BookLevel {
  private final long price;
  private final ArrayDeque<BookEntry> queue = new ArrayDeque<>(4);
  private long total;
  private long anonymous;

  BookLevel(long price) {
    this.price = price;
  }

  long price() {
    return price;
  }

  long total() {
    return total;
  }

  long anonymous() {
    return anonymous;
  }

  boolean isEmpty() {
    return total == 0;
  }

  BookEntry first() {
    return queue.getFirst();
  }

  /**
   * At the back of the queue. The crowd's size at the back is one entry, however often it grows.
   */
  void addAnonymous(long lots) {
    if (queue.peekLast() instanceof BackgroundOrder last) {
      last.setLots(last.lots() + lots);
    } else {
      queue.addLast(new BackgroundOrder(lots));
    }
    total += lots;
    anonymous += lots;
  }

  void add(Order order) {
    queue.addLast(order);
    total += order.lots();
  }

  void fillFirst(long lots) {
    BookEntry first = queue.getFirst();
    first.setLots(first.lots() - lots);
    total -= lots;
    if (first instanceof BackgroundOrder) {
      anonymous -= lots;
    }
    if (first.lots() == 0) {
      queue.removeFirst();
    }
  }

  void remove(Order order) {
    if (!queue.remove(order)) {
      throw new IllegalStateException("order " + order.id() + " does not rest at its price");
    }
    total -= order.lots();
  }

  /** The order keeps its place: it only became smaller. */
  void shrink(Order order, long lots) {
    total -= order.lots() - lots;
    order.setLots(lots);
  }

  /**
   * The crowd's size becomes at most {@code lots}. Whoever came last leaves first, so nobody in
   * front of an account's order goes away for its benefit: a place in the queue is never better
   * than earned.
   */
  void shrinkAnonymous(long lots) {
    Iterator<BookEntry> backwards = queue.descendingIterator();
    while (anonymous > lots) {
      if (backwards.next() instanceof BackgroundOrder quote) {
        long gone = Math.min(quote.lots(), anonymous - lots);
        quote.setLots(quote.lots() - gone);
        anonymous -= gone;
        total -= gone;
        if (quote.lots() == 0) {
          backwards.remove();
        }
      }
    }
  }
}
