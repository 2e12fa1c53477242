package io.twinleg.wire.hyperliquid.action;

import io.twinleg.wire.hyperliquid.StrictJson;

import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code cancelByCloid}, by our own ids: possible before the venue has told its own.
 *
 * @param fast not for trigger orders
 */
public record CancelByCloid(List<One> cancels, boolean fast) implements L1Action {
  public CancelByCloid {
    cancels = List.copyOf(cancels);
  }

  public record One(long asset, String cloid) {
    public One {
      cloid = Cloid.normal(cloid);
    }
  }

  static CancelByCloid read(StrictJson fields) {
    return new CancelByCloid(fields.list("cancels", CancelByCloid::one), fields.optionalFlag("f"));
  }

  private static One one(StrictJson fields) {
    One one = new One(fields.number("asset"), fields.text("cloid"));
    fields.done();
    return one;
  }

  @Override
  public String type() {
    return "cancelByCloid";
  }

  @Override
  public ObjectNode json() {
    ObjectNode action = L1Action.typed(type());
    ArrayNode list = action.putArray("cancels");
    cancels.forEach(one -> list.addObject().put("asset", one.asset).put("cloid", one.cloid));
    if (fast) {
      action.put("f", true);
    }
    return action;
  }
}
