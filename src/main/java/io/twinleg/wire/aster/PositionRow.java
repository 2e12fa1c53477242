package io.twinleg.wire.aster;

import io.twinleg.wire.MalformedMessage;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.Predicate;
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
        AsterJson.decimal(node, "entryPrice"),
        AsterJson.decimal(node, "markPrice"),
        AsterJson.decimal(node, "unRealizedProfit"),
        AsterJson.decimal(node, "liquidationPrice"),
        AsterJson.small(node, "leverage"),
        !AsterJson.optionalText(node, "marginType")
            .filter("isolated"::equalsIgnoreCase)
            .isPresent(),
        AsterJson.optionalText(node, "positionSide").orElse("BOTH"));
  }

  /**
   * The positions in these symbols. What is held in others is passed over before it is judged.
   *
   * @throws MalformedMessage where one of ours cannot be read: left out it would look flat
   */
  public static List<PositionRow> list(JsonNode body, Predicate<String> ours) {
    return AsterJson.rows(body, row -> AsterJson.isNamed(row, "symbol", ours), PositionRow::read)
        .whole()
        .stream()
        .filter(row -> ours.test(row.symbol()))
        .toList();
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
