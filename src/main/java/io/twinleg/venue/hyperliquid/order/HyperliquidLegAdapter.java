package io.twinleg.venue.hyperliquid.order;

import io.twinleg.core.event.Command.PlaceOrder;
import io.twinleg.core.model.Fee;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.Side;
import io.twinleg.wire.hyperliquid.action.OrderWire;
import java.util.Optional;

/** What differs between the two legs of a market on the wire. */
public sealed interface HyperliquidLegAdapter {
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

  /**
   * The spot pair: a buy is charged in the coin bought.
   *
   * @param baseToken the coin's index among the venue's tokens, because names are not unique
   * @param baseName its name, as fees state it
   */
  record HyperliquidSpotAdapter(Instrument instrument, int baseToken, String baseName)
      implements HyperliquidLegAdapter {
    @Override
    public Fee.Token feeToken(String name) {
      return name.equals(baseName) ? Fee.Token.BASE : Fee.Token.QUOTE;
    }

    @Override
    public boolean reduceOnly(PlaceOrder order) {
      return false;
    }
  }

  /** The perpetual: fees in the collateral, orders that may only reduce. */
  record HyperliquidPerpAdapter(Instrument instrument) implements HyperliquidLegAdapter {
    @Override
    public Fee.Token feeToken(String name) {
      return Fee.Token.QUOTE;
    }

    @Override
    public boolean reduceOnly(PlaceOrder order) {
      return order.reduceOnly();
    }
  }
}
