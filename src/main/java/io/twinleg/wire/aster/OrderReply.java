package io.twinleg.wire.aster;

import io.twinleg.core.model.Leg;
import io.twinleg.core.model.Side;
import java.math.BigDecimal;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An order in the response to a placement, a cancel or a query. The acknowledgement of a placement
 * is NEW and unfilled, whatever the order's real state.
 */
public record OrderReply(
    Leg leg,
    long orderId,
    String symbol,
    OrderStatus status,
    String clientOrderId,
    Side side,
    String type,
    String timeInForce,
    BigDecimal price,
    BigDecimal averagePrice,
    BigDecimal quantity,
    BigDecimal filled,
    BigDecimal filledValue,
    boolean reduceOnly,
    long time,
    long updateTime) {

  public static OrderReply read(Leg leg, JsonNode node) {
    return new OrderReply(
        leg,
        AsterJson.whole(node, "orderId"),
        AsterJson.text(node, "symbol"),
        OrderStatus.of(AsterJson.text(node, "status")),
        AsterJson.optionalText(node, "clientOrderId").orElse(""),
        Side.valueOf(AsterJson.text(node, "side")),
        AsterJson.optionalText(node, "type").orElse("LIMIT"),
        AsterJson.optionalText(node, "timeInForce").orElse("GTC"),
        AsterJson.decimalOrZero(node, "price"),
        AsterJson.decimalOrZero(node, "avgPrice"),
        AsterJson.decimal(node, "origQty"),
        AsterJson.decimal(node, "executedQty"),
        AsterJson.decimalOrZero(node, "cumQuote"),
        AsterJson.flag(node, "reduceOnly"),
        AsterJson.wholeOrZero(node, "time"),
        AsterJson.wholeOrZero(node, "updateTime"));
  }

  public BigDecimal remaining() {
    return quantity.subtract(filled);
  }

  /** As the response to a placement or a cancel. */
  public ObjectNode json() {
    ObjectNode node =
        AsterJson.object()
            .put("orderId", orderId)
            .put("symbol", symbol)
            .put("status", status.name())
            .put("clientOrderId", clientOrderId)
            .put("price", AsterJson.plain(price))
            .put("avgPrice", AsterJson.plain(averagePrice))
            .put("origQty", AsterJson.plain(quantity))
            .put("executedQty", AsterJson.plain(filled))
            .put("cumQty", AsterJson.plain(filled))
            .put("cumQuote", AsterJson.plain(filledValue))
            .put("timeInForce", timeInForce)
            .put("type", type)
            .put("side", side.name())
            .put("stopPrice", "0")
            .put("origType", type)
            .put("updateTime", updateTime);
    if (leg == Leg.SPOT) {
      return node.put("orderListId", -1);
    }
    return node.put("reduceOnly", reduceOnly)
        .put("closePosition", false)
        .put("positionSide", "BOTH")
        .put("workingType", "CONTRACT_PRICE")
        .put("priceProtect", false);
  }

  /** As the response to a query. */
  public ObjectNode queryJson() {
    ObjectNode node = json().put("time", time);
    node.remove("cumQty");
    return node;
  }
}
