package io.twinleg.wire.hyperliquid.market;

import io.twinleg.wire.hyperliquid.HyperliquidJson;
import io.twinleg.wire.hyperliquid.LenientJson;
import java.math.BigDecimal;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** One element of {@code fundingHistory}: a settled hour, some milliseconds after it ended. */
public record HyperliquidFundingRow(
    String coin, BigDecimal rate, Optional<BigDecimal> premium, long time) {
  public static HyperliquidFundingRow read(JsonNode node) {
    return new HyperliquidFundingRow(
        LenientJson.text(node, "coin"),
        LenientJson.decimal(node, "fundingRate"),
        LenientJson.optionalDecimal(node, "premium"),
        LenientJson.number(node, "time"));
  }

  public ObjectNode json() {
    ObjectNode node = HyperliquidJson.object().put("coin", coin);
    LenientJson.put(node, "fundingRate", rate);
    premium.ifPresent(value -> LenientJson.put(node, "premium", value));
    return node.put("time", time);
  }
}
