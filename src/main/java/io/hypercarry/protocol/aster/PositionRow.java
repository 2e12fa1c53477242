package io.hypercarry.protocol.aster;

import java.math.BigDecimal;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One position. Flat symbols may be left out, or not: a missing row is flat.
 *
 * @param amount signed, negative is short
 * @param positionSide BOTH in one-way mode; LONG and SHORT where the account is in hedge mode
 */
public record PositionRow(
    String symbol,
    BigDecimal amount,
    BigDecimal entryPrice,
    BigDecimal markPrice,
    BigDecimal unrealised,
    BigDecimal liquidationPrice,
    int leverage,
    boolean cross,
    String positionSide) {

  public static PositionRow read(JsonNode node) {
    return new PositionRow(
        Json.text(node, "symbol"),
        Json.decimal(node, "positionAmt"),
        Json.decimalOrZero(node, "entryPrice"),
        Json.decimalOrZero(node, "markPrice"),
        Json.decimalOrZero(node, "unRealizedProfit"),
        Json.decimalOrZero(node, "liquidationPrice"),
        Json.optionalWhole(node, "leverage").map(Long::intValue).orElse(1),
        !Json.optionalText(node, "marginType").filter("isolated"::equalsIgnoreCase).isPresent(),
        Json.optionalText(node, "positionSide").orElse("BOTH"));
  }

  public boolean isFlat() {
    return amount.signum() == 0;
  }

  public ObjectNode json(long time) {
    return Json.object()
        .put("symbol", symbol)
        .put("positionAmt", Json.plain(amount))
        .put("entryPrice", Json.plain(entryPrice))
        .put("markPrice", Json.plain(markPrice))
        .put("unRealizedProfit", Json.plain(unrealised))
        .put("liquidationPrice", Json.plain(liquidationPrice))
        .put("leverage", Integer.toString(leverage))
        .put("maxNotionalValue", "2500000")
        .put("marginType", cross ? "cross" : "isolated")
        .put("isolatedMargin", "0.00000000")
        .put("isAutoAddMargin", "false")
        .put("positionSide", positionSide)
        .put("notional", Json.plain(amount.multiply(markPrice)))
        .put("isolatedWallet", "0")
        .put("updateTime", time);
  }

  ObjectNode accountJson() {
    return Json.object()
        .put("symbol", symbol)
        .put("positionAmt", Json.plain(amount))
        .put("entryPrice", Json.plain(entryPrice))
        .put("unrealizedProfit", Json.plain(unrealised))
        .put("leverage", Integer.toString(leverage))
        .put("isolated", !cross)
        .put("positionSide", positionSide);
  }
}
