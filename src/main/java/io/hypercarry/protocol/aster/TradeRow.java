package io.hypercarry.protocol.aster;

import io.hypercarry.core.model.Leg;
import io.hypercarry.core.model.Side;
import java.math.BigDecimal;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One row of {@code userTrades}.
 *
 * @param commission what it cost, positive; the venue's examples write it with either sign
 */
public record TradeRow(
    Leg leg,
    String symbol,
    long id,
    long orderId,
    Side side,
    BigDecimal price,
    BigDecimal quantity,
    BigDecimal commission,
    String commissionAsset,
    BigDecimal realizedPnl,
    boolean maker,
    long time) {

  public static TradeRow read(Leg leg, JsonNode node) {
    return new TradeRow(
        leg,
        Json.text(node, "symbol"),
        Json.whole(node, "id"),
        Json.whole(node, "orderId"),
        Side.valueOf(Json.text(node, "side")),
        Json.decimal(node, "price"),
        Json.decimal(node, "qty"),
        Json.decimalOrZero(node, "commission").abs(),
        Json.optionalText(node, "commissionAsset").orElse("USDT"),
        Json.decimalOrZero(node, "realizedPnl"),
        Json.flag(node, "maker"),
        Json.whole(node, "time"));
  }

  public ObjectNode json() {
    ObjectNode node =
        Json.object()
            .put("symbol", symbol)
            .put("id", id)
            .put("orderId", orderId)
            .put("side", side.name())
            .put("price", Json.plain(price))
            .put("qty", Json.plain(quantity))
            .put("quoteQty", Json.plain(price.multiply(quantity)))
            .put("commission", Json.plain(commission))
            .put("commissionAsset", commissionAsset)
            .put("time", time)
            .put("maker", maker)
            .put("buyer", side == Side.BUY);
    return leg == Leg.SPOT
        ? node
        : node.put("positionSide", "BOTH").put("realizedPnl", Json.plain(realizedPnl));
  }
}
