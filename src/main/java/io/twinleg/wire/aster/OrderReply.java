package io.twinleg.wire.aster;

import io.twinleg.core.model.Leg;
import io.twinleg.core.model.Side;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An order in the response to a placement, a cancel or a query. The acknowledgement of a placement
 * is NEW and unfilled, whatever the order's real state.
 *
 * @param averagePrice and {@code filledValue}: not everywhere written, and for no decision
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

  /**
   * Of a list of open orders. The owner's own (a stop set in the web page has price "0" and a type
   * of its own) are passed over where they cannot be read.
   *
   * @param ours whether we gave an order such a client id
   */
  public static List<OrderReply> openOrders(Leg leg, JsonNode body, Predicate<String> ours) {
    return AsterJson.rows(
            body,
            row -> AsterJson.optionalText(row, "clientOrderId").filter(ours).isPresent(),
            row -> read(leg, row))
        .whole();
  }

  public static OrderReply read(Leg leg, JsonNode node) {
    return new OrderReply(
        leg,
        AsterJson.whole(node, "orderId"),
        AsterJson.text(node, "symbol"),
        OrderStatus.of(AsterJson.text(node, "status")),
        AsterJson.optionalText(node, "clientOrderId").orElse(""),
        AsterJson.side(node, "side"),
        AsterJson.optionalText(node, "type").orElse("LIMIT"),
        AsterJson.optionalText(node, "timeInForce").orElse("GTC"),
        AsterJson.decimal(node, "price"),
        AsterJson.optionalDecimal(node, "avgPrice").orElse(BigDecimal.ZERO),
        AsterJson.decimal(node, "origQty"),
        AsterJson.decimal(node, "executedQty"),
        AsterJson.optionalDecimal(node, "cumQuote").orElse(BigDecimal.ZERO),
        AsterJson.isMarked(node, "reduceOnly"),
        AsterJson.timeOrZero(node, "time"),
        AsterJson.timeOrZero(node, "updateTime"));
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
