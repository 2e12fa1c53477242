package io.twinleg.wire.hyperliquid.market;

import io.twinleg.wire.MalformedMessage;
import io.twinleg.wire.QuotedPrice;
import io.twinleg.wire.hyperliquid.LenientJson;
import java.math.BigDecimal;
import tools.jackson.databind.JsonNode;

/**
 * What {@code activeAssetCtx} says of a perp's prices and rate; its other figures may be missing.
 *
 * @param funding the running hour's estimate, an hour's rate
 */
public record PerpPrices(BigDecimal mark, BigDecimal oracle, BigDecimal funding) {
  public PerpPrices {
    if (!QuotedPrice.isPossible(mark) || !QuotedPrice.isPossible(oracle)) {
      throw MalformedMessage.schema("no prices: mark " + mark + ", oracle " + oracle);
    }
    HyperliquidFundingRow.requireRate(funding);
  }

  public static PerpPrices read(JsonNode data) {
    JsonNode context = data.path("ctx");
    return new PerpPrices(
        LenientJson.decimal(context, "markPx"),
        LenientJson.decimal(context, "oraclePx"),
        LenientJson.decimal(context, "funding"));
  }
}
