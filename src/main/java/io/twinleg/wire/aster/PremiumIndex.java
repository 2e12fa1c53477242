package io.twinleg.wire.aster;

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
        AsterJson.text(node, "symbol"),
        AsterJson.decimal(node, "markPrice"),
        AsterJson.decimal(node, "indexPrice"),
        AsterJson.decimal(node, "lastFundingRate"),
        AsterJson.time(node, "nextFundingTime"),
        AsterJson.time(node, "time"));
  }

  public JsonNode json() {
    return AsterJson.object()
        .put("symbol", symbol)
        .put("markPrice", AsterJson.plain(markPrice))
        .put("indexPrice", AsterJson.plain(indexPrice))
        .put("estimatedSettlePrice", AsterJson.plain(indexPrice))
        .put("lastFundingRate", AsterJson.plain(lastFundingRate))
        .put("interestRate", "0.00010000")
        .put("nextFundingTime", nextFundingTime)
        .put("time", time);
  }

  /** The frame of {@code @markPrice}. */
  public static PremiumIndex readFrame(JsonNode node) {
    return new PremiumIndex(
        AsterJson.text(node, "s"),
        AsterJson.decimal(node, "p"),
        AsterJson.decimal(node, "i"),
        AsterJson.decimal(node, "r"),
        AsterJson.time(node, "T"),
        AsterJson.time(node, "E"));
  }

  public JsonNode frame() {
    return AsterJson.object()
        .put("e", "markPriceUpdate")
        .put("E", time)
        .put("s", symbol)
        .put("p", AsterJson.plain(markPrice))
        .put("i", AsterJson.plain(indexPrice))
        .put("P", AsterJson.plain(indexPrice))
        .put("r", AsterJson.plain(lastFundingRate))
        .put("T", nextFundingTime);
  }
}
