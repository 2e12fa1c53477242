package io.twinleg.venue.hyperliquid.order;

import io.twinleg.core.event.Command.PlaceOrder;
import io.twinleg.core.model.Fee;
import io.twinleg.core.model.Instrument;
import tools.jackson.databind.JsonNode;

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

  /** Whether a row of the spot state is this coin's. */
  public boolean holds(JsonNode balance) {
    return balance.path("token").asInt(-1) == baseToken;
  }

  @Override
  public boolean reduceOnly(PlaceOrder order) {
    return false;
  }
}
