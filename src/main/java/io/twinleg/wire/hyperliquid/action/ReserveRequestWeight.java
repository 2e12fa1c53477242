package io.twinleg.wire.hyperliquid.action;

import io.twinleg.wire.hyperliquid.StrictJson;

import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** {@code reserveRequestWeight}: buys requests for the account, or for another one. */
public record ReserveRequestWeight(long weight, Optional<String> destination) implements L1Action {
  static ReserveRequestWeight read(StrictJson fields) {
    return new ReserveRequestWeight(fields.number("weight"), fields.optionalAddress("destination"));
  }

  @Override
  public String type() {
    return "reserveRequestWeight";
  }

  @Override
  public ObjectNode json() {
    ObjectNode action = L1Action.typed(type()).put("weight", weight);
    destination.ifPresent(who -> action.put("destination", who));
    return action;
  }
}
