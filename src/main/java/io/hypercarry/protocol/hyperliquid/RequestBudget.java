package io.hypercarry.protocol.hyperliquid;

import java.math.BigDecimal;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code userRateLimit}: requests the address has used, and may use. */
public record RequestBudget(BigDecimal volume, long used, long cap, long surplus) {
  public static RequestBudget read(JsonNode node) {
    return new RequestBudget(
        Tree.decimalOrZero(node, "cumVlm"),
        Tree.number(node, "nRequestsUsed"),
        Tree.number(node, "nRequestsCap"),
        Tree.numberOr(node, "nRequestsSurplus", 0));
  }

  public ObjectNode json() {
    ObjectNode node = Json.object();
    Tree.put(node, "cumVlm", volume);
    node.put("nRequestsUsed", used).put("nRequestsCap", cap);
    return node.put("nRequestsSurplus", surplus);
  }
}
