package io.twinleg.wire.aster;

import java.math.BigDecimal;
import tools.jackson.databind.JsonNode;

/** A settled rate, for the interval that ended at its time. */
public record AsterFundingRow(String symbol, long time, BigDecimal rate) {
  public static AsterFundingRow read(JsonNode node) {
    return new AsterFundingRow(
        AsterJson.text(node, "symbol"),
        AsterJson.whole(node, "fundingTime"),
        AsterJson.decimal(node, "fundingRate"));
  }

  public JsonNode json() {
    return AsterJson.object()
        .put("symbol", symbol)
        .put("fundingTime", time)
        .put("fundingRate", AsterJson.plain(rate));
  }
}
