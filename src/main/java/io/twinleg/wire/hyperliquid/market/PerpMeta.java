package io.twinleg.wire.hyperliquid.market;

import io.twinleg.wire.MalformedMessage;
import io.twinleg.wire.hyperliquid.HyperliquidJson;
import io.twinleg.wire.hyperliquid.LenientJson;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code meta}: the perps of one dex. An asset's place in the universe is its index, also of one
 * that is delisted.
 *
 * @param collateralToken the index of a spot token
 */
public record PerpMeta(List<Asset> universe, List<MarginTable> marginTables, long collateralToken) {
  /** Prices have what sizes leave of these. */
  private static final int SIZE_DECIMALS_MAX = 6;

  private static final int LARGEST_LEVERAGE = 1000;

  public PerpMeta {
    universe = List.copyOf(universe);
    marginTables = List.copyOf(marginTables);
  }

  /**
   * @param marginMode strictIsolated or noCross, where the venue says so
   */
  public record Asset(
      String name,
      int sizeDecimals,
      int maxLeverage,
      long marginTableId,
      boolean onlyIsolated,
      boolean isDelisted,
      Optional<String> marginMode) {

    static Asset read(JsonNode node) {
      int maxLeverage =
          node.has("maxLeverage")
              ? LenientJson.within(node, "maxLeverage", 1, LARGEST_LEVERAGE)
              : 1;
      return new Asset(
          LenientJson.text(node, "name"),
          LenientJson.within(node, "szDecimals", 0, SIZE_DECIMALS_MAX),
          maxLeverage,
          LenientJson.numberOr(node, "marginTableId", maxLeverage),
          LenientJson.flag(node, "onlyIsolated"),
          LenientJson.flag(node, "isDelisted"),
          LenientJson.optionalText(node, "marginMode"));
    }

    ObjectNode json() {
      ObjectNode node = HyperliquidJson.object();
      node.put("szDecimals", sizeDecimals).put("name", name).put("maxLeverage", maxLeverage);
      node.put("marginTableId", marginTableId);
      LenientJson.putIfTrue(node, "onlyIsolated", onlyIsolated);
      LenientJson.putIfTrue(node, "isDelisted", isDelisted);
      marginMode.ifPresent(mode -> node.put("marginMode", mode));
      return node;
    }
  }

  /** Ids below 50 are not listed: one tier, with the id as its leverage. */
  public record MarginTable(long id, String description, List<Tier> tiers) {
    public MarginTable {
      tiers = List.copyOf(tiers);
    }

    static MarginTable read(JsonNode pair) {
      JsonNode table = pair.path(1);
      return new MarginTable(
          pair.path(0).longValue(),
          table.path("description").asString(""),
          LenientJson.list(table.path("marginTiers"), Tier::read));
    }

    ArrayNode json() {
      ObjectNode table = HyperliquidJson.object().put("description", description);
      table.set("marginTiers", LenientJson.array(tiers, Tier::json));
      return HyperliquidJson.array().add(id).add(table);
    }
  }

  /** From this notional on. */
  public record Tier(BigDecimal lowerBound, int maxLeverage) {
    static Tier read(JsonNode node) {
      return new Tier(
          LenientJson.decimal(node, "lowerBound"), (int) LenientJson.number(node, "maxLeverage"));
    }

    ObjectNode json() {
      ObjectNode node = HyperliquidJson.object();
      LenientJson.put(node, "lowerBound", lowerBound);
      return node.put("maxLeverage", maxLeverage);
    }
  }

  /** The universe alone; empty in the place of what cannot be read. */
  public static List<Optional<Asset>> readUniverse(JsonNode node) {
    return LenientJson.list(node.path("universe"), PerpMeta::readable);
  }

  private static Optional<Asset> readable(JsonNode node) {
    try {
      LenientJson.number(node, "maxLeverage");
      return Optional.of(Asset.read(node));
    } catch (MalformedMessage unreadable) {
      return Optional.empty();
    }
  }

  public static PerpMeta read(JsonNode node) {
    JsonNode tables = node.path("marginTables");
    return new PerpMeta(
        LenientJson.list(node.path("universe"), Asset::read),
        tables.isArray() ? LenientJson.list(tables, MarginTable::read) : List.of(),
        LenientJson.numberOr(node, "collateralToken", 0));
  }

  public ObjectNode json() {
    ObjectNode node = HyperliquidJson.object();
    node.set("universe", LenientJson.array(universe, Asset::json));
    node.set("marginTables", LenientJson.array(marginTables, MarginTable::json));
    return node.put("collateralToken", collateralToken);
  }
}
