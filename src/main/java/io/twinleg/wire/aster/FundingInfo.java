package io.twinleg.wire.aster;

import tools.jackson.databind.JsonNode;

/** The funding interval of a perp: 8, 4 or 1 hours, and the venue may change it at any time. */
public record FundingInfo(String symbol, int intervalHours) {
  /** For a symbol that the response omits. */
  public static final int DEFAULT_HOURS = 8;

  public static FundingInfo read(JsonNode node) {
    int hours = AsterJson.optionalWhole(node, "fundingIntervalHours").map(Long::intValue).orElse(0);
    return new FundingInfo(AsterJson.text(node, "symbol"), hours > 0 ? hours : DEFAULT_HOURS);
  }

  public JsonNode json(long time) {
    return AsterJson.object()
        .put("symbol", symbol)
        .put("interestRate", "0.00010000")
        .put("time", time)
        .put("fundingIntervalHours", intervalHours)
        .putNull("fundingFeeCap")
        .putNull("fundingFeeFloor");
  }
}
