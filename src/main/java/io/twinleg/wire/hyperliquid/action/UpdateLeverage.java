package io.twinleg.wire.hyperliquid.action;

import io.twinleg.wire.hyperliquid.StrictJson;

import tools.jackson.databind.node.ObjectNode;

/** {@code updateLeverage} of one perp, held or not. */
public record UpdateLeverage(long asset, boolean isCross, long leverage) implements L1Action {
  static UpdateLeverage read(StrictJson fields) {
    return new UpdateLeverage(
        fields.number("asset"), fields.flag("isCross"), fields.number("leverage"));
  }

  @Override
  public String type() {
    return "updateLeverage";
  }

  @Override
  public ObjectNode json() {
    return L1Action.typed(type())
        .put("asset", asset)
        .put("isCross", isCross)
        .put("leverage", leverage);
  }
}
