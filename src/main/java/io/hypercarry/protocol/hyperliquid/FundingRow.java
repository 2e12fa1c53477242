package io.hypercarry.protocol.hyperliquid;

import java.math.BigDecimal;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** One element of {@code fundingHistory}: a settled hour, some milliseconds after it ended. */
public record FundingRow(String coin, BigDecimal rate, Optional<BigDecimal> premium, long time) {
  public static FundingRow read(JsonNode node) {
    return new FundingRow(
        Tree.text(node, "coin"),
        Tree.decimal(node, "fundingRate"),
        Tree.optionalDecimal(node, "premium"),
        Tree.number(node, "time"));
  }

  public ObjectNode json() {
    ObjectNode node = Json.object().put("coin", coin);
    Tree.put(node, "fundingRate", rate);
    premium.ifPresent(value -> Tree.put(node, "premium", value));
    return node.put("time", time);
  }
}
