package io.twinleg.wire.hyperliquid.action;

import tools.jackson.databind.node.ObjectNode;

/**
 * {@code noop}: uses up its nonce, so that an action in flight with the same one comes to naught.
 */
public record Noop() implements L1Action {
  @Override
  public String type() {
    return "noop";
  }

  @Override
  public ObjectNode json() {
    return L1Action.typed(type());
  }
}
