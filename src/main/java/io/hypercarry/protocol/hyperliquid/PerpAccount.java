package io.hypercarry.protocol.hyperliquid;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code clearinghouseState}: margin and positions of one dex. Flat positions are left out.
 *
 * @param withdrawable what resting orders reserve is taken off already
 */
public record PerpAccount(
    MarginSummary margin,
    MarginSummary crossMargin,
    BigDecimal crossMaintenanceMargin,
    BigDecimal withdrawable,
    List<Position> positions,
    long time) {

  public PerpAccount {
    positions = List.copyOf(positions);
  }

  /**
   * @param rawUsd cash with the proceeds of shorts: below zero for longs, above equity for shorts
   */
  public record MarginSummary(
      BigDecimal accountValue, BigDecimal notional, BigDecimal rawUsd, BigDecimal marginUsed) {

    static MarginSummary read(JsonNode node) {
      return new MarginSummary(
          Tree.decimalOrZero(node, "accountValue"),
          Tree.decimalOrZero(node, "totalNtlPos"),
          Tree.decimalOrZero(node, "totalRawUsd"),
          Tree.decimalOrZero(node, "totalMarginUsed"));
    }

    ObjectNode json() {
      ObjectNode node = Json.object();
      Tree.put(node, "accountValue", accountValue);
      Tree.put(node, "totalNtlPos", notional);
      Tree.put(node, "totalRawUsd", rawUsd);
      Tree.put(node, "totalMarginUsed", marginUsed);
      return node;
    }
  }

  /** {@code rawUsd} of an isolated position only. */
  public record Leverage(boolean isCross, int value, Optional<BigDecimal> rawUsd) {
    static Leverage read(JsonNode node) {
      return new Leverage(
          node.path("type").asString("cross").equals("cross"),
          (int) Tree.numberOr(node, "value", 1),
          Tree.optionalDecimal(node, "rawUsd"));
    }

    ObjectNode json() {
      ObjectNode node = Json.object();
      node.put("type", isCross ? "cross" : "isolated").put("value", value);
      rawUsd.ifPresent(usd -> Tree.put(node, "rawUsd", usd));
      return node;
    }
  }

  /** Above zero is what the user has paid. */
  public record PaidFunding(BigDecimal allTime, BigDecimal sinceOpen, BigDecimal sinceChange) {
    static PaidFunding read(JsonNode node) {
      return new PaidFunding(
          Tree.decimalOrZero(node, "allTime"),
          Tree.decimalOrZero(node, "sinceOpen"),
          Tree.decimalOrZero(node, "sinceChange"));
    }

    ObjectNode json() {
      ObjectNode node = Json.object();
      Tree.put(node, "allTime", allTime);
      Tree.put(node, "sinceOpen", sinceOpen);
      Tree.put(node, "sinceChange", sinceChange);
      return node;
    }
  }

  /** {@code size} is below zero for a short. */
  public record Position(
      String coin,
      BigDecimal size,
      Leverage leverage,
      Optional<BigDecimal> entryPrice,
      BigDecimal value,
      BigDecimal unrealizedPnl,
      BigDecimal returnOnEquity,
      Optional<BigDecimal> liquidationPrice,
      BigDecimal marginUsed,
      long maxLeverage,
      PaidFunding paidFunding) {

    static Position read(JsonNode wrapped) {
      JsonNode node = wrapped.path("position");
      return new Position(
          Tree.text(node, "coin"),
          Tree.decimal(node, "szi"),
          Leverage.read(node.path("leverage")),
          Tree.optionalDecimal(node, "entryPx"),
          Tree.decimalOrZero(node, "positionValue"),
          Tree.decimalOrZero(node, "unrealizedPnl"),
          Tree.decimalOrZero(node, "returnOnEquity"),
          Tree.optionalDecimal(node, "liquidationPx"),
          Tree.decimalOrZero(node, "marginUsed"),
          Tree.numberOr(node, "maxLeverage", 1),
          PaidFunding.read(node.path("cumFunding")));
    }

    ObjectNode json() {
      ObjectNode node = Json.object().put("coin", coin);
      Tree.put(node, "szi", size);
      node.set("leverage", leverage.json());
      Tree.putOrNull(node, "entryPx", entryPrice);
      Tree.put(node, "positionValue", value);
      Tree.put(node, "unrealizedPnl", unrealizedPnl);
      Tree.put(node, "returnOnEquity", returnOnEquity);
      Tree.putOrNull(node, "liquidationPx", liquidationPrice);
      Tree.put(node, "marginUsed", marginUsed);
      node.put("maxLeverage", maxLeverage);
      node.set("cumFunding", paidFunding.json());
      ObjectNode wrapped = Json.object().put("type", "oneWay");
      wrapped.set("position", node);
      return wrapped;
    }
  }

  public static PerpAccount read(JsonNode node) {
    return new PerpAccount(
        MarginSummary.read(node.path("marginSummary")),
        MarginSummary.read(node.path("crossMarginSummary")),
        Tree.decimalOrZero(node, "crossMaintenanceMarginUsed"),
        Tree.decimalOrZero(node, "withdrawable"),
        Tree.list(node.path("assetPositions"), Position::read),
        Tree.numberOr(node, "time", 0));
  }

  public ObjectNode json() {
    ObjectNode node = Json.object();
    node.set("marginSummary", margin.json());
    node.set("crossMarginSummary", crossMargin.json());
    Tree.put(node, "crossMaintenanceMarginUsed", crossMaintenanceMargin);
    Tree.put(node, "withdrawable", withdrawable);
    node.set("assetPositions", Tree.array(positions, Position::json));
    return node.put("time", time);
  }
}
