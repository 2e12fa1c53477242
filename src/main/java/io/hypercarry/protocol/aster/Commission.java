package io.hypercarry.protocol.aster;

import java.math.BigDecimal;
import tools.jackson.databind.JsonNode;

/** What a symbol costs this account, as fractions of notional. */
public record Commission(String symbol, BigDecimal maker, BigDecimal taker) {
  public static Commission read(JsonNode node) {
    return new Commission(
        Json.text(node, "symbol"),
        Json.decimal(node, "makerCommissionRate"),
        Json.decimal(node, "takerCommissionRate"));
  }

  public JsonNode json() {
    return Json.object()
        .put("symbol", symbol)
        .put("makerCommissionRate", Json.plain(maker))
        .put("takerCommissionRate", Json.plain(taker));
  }
}
