package io.hypercarry.protocol.hyperliquid;

import java.math.BigDecimal;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code l2Book}: always the whole picture, best first on either side. */
public record BookBody(String coin, long time, List<Level> bids, List<Level> asks) {
  public BookBody {
    bids = List.copyOf(bids);
    asks = List.copyOf(asks);
  }

  /** {@code orders} at this price together have this size. */
  public record Level(BigDecimal price, BigDecimal size, long orders) {
    static Level read(JsonNode node) {
      return new Level(
          Tree.decimal(node, "px"), Tree.decimal(node, "sz"), Tree.numberOr(node, "n", 1));
    }

    ObjectNode json() {
      ObjectNode node = Json.object();
      Tree.put(node, "px", price);
      Tree.put(node, "sz", size);
      return node.put("n", orders);
    }
  }

  public static BookBody read(JsonNode node) {
    JsonNode levels = node.path("levels");
    return new BookBody(
        Tree.text(node, "coin"),
        Tree.number(node, "time"),
        Tree.list(levels.path(0), Level::read),
        Tree.list(levels.path(1), Level::read));
  }

  public ObjectNode json() {
    ObjectNode node = Json.object().put("coin", coin).put("time", time);
    node.putArray("levels").add(Tree.array(bids, Level::json)).add(Tree.array(asks, Level::json));
    return node;
  }
}
