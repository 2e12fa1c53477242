package io.twinleg.wire.aster;

import io.twinleg.core.model.Leg;
import io.twinleg.wire.aster.AsterUserEvent.OrderUpdate;
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
            AsterJson.whole(node, "i"),
            AsterJson.text(node, "s"),
            OrderStatus.of(AsterJson.text(node, "X")),
            AsterJson.text(node, "c"),
            AsterJson.side(node, "S"),
            AsterJson.optionalText(node, "o").orElse("LIMIT"),
            AsterJson.optionalText(node, "f").orElse("GTC"),
            AsterJson.decimal(node, "p"),
            AsterJson.optionalDecimal(node, "ap").orElse(BigDecimal.ZERO),
            AsterJson.decimal(node, "q"),
            AsterJson.decimal(node, "z"),
            AsterJson.optionalDecimal(node, "Z").orElse(BigDecimal.ZERO),
            AsterJson.isMarked(node, "R"),
            AsterJson.timeOrZero(node, "O"),
            AsterJson.timeOrZero(node, "T"));
    String execution = AsterJson.text(node, "x");
    return new OrderUpdate(order, execution, trade(order, execution, node), eventTime);
  }

  /**
   * Empty where the frame leaves out the commission, which the venue documents for a trade without
   * one: the row of {@code userTrades} is complete and says so.
   */
  private static Optional<AsterTradeRow> trade(OrderReply order, String execution, JsonNode node) {
    boolean trades = execution.equals(TRADE) || execution.equals("CALCULATED");
    if (!trades || !node.has("n") || !node.has("N")) {
      return Optional.empty();
    }
    return Optional.of(
        new AsterTradeRow(
            order.leg(),
            order.symbol(),
            AsterJson.whole(node, "t"),
            order.orderId(),
            order.side(),
            AsterJson.decimal(node, "L"),
            AsterJson.decimal(node, "l"),
            AsterJson.decimal(node, "n").abs(),
            AsterJson.text(node, "N"),
            order.leg() == Leg.SPOT ? BigDecimal.ZERO : AsterJson.decimal(node, "rp"),
            AsterJson.flag(node, "m"),
            AsterJson.time(node, "T")));
  }

  public static ObjectNode json(OrderUpdate update) {
    ObjectNode fields = fields(update);
    if (update.order().leg() == Leg.PERP) {
      ObjectNode frame =
          AsterJson.object()
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
        .put("Z", AsterJson.plain(update.order().filledValue()));
  }

  private static ObjectNode fields(OrderUpdate update) {
    OrderReply order = update.order();
    ObjectNode node =
        AsterJson.object()
            .put("s", order.symbol())
            .put("c", order.clientOrderId())
            .put("S", order.side().name())
            .put("o", order.type())
            .put("f", order.timeInForce())
            .put("q", AsterJson.plain(order.quantity()))
            .put("p", AsterJson.plain(order.price()))
            .put("ap", AsterJson.plain(order.averagePrice()))
            .put("x", update.execution())
            .put("X", order.status().name())
            .put("i", order.orderId())
            .put("z", AsterJson.plain(order.filled()))
            .put("ot", order.type());
    return update.trade().map(trade -> withTrade(node, trade)).orElseGet(() -> empty(node, order));
  }

  private static ObjectNode withTrade(ObjectNode node, AsterTradeRow trade) {
    return node.put("l", AsterJson.plain(trade.quantity()))
        .put("L", AsterJson.plain(trade.price()))
        .put("n", AsterJson.plain(trade.commission()))
        .put("N", trade.commissionAsset())
        .put("t", trade.id())
        .put("T", trade.time())
        .put("m", trade.maker())
        .put("rp", AsterJson.plain(trade.realizedPnl()));
  }

  private static ObjectNode empty(ObjectNode node, OrderReply order) {
    return node.put("l", AsterJson.plain(BigDecimal.ZERO))
        .put("L", AsterJson.plain(BigDecimal.ZERO))
        .put("t", 0)
        .put("T", order.updateTime())
        .put("m", false);
  }
}
