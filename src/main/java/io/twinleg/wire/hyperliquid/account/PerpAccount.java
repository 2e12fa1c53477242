package io.twinleg.wire.hyperliquid.account;

import io.twinleg.wire.MalformedMessage;
import io.twinleg.wire.hyperliquid.HyperliquidJson;
import io.twinleg.wire.hyperliquid.LenientJson;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
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
          LenientJson.decimal(node, "accountValue"),
          LenientJson.decimal(node, "totalNtlPos"),
          LenientJson.decimalOrZero(node, "totalRawUsd"),
          LenientJson.decimal(node, "totalMarginUsed"));
    }

    ObjectNode json() {
      ObjectNode node = HyperliquidJson.object();
      LenientJson.put(node, "accountValue", accountValue);
      LenientJson.put(node, "totalNtlPos", notional);
      LenientJson.put(node, "totalRawUsd", rawUsd);
      LenientJson.put(node, "totalMarginUsed", marginUsed);
      return node;
    }
  }

  /** {@code rawUsd} of an isolated position only. */
  public record Leverage(boolean isCross, int value, Optional<BigDecimal> rawUsd) {
    static Leverage read(JsonNode node) {
      String type = LenientJson.text(node, "type");
      if (!type.equals("cross") && !type.equals("isolated")) {
        throw MalformedMessage.schema("leverage is neither cross nor isolated: " + type);
      }
      return new Leverage(
          type.equals("cross"),
          Math.toIntExact(Math.clamp(LenientJson.number(node, "value"), 0, Integer.MAX_VALUE)),
          LenientJson.optionalDecimal(node, "rawUsd"));
    }

    ObjectNode json() {
      ObjectNode node = HyperliquidJson.object();
      node.put("type", isCross ? "cross" : "isolated").put("value", value);
      rawUsd.ifPresent(usd -> LenientJson.put(node, "rawUsd", usd));
      return node;
    }
  }

  /** Above zero is what the user has paid. */
  public record PaidFunding(BigDecimal allTime, BigDecimal sinceOpen, BigDecimal sinceChange) {
    static PaidFunding read(JsonNode node) {
      return new PaidFunding(
          LenientJson.decimalOrZero(node, "allTime"),
          LenientJson.decimalOrZero(node, "sinceOpen"),
          LenientJson.decimalOrZero(node, "sinceChange"));
    }

    ObjectNode json() {
      ObjectNode node = HyperliquidJson.object();
      LenientJson.put(node, "allTime", allTime);
      LenientJson.put(node, "sinceOpen", sinceOpen);
      LenientJson.put(node, "sinceChange", sinceChange);
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

    private static Optional<BigDecimal> readableValue(JsonNode node) {
      try {
        return LenientJson.optionalDecimal(node, "positionValue");
      } catch (MalformedMessage unreadable) {
        return Optional.empty();
      }
    }

    static Position read(JsonNode wrapped) {
      JsonNode node = wrapped.path("position");
      if (LenientJson.decimal(node, "positionValue").signum() < 0) {
        throw MalformedMessage.schema("positionValue is below zero");
      }
      return new Position(
          LenientJson.text(node, "coin"),
          LenientJson.decimal(node, "szi"),
          Leverage.read(node.path("leverage")),
          LenientJson.optionalDecimal(node, "entryPx"),
          LenientJson.decimal(node, "positionValue"),
          LenientJson.decimal(node, "unrealizedPnl"),
          LenientJson.decimalOrZero(node, "returnOnEquity"),
          LenientJson.optionalDecimal(node, "liquidationPx"),
          LenientJson.decimal(node, "marginUsed"),
          LenientJson.numberOr(node, "maxLeverage", 1),
          PaidFunding.read(node.path("cumFunding")));
    }

    ObjectNode json() {
      ObjectNode node = HyperliquidJson.object().put("coin", coin);
      LenientJson.put(node, "szi", size);
      node.set("leverage", leverage.json());
      LenientJson.putOrNull(node, "entryPx", entryPrice);
      LenientJson.put(node, "positionValue", value);
      LenientJson.put(node, "unrealizedPnl", unrealizedPnl);
      LenientJson.put(node, "returnOnEquity", returnOnEquity);
      LenientJson.putOrNull(node, "liquidationPx", liquidationPrice);
      LenientJson.put(node, "marginUsed", marginUsed);
      node.put("maxLeverage", maxLeverage);
      node.set("cumFunding", paidFunding.json());
      ObjectNode wrapped = HyperliquidJson.object().put("type", "oneWay");
      wrapped.set("position", node);
      return wrapped;
    }
  }

  public static PerpAccount read(JsonNode node) {
    return read(node, coin -> true);
  }

  /**
   * With the positions in these coins; others are passed over, whatever they say, as long as they
   * say which coin they are in.
   *
   * @throws MalformedMessage where a position may be one of these and cannot be read, or is left
   *     out: it would look flat
   */
  public static PerpAccount read(JsonNode node, Predicate<String> coins) {
    List<JsonNode> rows = LenientJson.list(node.path("assetPositions"), Function.identity());
    List<JsonNode> wanted =
        rows.stream()
            .filter(row -> coins.test(LenientJson.text(row.path("position"), "coin")))
            .toList();
    MarginSummary margin = MarginSummary.read(node.path("marginSummary"));
    requireAll(rows, margin);
    return new PerpAccount(
        margin,
        MarginSummary.read(node.path("crossMarginSummary")),
        LenientJson.decimal(node, "crossMaintenanceMarginUsed"),
        LenientJson.decimal(node, "withdrawable"),
        wanted.stream().map(Position::read).toList(),
        LenientJson.number(node, "time"));
  }

  /** The notional of all positions is that of those which are listed, as far as they say theirs. */
  private static void requireAll(List<JsonNode> rows, MarginSummary margin) {
    BigDecimal left = margin.notional();
    for (JsonNode row : rows) {
      Optional<BigDecimal> value = Position.readableValue(row.path("position"));
      if (value.isEmpty()) {
        return;
      }
      left = left.subtract(value.get().abs());
    }
    if (left.compareTo(BigDecimal.ONE.max(margin.notional().movePointLeft(2))) > 0) {
      throw MalformedMessage.schema("assetPositions lacks positions worth " + left);
    }
  }

  public ObjectNode json() {
    ObjectNode node = HyperliquidJson.object();
    node.set("marginSummary", margin.json());
    node.set("crossMarginSummary", crossMargin.json());
    LenientJson.put(node, "crossMaintenanceMarginUsed", crossMaintenanceMargin);
    LenientJson.put(node, "withdrawable", withdrawable);
    node.set("assetPositions", LenientJson.array(positions, Position::json));
    return node.put("time", time);
  }
}
