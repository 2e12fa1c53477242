package io.twinleg.venue.hyperliquid.order;

import io.twinleg.core.event.Command.PlaceOrder;
import io.twinleg.core.model.Fee;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.Side;
import io.twinleg.wire.hyperliquid.action.OrderWire;
import java.util.Optional;

/** What differs between the two legs of a market on the wire. */
public sealed interface HyperliquidLegAdapter
    permits HyperliquidSpotAdapter, HyperliquidPerpAdapter {
  Instrument instrument();

  /** The name in frames and records: "@107", "HYPE". */
  default String coin() {
    return instrument().wireName();
  }

  default int asset() {
    return instrument().assetId();
  }

  /** The token a fee is charged in. */
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
