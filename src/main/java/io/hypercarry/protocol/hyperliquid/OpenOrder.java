package io.hypercarry.protocol.hyperliquid;

import java.math.BigDecimal;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An order in {@code openOrders}, {@code orderStatus}, {@code orderUpdates} and their like.
 *
 * @param size what remains: of an {@code orderStatus}, as of the last change of its status, so
 *     never to be trusted there
 * @param terms what only the longer forms tell
 */
public record OpenOrder(
    String coin,
    boolean isBuy,
    BigDecimal limitPrice,
    BigDecimal size,
    BigDecimal originalSize,
    long oid,
    long timestamp,
    Optional<String> cloid,
    boolean reduceOnly,
    Terms terms) {

  /**
   * @param type Limit, Market, Stop Market ..
   * @param tif also FrontendMarket, LiquidationMarket and others, or none
   */
  public record Terms(
      String type,
      Optional<String> tif,
      boolean isTrigger,
      BigDecimal triggerPrice,
      String triggerCondition,
      boolean isPositionTpsl) {

    public static Terms limit(String tif) {
      return new Terms("Limit", Optional.of(tif), false, BigDecimal.ZERO, "N/A", false);
    }

    static Terms read(JsonNode node) {
      return new Terms(
          node.path("orderType").asString("Limit"),
          Tree.optionalText(node, "tif"),
          Tree.flag(node, "isTrigger"),
          Tree.decimalOrZero(node, "triggerPx"),
          node.path("triggerCondition").asString("N/A"),
          Tree.flag(node, "isPositionTpsl"));
    }
  }

  public static OpenOrder read(JsonNode node) {
    BigDecimal size = Tree.decimal(node, "sz");
    return new OpenOrder(
        Tree.text(node, "coin"),
        Tree.text(node, "side").equals("B"),
        Tree.decimal(node, "limitPx"),
        size,
        Tree.optionalDecimal(node, "origSz").orElse(size),
        Tree.number(node, "oid"),
        Tree.number(node, "timestamp"),
        Tree.optionalText(node, "cloid"),
        Tree.flag(node, "reduceOnly"),
        Terms.read(node));
  }

  /** As in {@code openOrders} and {@code orderUpdates}: what is not set is left out. */
  public ObjectNode shortJson() {
    ObjectNode node = Json.object();
    putCommon(node);
    cloid.ifPresent(text -> node.put("cloid", text));
    Tree.putIfTrue(node, "reduceOnly", reduceOnly);
    return node;
  }

  /** As in {@code frontendOpenOrders} and {@code orderStatus}: every key is there. */
  public ObjectNode json() {
    ObjectNode node = Json.object();
    putCommon(node);
    node.put("triggerCondition", terms.triggerCondition).put("isTrigger", terms.isTrigger);
    Tree.put(node, "triggerPx", terms.triggerPrice);
    node.putArray("children");
    node.put("isPositionTpsl", terms.isPositionTpsl).put("reduceOnly", reduceOnly);
    node.put("orderType", terms.type);
    Tree.putTextOrNull(node, "tif", terms.tif);
    Tree.putTextOrNull(node, "cloid", cloid);
    return node;
  }

  private void putCommon(ObjectNode node) {
    node.put("coin", coin).put("side", isBuy ? "B" : "A");
    Tree.put(node, "limitPx", limitPrice);
    Tree.put(node, "sz", size);
    node.put("oid", oid).put("timestamp", timestamp);
    Tree.put(node, "origSz", originalSize);
  }
}
