package io.twinleg.wire.aster;

import java.math.BigDecimal;
import tools.jackson.databind.JsonNode;

/** The top of a book. */
public record BookTicker(
    String symbol,
    BigDecimal bid,
    BigDecimal bidQuantity,
    BigDecimal ask,
    BigDecimal askQuantity,
    long time) {
  public static BookTicker read(JsonNode node) {
    return new BookTicker(
        AsterJson.text(node, "symbol"),
        AsterJson.decimal(node, "bidPrice"),
        AsterJson.decimal(node, "bidQty"),
        AsterJson.decimal(node, "askPrice"),
        AsterJson.decimal(node, "askQty"),
        AsterJson.timeOrZero(node, "time"));
  }

  public JsonNode json() {
    return AsterJson.object()
        .put("symbol", symbol)
        .put("bidPrice", AsterJson.plain(bid))
        .put("bidQty", AsterJson.plain(bidQuantity))
        .put("askPrice", AsterJson.plain(ask))
        .put("askQty", AsterJson.plain(askQuantity))
        .put("time", time);
  }
}
