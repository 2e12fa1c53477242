package io.hypercarry.protocol.hyperliquid;

import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code bbo}: told when it changed. */
public record BestPrices(
    String coin, long time, Optional<BookBody.Level> bid, Optional<BookBody.Level> ask) {

  public static BestPrices read(JsonNode node) {
    JsonNode both = node.path("bbo");
    return new BestPrices(
        Tree.text(node, "coin"), Tree.number(node, "time"), level(both, 0), level(both, 1));
  }

  private static Optional<BookBody.Level> level(JsonNode both, int side) {
    return both.path(side).isObject()
        ? Optional.of(BookBody.Level.read(both.path(side)))
        : Optional.empty();
  }

  public ObjectNode json() {
    ObjectNode node = Json.object().put("coin", coin).put("time", time);
    node.putArray("bbo").add(json(bid)).add(json(ask));
    return node;
  }

  private static JsonNode json(Optional<BookBody.Level> level) {
    return level.<JsonNode>map(BookBody.Level::json).orElseGet(() -> Json.object().nullNode());
  }
}
