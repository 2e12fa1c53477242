package io.twinleg.wire.hyperliquid.account;

import io.twinleg.wire.MalformedMessage;
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
 * {@code activeAssetData}: the leverage a user has set for a perp, held or not, and how much could
 * be traded: to buy, and to sell.
 */
public record ActiveAsset(
    String user,
    String coin,
    PerpAccount.Leverage leverage,
    List<BigDecimal> maxTradeSizes,
    List<BigDecimal> availableToTrade,
    Optional<BigDecimal> markPrice) {

  public ActiveAsset {
    maxTradeSizes = List.copyOf(maxTradeSizes);
    availableToTrade = List.copyOf(availableToTrade);
  }

  public static ActiveAsset read(JsonNode node) {
    return new ActiveAsset(
        node.path("user").asString(""),
        LenientJson.text(node, "coin"),
        PerpAccount.Leverage.read(node.path("leverage")),
        LenientJson.list(node.path("maxTradeSzs"), LenientJson::decimal),
        LenientJson.list(node.path("availableToTrade"), LenientJson::decimal),
        LenientJson.optionalDecimal(node, "markPx"));
  }

  /** The leverage alone, of an answer about this coin. */
  public static PerpAccount.Leverage leverage(JsonNode node, String coin) {
    if (!LenientJson.text(node, "coin").equals(coin)) {
      throw MalformedMessage.schema("an answer about another coin");
    }
    return PerpAccount.Leverage.read(node.path("leverage"));
  }

  public ObjectNode json() {
    ObjectNode node = HyperliquidJson.object().put("user", user).put("coin", coin);
    node.set("leverage", leverage.json());
    node.set("maxTradeSzs", both(maxTradeSizes));
    node.set("availableToTrade", both(availableToTrade));
    markPrice.ifPresent(price -> LenientJson.put(node, "markPx", price));
    return node;
  }

  private static ArrayNode both(List<BigDecimal> amounts) {
    ArrayNode array = HyperliquidJson.array();
    amounts.forEach(amount -> array.add(WireNumber.formatAnswer(amount)));
    return array;
  }
}
