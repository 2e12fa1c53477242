package io.twinleg.wire.hyperliquid.action;

import io.twinleg.wire.hyperliquid.HyperliquidJson;
import io.twinleg.wire.hyperliquid.MalformedMessage;
import io.twinleg.wire.hyperliquid.StrictJson;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.StringNode;

/** How the orders of one action hang together. */
public sealed interface Grouping {
  JsonNode json();

  enum Named implements Grouping {
    NONE("na"),
    NORMAL_TPSL("normalTpsl"),
    POSITION_TPSL("positionTpsl");

    private final String wire;

    Named(String wire) {
      this.wire = wire;
    }

    @Override
    public JsonNode json() {
      return StringNode.valueOf(wire);
    }
  }

  /** Pays for priority: hundred-millionths of the notional. */
  record Priority(int rate) implements Grouping {
    @Override
    public JsonNode json() {
      return HyperliquidJson.object().set("p", IntNode.valueOf(rate));
    }
  }

  static Grouping read(JsonNode node) {
    if (node.isObject()) {
      StrictJson fields = new StrictJson(node);
      long rate = fields.number("p");
      fields.done();
      return new Priority(Math.toIntExact(Math.min(rate, Integer.MAX_VALUE)));
    }
    for (Named named : Named.values()) {
      if (named.json().equals(node)) {
        return named;
      }
    }
    throw MalformedMessage.schema("no such grouping");
  }
}
