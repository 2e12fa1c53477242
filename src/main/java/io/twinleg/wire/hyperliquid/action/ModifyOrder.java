package io.twinleg.wire.hyperliquid.action;

import io.twinleg.wire.hyperliquid.StrictJson;

import tools.jackson.databind.node.ObjectNode;

/**
 * {@code modify}: cancels one order and places another. Its size is a fresh full size: what the old
 * order filled meanwhile is not subtracted.
 *
 * @param alwaysPlace even where the old order could not be cancelled
 */
public record ModifyOrder(OrderRef target, OrderWire order, boolean alwaysPlace)
    implements L1Action {

  static ModifyOrder read(StrictJson fields) {
    return new ModifyOrder(
        OrderRef.read(fields, "oid"),
        OrderWire.read(fields.object("order")),
        fields.optionalFlag("a"));
  }

  @Override
  public String type() {
    return "modify";
  }

  @Override
  public ObjectNode json() {
    ObjectNode action = L1Action.typed(type());
    action.set("oid", target.json());
    action.set("order", order.json());
    if (alwaysPlace) {
      action.put("a", true);
    }
    return action;
  }
}
