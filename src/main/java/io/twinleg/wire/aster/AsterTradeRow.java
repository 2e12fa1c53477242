package io.twinleg.wire.aster;

import io.twinleg.core.model.Leg;
import io.twinleg.core.model.Side;
import java.math.BigDecimal;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One row of {@code userTrades}.
 *
 * @param commission what it cost, positive; the venue's examples write it with either sign
 */
public record AsterTradeRow(
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

  public static AsterTradeRow read(Leg leg, JsonNode node) {
    return new AsterTradeRow(
        leg,
        AsterJson.text(node, "symbol"),
        AsterJson.whole(node, "id"),
        AsterJson.whole(node, "orderId"),
        Side.valueOf(AsterJson.text(node, "side")),
        AsterJson.decimal(node, "price"),
        AsterJson.decimal(node, "qty"),
        AsterJson.decimalOrZero(node, "commission").abs(),
        AsterJson.optionalText(node, "commissionAsset").orElse("USDT"),
        AsterJson.decimalOrZero(node, "realizedPnl"),
        AsterJson.flag(node, "maker"),
        AsterJson.whole(node, "time"));
  }

  public ObjectNode json() {
    ObjectNode node =
        AsterJson.object()
            .put("symbol", symbol)
            .put("id", id)
            .put("orderId", orderId)
            .put("side", side.name())
            .put("price", AsterJson.plain(price))
            .put("qty", AsterJson.plain(quantity))
            .put("quoteQty", AsterJson.plain(price.multiply(quantity)))
            .put("commission", AsterJson.plain(commission))
            .put("commissionAsset", commissionAsset)
            .put("time", time)
            .put("maker", maker)
            .put("buyer", side == Side.BUY);
    return leg == Leg.SPOT
        ? node
        : node.put("positionSide", "BOTH").put("realizedPnl", AsterJson.plain(realizedPnl));
  }
}
