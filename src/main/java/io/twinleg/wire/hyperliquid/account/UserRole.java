package io.twinleg.wire.hyperliquid.account;

import io.twinleg.wire.hyperliquid.HyperliquidJson;
import io.twinleg.wire.hyperliquid.LenientJson;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code userRole}.
 *
 * @param role user, vault, missing, agent or subAccount
 * @param master whose agent or sub-account it is
 */
public record UserRole(String role, Optional<String> master) {
  public boolean isAgent() {
    return role.equals("agent");
  }

  public static UserRole read(JsonNode node) {
    JsonNode data = node.path("data");
    return new UserRole(
        LenientJson.text(node, "role"),
        LenientJson.optionalText(data, "user").or(() -> LenientJson.optionalText(data, "master")));
  }

  public ObjectNode json() {
    ObjectNode node = HyperliquidJson.object().put("role", role);
    String key = isAgent() ? "user" : "master";
    master.ifPresent(address -> node.putObject("data").put(key, address));
    return node;
  }
}
