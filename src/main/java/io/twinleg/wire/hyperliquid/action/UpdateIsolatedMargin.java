package io.twinleg.wire.hyperliquid.action;

import io.twinleg.wire.hyperliquid.StrictJson;

import tools.jackson.databind.node.ObjectNode;

/**
 * {@code updateIsolatedMargin}.
 *
 * @param isBuy always true so far
 * @param ntli millionths of a dollar; below zero takes margin out
 */
public record UpdateIsolatedMargin(long asset, boolean isBuy, long ntli) implements L1Action {
  static UpdateIsolatedMargin read(StrictJson fields) {
    return new UpdateIsolatedMargin(
        fields.number("asset"), fields.flag("isBuy"), fields.signed("ntli"));
  }

  @Override
  public String type() {
    return "updateIsolatedMargin";
  }

  @Override
  public ObjectNode json() {
    return L1Action.typed(type()).put("asset", asset).put("isBuy", isBuy).put("ntli", ntli);
  }
}
