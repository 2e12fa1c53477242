package io.hypercarry.protocol.hyperliquid;

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
        Tree.decimal(node, "funding"),
        Tree.decimal(node, "openInterest"),
        Tree.decimal(node, "prevDayPx"),
        Tree.decimal(node, "dayNtlVlm"),
        Tree.optionalDecimal(node, "premium"),
        Tree.decimal(node, "oraclePx"),
        Tree.decimal(node, "markPx"),
        Tree.optionalDecimal(node, "midPx"),
        impact.isArray() ? Tree.list(impact, Tree::decimal) : List.of(),
        Tree.decimalOrZero(node, "dayBaseVlm"));
  }

  public ObjectNode json() {
    ObjectNode node = Json.object();
    Tree.put(node, "funding", funding);
    Tree.put(node, "openInterest", openInterest);
    Tree.put(node, "prevDayPx", previousDayPrice);
    Tree.put(node, "dayNtlVlm", dayNotionalVolume);
    Tree.putOrNull(node, "premium", premium);
    Tree.put(node, "oraclePx", oraclePrice);
    Tree.put(node, "markPx", markPrice);
    Tree.putOrNull(node, "midPx", midPrice);
    node.set("impactPxs", impactPrices.isEmpty() ? node.nullNode() : impactJson());
    Tree.put(node, "dayBaseVlm", dayBaseVolume);
    return node;
  }

  private ArrayNode impactJson() {
    ArrayNode prices = Json.array();
    impactPrices.forEach(price -> prices.add(WireNumber.formatAnswer(price)));
    return prices;
  }
}
