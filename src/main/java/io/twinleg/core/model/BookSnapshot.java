package io.twinleg.core.model;

import java.util.List;
import java.util.Optional;

/**
 * The part of an order book that is read: best prices first, deep enough for two clips (1.13). A
 * side may be empty; what that means is for the reader to decide.
 */
public record BookSnapshot(List<PriceLevel> bids, List<PriceLevel> asks) {
  public static final BookSnapshot EMPTY = new BookSnapshot(List.of(), List.of());

  public BookSnapshot {
    bids = List.copyOf(bids);
    asks = List.copyOf(asks);
  }

  public List<PriceLevel> side(Side side) {
    return side == Side.BUY ? bids : asks;
  }

  /** The levels an aggressive order of this side would take. */
  public List<PriceLevel> against(Side taker) {
    return side(taker.opposite());
  }

  public Optional<Price> best(Side side) {
    List<PriceLevel> levels = side(side);
    return levels.isEmpty() ? Optional.empty() : Optional.of(levels.get(0).price());
  }
}
