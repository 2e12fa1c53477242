package io.twinleg.wire.hyperliquid.action;

import io.twinleg.wire.hyperliquid.StrictJson;

import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A cancel action, by the venue's ids.
 *
 * @param fast not for trigger orders
 */
public record CancelOrders(List<One> cancels, boolean fast) implements L1Action {
  public CancelOrders {
    cancels = List.copyOf(cancels);
  }

  public record One(long asset, long oid) {}

  static CancelOrders read(StrictJson fields) {
    return new CancelOrders(fields.list("cancels", CancelOrders::one), fields.optionalFlag("f"));
  }

  private static One one(StrictJson fields) {
    One one = new One(fields.number("a"), fields.number("o"));
    fields.done();
    return one;
  }

  @Override
  public String type() {
    return "cancel";
  }

  @Override
  public ObjectNode json() {
    ObjectNode action = L1Action.typed(type());
    ArrayNode list = action.putArray("cancels");
    cancels.forEach(one -> list.addObject().put("a", one.asset).put("o", one.oid));
    if (fast) {
      action.put("f", true);
    }
    return action;
  }
}
