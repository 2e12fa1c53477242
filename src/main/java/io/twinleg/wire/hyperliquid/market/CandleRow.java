package io.twinleg.wire.hyperliquid.market;

import io.twinleg.wire.hyperliquid.HyperliquidJson;
import io.twinleg.wire.hyperliquid.LenientJson;
import java.math.BigDecimal;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** One element of {@code candleSnapshot}, or one frame of {@code candle}. */
public record CandleRow(
    long openTime,
    long closeTime,
    String coin,
    String interval,
    BigDecimal open,
    BigDecimal close,
    BigDecimal high,
    BigDecimal low,
    BigDecimal volume,
    long trades) {

  public static CandleRow read(JsonNode node) {
    return new CandleRow(
        LenientJson.number(node, "t"),
        LenientJson.number(node, "T"),
        LenientJson.text(node, "s"),
        LenientJson.text(node, "i"),
        LenientJson.decimal(node, "o"),
        LenientJson.decimal(node, "c"),
        LenientJson.decimal(node, "h"),
        LenientJson.decimal(node, "l"),
        LenientJson.decimal(node, "v"),
        LenientJson.numberOr(node, "n", 0));
  }

  public ObjectNode json() {
    ObjectNode node = HyperliquidJson.object().put("t", openTime).put("T", closeTime);
    node.put("s", coin).put("i", interval);
    LenientJson.put(node, "o", open);
    LenientJson.put(node, "c", close);
    LenientJson.put(node, "h", high);
    LenientJson.put(node, "l", low);
    LenientJson.put(node, "v", volume);
    return node.put("n", trades);
  }
}
