package io.twinleg.venue.hyperliquid.order;

import io.twinleg.core.event.Command.PlaceOrder;
import io.twinleg.core.model.Fee;
import io.twinleg.core.model.Instrument;

/**
 * The spot pair: a buy is charged in the coin bought.
 *
 * @param baseToken the coin's index among the venue's tokens, because names are not unique
 * @param baseName its name, as fees state it
 */
public record HyperliquidSpotAdapter(Instrument instrument, int baseToken, String baseName)
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
