package io.hypercarry.protocol.hyperliquid;

import java.math.BigDecimal;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** One element of {@code candleSnapshot}, or one frame of {@code candle}. */
public record Candle(
    long openTime,
    long closeTime,
    String coin,
    String interval,
    BigDecimal open,
    BigDecimal close,
    BigDecimal high,
    BigDecimal low,
    BigDecimal volume,
    long trades) {

  public static Candle read(JsonNode node) {
    return new Candle(
        Tree.number(node, "t"),
        Tree.number(node, "T"),
        Tree.text(node, "s"),
        Tree.text(node, "i"),
        Tree.decimal(node, "o"),
        Tree.decimal(node, "c"),
        Tree.decimal(node, "h"),
        Tree.decimal(node, "l"),
        Tree.decimal(node, "v"),
        Tree.numberOr(node, "n", 0));
  }

  public ObjectNode json() {
    ObjectNode node = Json.object().put("t", openTime).put("T", closeTime);
    node.put("s", coin).put("i", interval);
    Tree.put(node, "o", open);
    Tree.put(node, "c", close);
    Tree.put(node, "h", high);
    Tree.put(node, "l", low);
    Tree.put(node, "v", volume);
    return node.put("n", trades);
  }
}
