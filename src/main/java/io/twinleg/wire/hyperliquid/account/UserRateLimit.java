package io.twinleg.wire.hyperliquid.account;

import io.twinleg.wire.hyperliquid.HyperliquidJson;
import io.twinleg.wire.hyperliquid.LenientJson;
import java.math.BigDecimal;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code userRateLimit}: requests the address has used, and may use. */
public record UserRateLimit(BigDecimal volume, long used, long cap, long surplus) {
  public static UserRateLimit read(JsonNode node) {
    return new UserRateLimit(
        LenientJson.decimal(node, "cumVlm"),
        LenientJson.number(node, "nRequestsUsed"),
        LenientJson.number(node, "nRequestsCap"),
        LenientJson.numberOr(node, "nRequestsSurplus", 0));
  }

  public ObjectNode json() {
    ObjectNode node = HyperliquidJson.object();
    LenientJson.put(node, "cumVlm", volume);
    node.put("nRequestsUsed", used).put("nRequestsCap", cap);
    return node.put("nRequestsSurplus", surplus);
  }
}
