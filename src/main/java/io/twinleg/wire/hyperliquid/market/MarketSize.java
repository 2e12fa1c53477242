package io.twinleg.wire.hyperliquid.market;

import io.twinleg.wire.hyperliquid.LenientJson;
import java.math.BigDecimal;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What {@code activeAssetCtx} says of a market's size, in quote: of a coin what was traded of it
 * within 24 hours, of a perp what is open in it.
 */
public record MarketSize(BigDecimal usd) {

  /** {@code activeSpotAssetCtx}; empty where it is not said. */
  public static Optional<MarketSize> ofCoin(JsonNode data) {
    return LenientJson.optionalDecimal(data.path("ctx"), "dayNtlVlm").flatMap(MarketSize::known);
  }

  /** Empty where it is not said. */
  public static Optional<MarketSize> ofPerp(JsonNode data) {
    JsonNode context = data.path("ctx");
    return LenientJson.optionalDecimal(context, "openInterest")
        .map(open -> open.multiply(LenientJson.decimal(context, "markPx")))
        .flatMap(MarketSize::known);
  }

  /** A market that we can trade in is never of size zero: that is a figure which was not kept. */
  private static Optional<MarketSize> known(BigDecimal usd) {
    return usd.signum() > 0 ? Optional.of(new MarketSize(usd)) : Optional.empty();
  }
}
