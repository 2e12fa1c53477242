package io.twinleg.wire.hyperliquid.stream;

import io.twinleg.wire.MalformedMessage;
import io.twinleg.wire.hyperliquid.HyperliquidJson;
import io.twinleg.wire.hyperliquid.LenientJson;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A subscription of a connection. Options that have no accessor here, such as the aggregation of a
 * book, stay in the tree.
 */
public record Subscription(String type, ObjectNode tree) {
  public static Subscription ofCoin(String type, String coin) {
    return new Subscription(type, HyperliquidJson.object().put("type", type).put("coin", coin));
  }

  public static Subscription ofUser(String type, String user) {
    String address = user.toLowerCase(Locale.ROOT);
    return new Subscription(type, HyperliquidJson.object().put("type", type).put("user", address));
  }

  public Optional<String> coin() {
    return LenientJson.optionalText(tree, "coin");
  }

  public Optional<String> user() {
    return LenientJson.optionalText(tree, "user").map(text -> text.toLowerCase(Locale.ROOT));
  }

  public static Subscription read(JsonNode node) {
    if (!node.isObject()) {
      throw MalformedMessage.schema("a subscription is an object");
    }
    return new Subscription(LenientJson.text(node, "type"), node.asObject());
  }
}
