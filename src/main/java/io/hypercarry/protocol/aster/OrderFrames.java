package io.hypercarry.protocol.aster;

import io.hypercarry.core.model.Leg;
import io.hypercarry.core.model.Side;
import io.hypercarry.protocol.aster.UserEvent.OrderUpdate;
import java.math.BigDecimal;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The order frames of both user streams: the fields agree, spot leaves out one level. */
public final class OrderFrames {
  private static final String TRADE = "TRADE";

  private OrderFrames() {}

  static OrderUpdate read(Leg leg, JsonNode node, long eventTime) {
    OrderReply order =
        new OrderReply(
            leg,
            Json.whole(node, "i"),
            Json.text(node, "s"),
            OrderStatus.of(Json.text(node, "X")),
            Json.optionalText(node, "c").orElse(""),
            Side.valueOf(Json.text(node, "S")),
            Json.optionalText(node, "o").orElse("LIMIT"),
            Json.optionalText(node, "f").orElse("GTC"),
            Json.decimalOrZero(node, "p"),
            Json.decimalOrZero(node, "ap"),
            Json.decimal(node, "q"),
            Json.decimal(node, "z"),
            Json.decimalOrZero(node, "Z"),
            Json.flag(node, "R"),
            Json.wholeOrZero(node, "O"),
            Json.wholeOrZero(node, "T"));
    String execution = Json.text(node, "x");
    return new OrderUpdate(order, execution, trade(order, execution, node), eventTime);
  }

  private static Optional<TradeRow> trade(OrderReply order, String execution, JsonNode node) {
    if (!execution.equals(TRADE) && !execution.equals("CALCULATED")) {
      return Optional.empty();
    }
    return Optional.of(
        new TradeRow(
            order.leg(),
            order.symbol(),
            Json.whole(node, "t"),
            order.orderId(),
            order.side(),
            Json.decimal(node, "L"),
            Json.decimal(node, "l"),
            Json.decimalOrZero(node, "n").abs(),
            Json.optionalText(node, "N").orElse("USDT"),
            Json.decimalOrZero(node, "rp"),
            Json.flag(node, "m"),
            Json.whole(node, "T")));
  }

  public static ObjectNode json(OrderUpdate update) {
    ObjectNode fields = fields(update);
    if (update.order().leg() == Leg.PERP) {
      ObjectNode frame =
          Json.object()
              .put("e", "ORDER_TRADE_UPDATE")
              .put("E", update.eventTime())
              .put("T", update.order().updateTime());
      frame.set("o", fields.put("R", update.order().reduceOnly()).put("ps", "BOTH"));
      return frame;
    }
    return fields
        .put("e", "executionReport")
        .put("E", update.eventTime())
        .put("O", update.order().time())
        .put("Z", Json.plain(update.order().filledValue()));
  }

  private static ObjectNode fields(OrderUpdate update) {
    OrderReply order = update.order();
    ObjectNode node =
        Json.object()
            .put("s", order.symbol())
            .put("c", order.clientOrderId())
            .put("S", order.side().name())
            .put("o", order.type())
            .put("f", order.timeInForce())
            .put("q", Json.plain(order.quantity()))
            .put("p", Json.plain(order.price()))
            .put("ap", Json.plain(order.averagePrice()))
            .put("x", update.execution())
            .put("X", order.status().name())
            .put("i", order.orderId())
            .put("z", Json.plain(order.filled()))
            .put("ot", order.type());
    return update.trade().map(trade -> withTrade(node, trade)).orElseGet(() -> empty(node, order));
  }

  private static ObjectNode withTrade(ObjectNode node, TradeRow trade) {
    return node.put("l", Json.plain(trade.quantity()))
        .put("L", Json.plain(trade.price()))
        .put("n", Json.plain(trade.commission()))
        .put("N", trade.commissionAsset())
        .put("t", trade.id())
        .put("T", trade.time())
        .put("m", trade.maker())
        .put("rp", Json.plain(trade.realizedPnl()));
  }

  private static ObjectNode empty(ObjectNode node, OrderReply order) {
    return node.put("l", Json.plain(BigDecimal.ZERO))
        .put("L", Json.plain(BigDecimal.ZERO))
        .put("t", 0)
        .put("T", order.updateTime())
        .put("m", false);
  }
}
