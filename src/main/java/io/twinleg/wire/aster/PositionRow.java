package io.twinleg.wire.aster;

import java.math.BigDecimal;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One position. Flat symbols may be omitted.
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
        AsterJson.text(node, "symbol"),
        AsterJson.decimal(node, "positionAmt"),
        AsterJson.decimalOrZero(node, "entryPrice"),
        AsterJson.decimalOrZero(node, "markPrice"),
        AsterJson.decimalOrZero(node, "unRealizedProfit"),
        AsterJson.decimalOrZero(node, "liquidationPrice"),
        AsterJson.optionalWhole(node, "leverage").map(Long::intValue).orElse(1),
        !AsterJson.optionalText(node, "marginType")
            .filter("isolated"::equalsIgnoreCase)
            .isPresent(),
        AsterJson.optionalText(node, "positionSide").orElse("BOTH"));
  }

  public boolean isFlat() {
    return amount.signum() == 0;
  }

  public ObjectNode json(long time) {
    return AsterJson.object()
        .put("symbol", symbol)
        .put("positionAmt", AsterJson.plain(amount))
        .put("entryPrice", AsterJson.plain(entryPrice))
        .put("markPrice", AsterJson.plain(markPrice))
        .put("unRealizedProfit", AsterJson.plain(unrealised))
        .put("liquidationPrice", AsterJson.plain(liquidationPrice))
        .put("leverage", Integer.toString(leverage))
        .put("maxNotionalValue", "2500000")
        .put("marginType", cross ? "cross" : "isolated")
        .put("isolatedMargin", "0.00000000")
        .put("isAutoAddMargin", "false")
        .put("positionSide", positionSide)
        .put("notional", AsterJson.plain(amount.multiply(markPrice)))
        .put("isolatedWallet", "0")
        .put("updateTime", time);
  }

  ObjectNode accountJson() {
    return AsterJson.object()
        .put("symbol", symbol)
        .put("positionAmt", AsterJson.plain(amount))
        .put("entryPrice", AsterJson.plain(entryPrice))
        .put("unrealizedProfit", AsterJson.plain(unrealised))
        .put("leverage", Integer.toString(leverage))
        .put("isolated", !cross)
        .put("positionSide", positionSide);
  }
}
