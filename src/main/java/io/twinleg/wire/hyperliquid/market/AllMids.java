package io.twinleg.wire.hyperliquid.market;

import io.twinleg.wire.hyperliquid.HyperliquidJson;
import io.twinleg.wire.hyperliquid.LenientJson;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code allMids}: a price for each coin. */
public record AllMids(Map<String, BigDecimal> prices) {
  public AllMids {
    prices = Collections.unmodifiableMap(new LinkedHashMap<>(prices));
  }

  public static AllMids read(JsonNode node) {
    Map<String, BigDecimal> prices = new LinkedHashMap<>();
    node.properties()
        .forEach(each -> prices.put(each.getKey(), LenientJson.decimal(each.getValue())));
    return new AllMids(prices);
  }

  public ObjectNode json() {
    ObjectNode node = HyperliquidJson.object();
    prices.forEach((coin, price) -> LenientJson.put(node, coin, price));
    return node;
  }
}
