package io.twinleg.wire.hyperliquid.action;

import io.twinleg.wire.hyperliquid.StrictJson;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
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

  /** {@code batchModify}: {@link ModifyOrder} for several, each on its own. */
  public record BatchModify(List<One> modifies, boolean alwaysPlace) implements L1Action {
    public BatchModify {
      modifies = List.copyOf(modifies);
    }

    public record One(OrderRef target, OrderWire order) {}

    static BatchModify read(StrictJson fields) {
      return new BatchModify(fields.list("modifies", BatchModify::one), fields.optionalFlag("a"));
    }

    private static One one(StrictJson fields) {
      One one = new One(OrderRef.read(fields, "oid"), OrderWire.read(fields.object("order")));
      fields.done();
      return one;
    }

    @Override
    public String type() {
      return "batchModify";
    }

    @Override
    public ObjectNode json() {
      ObjectNode action = L1Action.typed(type());
      ArrayNode list = action.putArray("modifies");
      for (One one : modifies) {
        ObjectNode element = list.addObject();
        element.set("oid", one.target.json());
        element.set("order", one.order.json());
      }
      if (alwaysPlace) {
        action.put("a", true);
      }
      return action;
    }
  }
}
