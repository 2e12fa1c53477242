package io.twinleg.wire.aster;

import io.twinleg.core.model.Leg;
import io.twinleg.wire.MalformedMessage;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * One symbol of {@code exchangeInfo}. Its precisions are not its tick: 254 of 290 recorded perps
 * differ, so nothing is computed from them.
 *
 * @param requiredMargin percent of a new position's value at its highest leverage; zero on spot,
 *     and where it is not stated
 * @param takeBound how far from the mark a market order may trade; zero on spot
 */
public record SymbolRules(
    Leg leg,
    String symbol,
    String status,
    String base,
    String quote,
    int pricePrecision,
    BigDecimal requiredMargin,
    BigDecimal takeBound,
    Filters filters,
    List<String> timesInForce) {
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
  private static final String TRADING = "TRADING";
  private static final String PRE_SETTLE = "PRE_SETTLE";
  private static final Set<String> DELISTED = Set.of(PRE_SETTLE, "SETTLING", "CLOSE");

  /** The venue's internal test markets, which must not be traded. */
  private static final String INTERNAL = "TEST";

  public SymbolRules {
    timesInForce = List.copyOf(timesInForce);
  }

  static SymbolRules read(Leg leg, JsonNode node) {
    return new SymbolRules(
        leg,
        AsterJson.text(node, "symbol"),
        AsterJson.text(node, "status"),
        AsterJson.text(node, "baseAsset"),
        AsterJson.text(node, "quoteAsset"),
        AsterJson.optionalWhole(node, "pricePrecision").orElse(0L).intValue(),
        AsterJson.optionalDecimal(node, "requiredMarginPercent").orElse(BigDecimal.ZERO),
        AsterJson.optionalDecimal(node, "marketTakeBound").orElse(BigDecimal.ZERO),
        Filters.read(node.path("filters")),
        AsterJson.list(node.path("timeInForce"), JsonNode::asString));
  }

  /**
   * The highest leverage of {@code leverageBracket}'s brackets for a symbol.
   *
   * @throws MalformedMessage where it states none
   */
  public static int maxLeverage(JsonNode body, String symbol) {
    return AsterJson.oneOrMany(body, row -> row).stream()
        .filter(row -> AsterJson.isNamed(row, "symbol", symbol::equals))
        .flatMap(row -> AsterJson.list(row.path("brackets"), each -> each).stream())
        .map(bracket -> AsterJson.small(bracket, "initialLeverage"))
        .max(Integer::compare)
        .orElseThrow(() -> MalformedMessage.schema("initialLeverage is missing"));
  }

  /** By the margin that a new position requires; 1 where none is stated. */
  public int maxLeverage() {
    return requiredMargin.signum() > 0
        ? HUNDRED.divide(requiredMargin, 0, RoundingMode.DOWN).max(BigDecimal.ONE).intValue()
        : 1;
  }

  /** SETTLING, PENDING_TRADING and the rest are not tradable. */
  public boolean isTrading() {
    return status.equals(TRADING);
  }

  /** A perp on its way out: it may still trade (PRE_SETTLE), is being settled, or is. */
  public boolean isDelisted() {
    return DELISTED.contains(status);
  }

  /** Whether no order is accepted. */
  public boolean isHalted() {
    return !isTrading() && !status.equals(PRE_SETTLE);
  }

  public boolean isInternalTest() {
    return leg == Leg.SPOT && symbol.startsWith(INTERNAL);
  }

  public SymbolRules withFilters(Filters own) {
    return new SymbolRules(
        leg,
        symbol,
        status,
        base,
        quote,
        pricePrecision,
        requiredMargin,
        takeBound,
        own,
        timesInForce);
  }

  public SymbolRules withStatus(String now) {
    return new SymbolRules(
        leg,
        symbol,
        now,
        base,
        quote,
        pricePrecision,
        requiredMargin,
        takeBound,
        filters,
        timesInForce);
  }

  JsonNode json() {
    ObjectNode node =
        AsterJson.object()
            .put("symbol", symbol)
            .put("status", status)
            .put("baseAsset", base)
            .put("quoteAsset", quote)
            .put("pricePrecision", pricePrecision)
            .put("quantityPrecision", 8)
            .put("baseAssetPrecision", 8)
            .put("quotePrecision", 8);
    if (leg == Leg.PERP) {
      node.put("pair", symbol)
          .put("contractType", "PERPETUAL")
          .put("marginAsset", quote)
          .put("requiredMarginPercent", requiredMargin.toPlainString())
          .put("marketTakeBound", takeBound.toPlainString());
    } else {
      node.put("ocoAllowed", false);
    }
    node.set("filters", filters.json(leg));
    node.set("orderTypes", AsterJson.array(List.of("LIMIT", "MARKET"), SymbolRules::text));
    node.set("timeInForce", AsterJson.array(timesInForce, SymbolRules::text));
    return node;
  }

  private static JsonNode text(String word) {
    return StringNode.valueOf(word);
  }
}
