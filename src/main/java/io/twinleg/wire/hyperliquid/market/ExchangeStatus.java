package io.twinleg.wire.hyperliquid.market;

import io.twinleg.wire.hyperliquid.HyperliquidJson;
import io.twinleg.wire.hyperliquid.LenientJson;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code exchangeStatus}: the venue's clock.
 *
 * @param specialStatuses opaque
 * @param speed only our own exchange has one: how many times faster than the wall's its clock runs
 */
public record ExchangeStatus(long time, Optional<JsonNode> specialStatuses, Optional<Long> speed) {
  public static ExchangeStatus read(JsonNode node) {
    return new ExchangeStatus(
        LenientJson.time(node, "time"),
        node.optional("specialStatuses").filter(statuses -> !statuses.isNull()),
        LenientJson.optionalNumber(node, "speed"));
  }

  public ObjectNode json() {
    ObjectNode node = HyperliquidJson.object().put("time", time);
    node.set("specialStatuses", specialStatuses.orElseGet(node::nullNode));
    speed.ifPresent(factor -> node.put("speed", factor));
    return node;
  }
}
