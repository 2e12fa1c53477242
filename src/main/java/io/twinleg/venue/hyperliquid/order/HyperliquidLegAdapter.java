package io.twinleg.venue.hyperliquid.order;

import io.twinleg.core.event.Command.PlaceOrder;
import io.twinleg.core.model.Fee;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.Side;
import io.twinleg.wire.hyperliquid.action.OrderWire;
import java.util.Optional;

/** What the two legs of a market say differently on Hyperliquid's wire. */
public sealed interface HyperliquidLegAdapter permits HyperliquidSpotAdapter, HyperliquidPerpAdapter {
  Instrument instrument();

  /** How frames and records name it: "@107", "HYPE". */
  default String coin() {
    return instrument().wireName();
  }

  default int asset() {
    return instrument().assetId();
  }

  /** In what a fee was taken. */
  Fee.Token feeToken(String name);

  /** Whether the wire's reduce-only flag is set; on spot it is an error. */
  boolean reduceOnly(PlaceOrder order);

  /** The element of an action; sizes and prices are in the canonical form that is hashed. */
  default OrderWire order(PlaceOrder place) {
    return new OrderWire(
        asset(),
        place.side() == Side.BUY,
        place.price().value(),
        place.quantity().value(),
        reduceOnly(place),
        ActionEncoder.limit(place.timeInForce()),
        Optional.of(place.order().hex()));
  }
}
