package io.twinleg.wire.hyperliquid.account;

import io.twinleg.wire.hyperliquid.HyperliquidJson;
import io.twinleg.wire.hyperliquid.LenientJson;
import java.math.BigDecimal;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An order in {@code openOrders}, {@code orderStatus}, {@code orderUpdates} and similar.
 *
 * @param size the remaining size; in {@code orderStatus} as of the last change of status, so not
 *     reliable there
 * @param terms contained in the longer forms only
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
          LenientJson.optionalText(node, "tif"),
          LenientJson.flag(node, "isTrigger"),
          LenientJson.decimalOrZero(node, "triggerPx"),
          node.path("triggerCondition").asString("N/A"),
          LenientJson.flag(node, "isPositionTpsl"));
    }
  }

  public static OpenOrder read(JsonNode node) {
    return new OpenOrder(
        LenientJson.text(node, "coin"),
        LenientJson.isBuy(node),
        LenientJson.decimal(node, "limitPx"),
        LenientJson.decimal(node, "sz"),
        LenientJson.decimal(node, "origSz"),
        LenientJson.number(node, "oid"),
        LenientJson.number(node, "timestamp"),
        LenientJson.optionalText(node, "cloid"),
        LenientJson.flag(node, "reduceOnly"),
        Terms.read(node));
  }

  /** As in {@code openOrders} and {@code orderUpdates}: what is not set is left out. */
  public ObjectNode shortJson() {
    ObjectNode node = HyperliquidJson.object();
    putCommon(node);
    cloid.ifPresent(text -> node.put("cloid", text));
    LenientJson.putIfTrue(node, "reduceOnly", reduceOnly);
    return node;
  }

  /** As in {@code frontendOpenOrders} and {@code orderStatus}: every key is there. */
  public ObjectNode json() {
    ObjectNode node = HyperliquidJson.object();
    putCommon(node);
    node.put("triggerCondition", terms.triggerCondition).put("isTrigger", terms.isTrigger);
    LenientJson.put(node, "triggerPx", terms.triggerPrice);
    node.putArray("children");
    node.put("isPositionTpsl", terms.isPositionTpsl).put("reduceOnly", reduceOnly);
    node.put("orderType", terms.type);
    LenientJson.putTextOrNull(node, "tif", terms.tif);
    LenientJson.putTextOrNull(node, "cloid", cloid);
    return node;
  }

  private void putCommon(ObjectNode node) {
    node.put("coin", coin).put("side", isBuy ? "B" : "A");
    LenientJson.put(node, "limitPx", limitPrice);
    LenientJson.put(node, "sz", size);
    node.put("oid", oid).put("timestamp", timestamp);
    LenientJson.put(node, "origSz", originalSize);
  }
}
