package io.hypercarry.protocol.hyperliquid;

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
public record TradeRow(
    String coin,
    boolean takerBuys,
    BigDecimal price,
    BigDecimal size,
    long time,
    String hash,
    long tid,
    List<String> users) {

  public TradeRow {
    users = List.copyOf(users);
  }

  public static TradeRow read(JsonNode node) {
    JsonNode users = node.path("users");
    return new TradeRow(
        Tree.text(node, "coin"),
        Tree.text(node, "side").equals("B"),
        Tree.decimal(node, "px"),
        Tree.decimal(node, "sz"),
        Tree.number(node, "time"),
        node.path("hash").asString(""),
        Tree.numberOr(node, "tid", 0),
        users.isArray() ? Tree.list(users, JsonNode::stringValue) : List.of());
  }

  public ObjectNode json() {
    ObjectNode node = Json.object().put("coin", coin).put("side", takerBuys ? "B" : "A");
    Tree.put(node, "px", price);
    Tree.put(node, "sz", size);
    node.put("time", time).put("hash", hash).put("tid", tid);
    ArrayNode list = node.putArray("users");
    users.forEach(list::add);
    return node;
  }
}
