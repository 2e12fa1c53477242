package io.hypercarry.protocol.aster;

import java.math.BigDecimal;
import tools.jackson.databind.JsonNode;

/**
 * A perp's prices, and the rate that will be paid at {@code nextFundingTime}: a fraction for one
 * funding interval of that symbol, which stands elsewhere ({@link FundingInfo}).
 */
public record PremiumIndex(
    String symbol,
    BigDecimal markPrice,
    BigDecimal indexPrice,
    BigDecimal lastFundingRate,
    long nextFundingTime,
    long time) {

  public static PremiumIndex read(JsonNode node) {
    return new PremiumIndex(
        Json.text(node, "symbol"),
        Json.decimal(node, "markPrice"),
        Json.decimal(node, "indexPrice"),
        Json.decimal(node, "lastFundingRate"),
        Json.wholeOrZero(node, "nextFundingTime"),
        Json.wholeOrZero(node, "time"));
  }

  public JsonNode json() {
    return Json.object()
        .put("symbol", symbol)
        .put("markPrice", Json.plain(markPrice))
        .put("indexPrice", Json.plain(indexPrice))
        .put("estimatedSettlePrice", Json.plain(indexPrice))
        .put("lastFundingRate", Json.plain(lastFundingRate))
        .put("interestRate", "0.00010000")
        .put("nextFundingTime", nextFundingTime)
        .put("time", time);
  }

  /** The frame of {@code @markPrice}. */
  public static PremiumIndex readFrame(JsonNode node) {
    return new PremiumIndex(
        Json.text(node, "s"),
        Json.decimal(node, "p"),
        Json.decimal(node, "i"),
        Json.decimal(node, "r"),
        Json.wholeOrZero(node, "T"),
        Json.wholeOrZero(node, "E"));
  }

  public JsonNode frame() {
    return Json.object()
        .put("e", "markPriceUpdate")
        .put("E", time)
        .put("s", symbol)
        .put("p", Json.plain(markPrice))
        .put("i", Json.plain(indexPrice))
        .put("P", Json.plain(indexPrice))
        .put("r", Json.plain(lastFundingRate))
        .put("T", nextFundingTime);
  }
}
