package io.hypercarry.protocol.aster;

import java.math.BigDecimal;
import tools.jackson.databind.JsonNode;

/** A settled rate, for the interval that ended at its time. */
public record FundingRow(String symbol, long time, BigDecimal rate) {
  public static FundingRow read(JsonNode node) {
    return new FundingRow(
        Json.text(node, "symbol"),
        Json.whole(node, "fundingTime"),
        Json.decimal(node, "fundingRate"));
  }

  public JsonNode json() {
    return Json.object()
        .put("symbol", symbol)
        .put("fundingTime", time)
        .put("fundingRate", Json.plain(rate));
  }
}
