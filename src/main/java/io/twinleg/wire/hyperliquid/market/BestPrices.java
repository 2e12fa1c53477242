package io.twinleg.wire.hyperliquid.market;

import io.twinleg.wire.MalformedMessage;
import io.twinleg.wire.hyperliquid.HyperliquidJson;
import io.twinleg.wire.hyperliquid.LenientJson;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code bbo}: sent when it changes. */
public record BestPrices(
    String coin, long time, Optional<L2Book.Level> bid, Optional<L2Book.Level> ask) {

  public static BestPrices read(JsonNode node) {
    JsonNode both = node.path("bbo");
    if (!both.isArray() || both.size() != 2) {
      throw MalformedMessage.schema("bbo is not two levels");
    }
    return new BestPrices(
        LenientJson.text(node, "coin"),
        LenientJson.number(node, "time"),
        level(both, 0),
        level(both, 1));
  }

  private static Optional<L2Book.Level> level(JsonNode both, int side) {
    return both.path(side).isNull()
        ? Optional.empty()
        : Optional.of(L2Book.Level.read(both.path(side)));
  }

  public ObjectNode json() {
    ObjectNode node = HyperliquidJson.object().put("coin", coin).put("time", time);
    node.putArray("bbo").add(json(bid)).add(json(ask));
    return node;
  }

  private static JsonNode json(Optional<L2Book.Level> level) {
    return level
        .<JsonNode>map(L2Book.Level::json)
        .orElseGet(() -> HyperliquidJson.object().nullNode());
  }
}
