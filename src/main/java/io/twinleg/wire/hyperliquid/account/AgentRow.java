package io.twinleg.wire.hyperliquid.account;

import io.twinleg.wire.hyperliquid.HyperliquidJson;
import io.twinleg.wire.hyperliquid.LenientJson;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** One element of {@code extraAgents}: the named ones only. */
public record AgentRow(String address, String name, Optional<Long> validUntil) {
  public static AgentRow read(JsonNode node) {
    return new AgentRow(
        LenientJson.text(node, "address"),
        node.path("name").asString(""),
        LenientJson.optionalNumber(node, "validUntil"));
  }

  public ObjectNode json() {
    ObjectNode node = HyperliquidJson.object().put("name", name).put("address", address);
    return node.put("validUntil", validUntil.orElse(null));
  }
}
