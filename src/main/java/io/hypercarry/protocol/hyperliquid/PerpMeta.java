package io.hypercarry.protocol.hyperliquid;

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
      int maxLeverage = (int) Tree.numberOr(node, "maxLeverage", 1);
      return new Asset(
          Tree.text(node, "name"),
          (int) Tree.number(node, "szDecimals"),
          maxLeverage,
          Tree.numberOr(node, "marginTableId", maxLeverage),
          Tree.flag(node, "onlyIsolated"),
          Tree.flag(node, "isDelisted"),
          Tree.optionalText(node, "marginMode"));
    }

    ObjectNode json() {
      ObjectNode node = Json.object();
      node.put("szDecimals", sizeDecimals).put("name", name).put("maxLeverage", maxLeverage);
      node.put("marginTableId", marginTableId);
      Tree.putIfTrue(node, "onlyIsolated", onlyIsolated);
      Tree.putIfTrue(node, "isDelisted", isDelisted);
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
          Tree.list(table.path("marginTiers"), Tier::read));
    }

    ArrayNode json() {
      ObjectNode table = Json.object().put("description", description);
      table.set("marginTiers", Tree.array(tiers, Tier::json));
      return Json.array().add(id).add(table);
    }
  }

  /** From this notional on. */
  public record Tier(BigDecimal lowerBound, int maxLeverage) {
    static Tier read(JsonNode node) {
      return new Tier(Tree.decimal(node, "lowerBound"), (int) Tree.number(node, "maxLeverage"));
    }

    ObjectNode json() {
      ObjectNode node = Json.object();
      Tree.put(node, "lowerBound", lowerBound);
      return node.put("maxLeverage", maxLeverage);
    }
  }

  public static PerpMeta read(JsonNode node) {
    JsonNode tables = node.path("marginTables");
    return new PerpMeta(
        Tree.list(node.path("universe"), Asset::read),
        tables.isArray() ? Tree.list(tables, MarginTable::read) : List.of(),
        Tree.numberOr(node, "collateralToken", 0));
  }

  public ObjectNode json() {
    ObjectNode node = Json.object();
    node.set("universe", Tree.array(universe, Asset::json));
    node.set("marginTables", Tree.array(marginTables, MarginTable::json));
    return node.put("collateralToken", collateralToken);
  }
}
