package io.twinleg.wire.hyperliquid.action;

import io.twinleg.wire.hyperliquid.HyperliquidJson;
import java.util.ArrayDeque;
import java.util.Deque;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.LongNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** A tree of JSON, for readers that look into it. */
final class TreeForm implements CanonicalForm {
  private record Level(JsonNode node, String key) {}

  private final Deque<Level> open = new ArrayDeque<>();
  private JsonNode last = HyperliquidJson.object();
  private String key = "";

  /** The tree of what was written. */
  ObjectNode object() {
    return (ObjectNode) last;
  }

  @Override
  public TreeForm object(int fields) {
    return begin(HyperliquidJson.object());
  }

  @Override
  public TreeForm array(int size) {
    return begin(HyperliquidJson.array());
  }

  private TreeForm begin(JsonNode node) {
    open.push(new Level(node, key));
    return this;
  }

  @Override
  public TreeForm end() {
    Level level = open.pop();
    key = level.key();
    return tree(level.node());
  }

  @Override
  public TreeForm key(String name) {
    key = name;
    return this;
  }

  @Override
  public TreeForm text(String value) {
    return tree(StringNode.valueOf(value));
  }

  @Override
  public TreeForm whole(long value) {
    return tree(LongNode.valueOf(value));
  }

  @Override
  public TreeForm flag(boolean value) {
    return tree(BooleanNode.valueOf(value));
  }

  @Override
  public TreeForm tree(JsonNode value) {
    Level level = open.peek();
    if (level == null) {
      last = value;
    } else if (level.node() instanceof ArrayNode list) {
      list.add(value);
    } else {
      ((ObjectNode) level.node()).set(key, value);
    }
    return this;
  }
}
