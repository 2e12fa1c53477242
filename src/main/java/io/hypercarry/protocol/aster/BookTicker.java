package io.hypercarry.protocol.aster;

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
        Json.text(node, "symbol"),
        Json.decimal(node, "bidPrice"),
        Json.decimal(node, "bidQty"),
        Json.decimal(node, "askPrice"),
        Json.decimal(node, "askQty"),
        Json.wholeOrZero(node, "time"));
  }

  public JsonNode json() {
    return Json.object()
        .put("symbol", symbol)
        .put("bidPrice", Json.plain(bid))
        .put("bidQty", Json.plain(bidQuantity))
        .put("askPrice", Json.plain(ask))
        .put("askQty", Json.plain(askQuantity))
        .put("time", time);
  }
}
