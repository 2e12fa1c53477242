package io.twinleg.wire.aster;

import java.math.BigDecimal;
import tools.jackson.databind.JsonNode;

/** What a symbol costs this account, as fractions of notional. */
public record Commission(String symbol, BigDecimal maker, BigDecimal taker) {
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
