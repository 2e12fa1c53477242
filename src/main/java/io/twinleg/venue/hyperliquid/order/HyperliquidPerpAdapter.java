package io.twinleg.venue.hyperliquid.order;

import io.twinleg.core.event.Command.PlaceOrder;
import io.twinleg.core.model.Fee;
import io.twinleg.core.model.Instrument;

/** The perpetual: fees in the collateral, orders that may only reduce. */
public record HyperliquidPerpAdapter(Instrument instrument) implements HyperliquidLegAdapter {
  @Override
  public Fee.Token feeToken(String name) {
    return Fee.Token.QUOTE;
  }

  @Override
  public boolean reduceOnly(PlaceOrder order) {
    return order.reduceOnly();
  }
}
