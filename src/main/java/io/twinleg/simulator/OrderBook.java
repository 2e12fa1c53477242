package io.twinleg.simulator;

import io.twinleg.core.model.Price;
import io.twinleg.core.model.Side;
import java.util.Optional;

/**
 * One instrument's book: the crowd's quotes and the accounts' orders together. Never crossed
 * between turns.
 */
final class OrderBook {
  private final BookSide bids = new BookSide(Side.BUY);
  private final BookSide asks = new BookSide(Side.SELL);
  private long version;

  BookSide side(Side side) {
    return side == Side.BUY ? bids : asks;
  }

  /**
   * Grows with every change, so that a reader need not compare books to see that nothing happened.
   */
  long version() {
    return version;
  }

  void touch() {
    version++;
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
    side(order.side()).rest(order);
    touch();
  }

  void remove(Order order) {
    side(order.side()).remove(order);
    touch();
  }

  void shrink(Order order, long lots) {
    side(order.side()).shrink(order, lots);
    touch();
  }
}
