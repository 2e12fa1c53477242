package io.twinleg.wire.hyperliquid.market;

import io.twinleg.wire.hyperliquid.HyperliquidJson;
import io.twinleg.wire.hyperliquid.LenientJson;
import io.twinleg.wire.hyperliquid.WireNumber;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A perp's figures of the moment.
 *
 * @param funding the running hour's estimate, an hour's rate
 * @param openInterest in base units
 * @param premium null, as mid and impact prices are, where the book is empty
 * @param impactPrices bid and ask, or none
 */
public record PerpContext(
    BigDecimal funding,
    BigDecimal openInterest,
    BigDecimal previousDayPrice,
    BigDecimal dayNotionalVolume,
    Optional<BigDecimal> premium,
    BigDecimal oraclePrice,
    BigDecimal markPrice,
    Optional<BigDecimal> midPrice,
    List<BigDecimal> impactPrices,
    BigDecimal dayBaseVolume) {

  public PerpContext {
    impactPrices = List.copyOf(impactPrices);
  }

  public static PerpContext read(JsonNode node) {
    JsonNode impact = node.path("impactPxs");
    return new PerpContext(
        LenientJson.decimal(node, "funding"),
        LenientJson.decimal(node, "openInterest"),
        LenientJson.decimal(node, "prevDayPx"),
        LenientJson.decimal(node, "dayNtlVlm"),
        LenientJson.optionalDecimal(node, "premium"),
        LenientJson.decimal(node, "oraclePx"),
        LenientJson.decimal(node, "markPx"),
        LenientJson.optionalDecimal(node, "midPx"),
        impact.isArray() ? LenientJson.list(impact, LenientJson::decimal) : List.of(),
        LenientJson.decimalOrZero(node, "dayBaseVlm"));
  }

  public ObjectNode json() {
    ObjectNode node = HyperliquidJson.object();
    LenientJson.put(node, "funding", funding);
    LenientJson.put(node, "openInterest", openInterest);
    LenientJson.put(node, "prevDayPx", previousDayPrice);
    LenientJson.put(node, "dayNtlVlm", dayNotionalVolume);
    LenientJson.putOrNull(node, "premium", premium);
    LenientJson.put(node, "oraclePx", oraclePrice);
    LenientJson.put(node, "markPx", markPrice);
    LenientJson.putOrNull(node, "midPx", midPrice);
    node.set("impactPxs", impactPrices.isEmpty() ? node.nullNode() : impactJson());
    LenientJson.put(node, "dayBaseVlm", dayBaseVolume);
    return node;
  }

  private ArrayNode impactJson() {
    ArrayNode prices = HyperliquidJson.array();
    impactPrices.forEach(price -> prices.add(WireNumber.formatAnswer(price)));
    return prices;
  }
}
