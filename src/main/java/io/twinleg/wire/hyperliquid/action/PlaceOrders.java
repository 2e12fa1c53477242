package io.twinleg.wire.hyperliquid.action;

import io.twinleg.wire.hyperliquid.StrictJson;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** An order action: executed in turn, each on its own. */
public record PlaceOrders(List<OrderWire> orders, Grouping grouping, Optional<Builder> builder)
    implements L1Action {

  public PlaceOrders {
    orders = List.copyOf(orders);
  }

  /** Without grouping and builder. */
  public static PlaceOrders of(List<OrderWire> orders) {
    return new PlaceOrders(orders, Grouping.Named.NONE, Optional.empty());
  }

  /** Who else is paid, in tenths of a basis point. */
  public record Builder(String address, long fee) {}

  static PlaceOrders read(StrictJson fields) {
    return new PlaceOrders(
        fields.list("orders", OrderWire::read),
        fields.optionalNode("grouping").map(Grouping::read).orElse(Grouping.Named.NONE),
        fields.optionalNode("builder").map(node -> builder(new StrictJson(node))));
  }

  private static Builder builder(StrictJson fields) {
    Builder builder = new Builder(fields.address("b"), fields.number("f"));
    fields.done();
    return builder;
  }

  @Override
  public String type() {
    return "order";
  }

  @Override
  public ObjectNode json() {
    ObjectNode action = L1Action.typed(type());
    ArrayNode list = action.putArray("orders");
    orders.forEach(order -> list.add(order.json()));
    action.set("grouping", grouping.json());
    builder.ifPresent(who -> action.putObject("builder").put("b", who.address).put("f", who.fee));
    return action;
  }
}
