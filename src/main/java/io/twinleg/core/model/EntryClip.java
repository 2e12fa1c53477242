package io.twinleg.core.model;

import java.util.List;

/**
 * One clip of an entry: so much spot to buy, gross of its fee, against so much perp to sell.
 *
 * @param notional of the clip, in quote
 * @param mustTake the sides on which both books must be able to give it within the slippage cap
 * @param orders how many orders it is placed with
 */
public record EntryClip(
    Usd notional,
    Quantity spot,
    Price spotPrice,
    Quantity perp,
    Price perpPrice,
    List<Side> mustTake,
    int orders) {

  public EntryClip {
    mustTake = List.copyOf(mustTake);
  }

  public EntryClip needing(List<Side> sides, int ordersPlaced) {
    return new EntryClip(notional, spot, spotPrice, perp, perpPrice, sides, ordersPlaced);
  }

  public EntryClip withSpot(Quantity size) {
    return new EntryClip(notional, size, spotPrice, perp, perpPrice, mustTake, orders);
  }
}
