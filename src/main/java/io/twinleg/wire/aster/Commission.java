package io.twinleg.wire.aster;

import io.twinleg.wire.MalformedMessage;
import java.math.BigDecimal;
import tools.jackson.databind.JsonNode;

/** What a symbol costs this account, as fractions of notional. */
public record Commission(String symbol, BigDecimal maker, BigDecimal taker) {
  /**
   * No venue takes, or gives, as much of a trade; by such a rate everything would look worth it.
   */
  private static final BigDecimal LARGEST = new BigDecimal("0.05");

  public Commission {
    if (maker.abs().compareTo(LARGEST) > 0 || taker.abs().compareTo(LARGEST) > 0) {
      throw MalformedMessage.schema("no fee rates: maker " + maker + ", taker " + taker);
    }
  }

  public static Commission read(JsonNode node) {
    return new Commission(
        AsterJson.text(node, "symbol"),
        AsterJson.decimal(node, "makerCommissionRate"),
        AsterJson.decimal(node, "takerCommissionRate"));
  }

  public JsonNode json() {
    return AsterJson.object()
        .put("symbol", symbol)
        .put("makerCommissionRate", AsterJson.plain(maker))
        .put("takerCommissionRate", AsterJson.plain(taker));
  }
}
