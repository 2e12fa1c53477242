package io.hypercarry.protocol.hyperliquid;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code allMids}: a price for each coin. */
public record Mids(Map<String, BigDecimal> prices) {
  public Mids {
    prices = Collections.unmodifiableMap(new LinkedHashMap<>(prices));
  }

  public static Mids read(JsonNode node) {
    Map<String, BigDecimal> prices = new LinkedHashMap<>();
    node.properties().forEach(each -> prices.put(each.getKey(), Tree.decimal(each.getValue())));
    return new Mids(prices);
  }

  public ObjectNode json() {
    ObjectNode node = Json.object();
    prices.forEach((coin, price) -> Tree.put(node, coin, price));
    return node;
  }
}
