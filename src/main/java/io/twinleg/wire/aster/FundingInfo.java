package io.twinleg.wire.aster;

import io.twinleg.wire.MalformedMessage;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The funding interval of a perp: 8, 4 or 1 hours, and the venue may change it at any time. */
public record FundingInfo(String symbol, int intervalHours) {
  private static final int LONGEST_HOURS = 24;

  public static FundingInfo read(JsonNode node) {
    int hours = AsterJson.small(node, "fundingIntervalHours");
    if (hours < 1 || hours > LONGEST_HOURS) {
      throw MalformedMessage.schema("fundingIntervalHours is " + hours);
    }
    return new FundingInfo(AsterJson.text(node, "symbol"), hours);
  }

  /** Of one symbol; empty where the response omits it, as it does for some. */
  public static Optional<FundingInfo> find(JsonNode body, String symbol) {
    JsonNode rows = body.isArray() ? body : AsterJson.array(List.of(body), row -> row);
    return AsterJson.rows(rows, row -> false, FundingInfo::read).readable().stream()
        .filter(info -> info.symbol().equals(symbol))
        .findFirst();
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
