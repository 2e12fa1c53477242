package io.twinleg.wire.hyperliquid.market;

import io.twinleg.wire.hyperliquid.HyperliquidJson;
import io.twinleg.wire.hyperliquid.LenientJson;
import java.math.BigDecimal;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One element of {@code recentTrades} and of {@code trades}.
 *
 * @param takerBuys who crossed
 * @param users buyer and seller
 */
public record HyperliquidTradeRow(
    String coin,
    boolean takerBuys,
    BigDecimal price,
    BigDecimal size,
    long time,
    String hash,
    long tid,
    List<String> users) {

  public HyperliquidTradeRow {
    users = List.copyOf(users);
  }

  public static HyperliquidTradeRow read(JsonNode node) {
    JsonNode users = node.path("users");
    return new HyperliquidTradeRow(
        LenientJson.text(node, "coin"),
        LenientJson.isBuy(node),
        LenientJson.decimal(node, "px"),
        LenientJson.decimal(node, "sz"),
        LenientJson.number(node, "time"),
        node.path("hash").asString(""),
        LenientJson.numberOr(node, "tid", 0),
        users.isArray() ? LenientJson.list(users, JsonNode::stringValue) : List.of());
  }

  public ObjectNode json() {
    ObjectNode node = HyperliquidJson.object().put("coin", coin).put("side", takerBuys ? "B" : "A");
    LenientJson.put(node, "px", price);
    LenientJson.put(node, "sz", size);
    node.put("time", time).put("hash", hash).put("tid", tid);
    ArrayNode list = node.putArray("users");
    users.forEach(list::add);
    return node;
  }
}
