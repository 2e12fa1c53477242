package io.hypercarry.protocol.hyperliquid;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code spotMetaAndAssetCtxs}: a context is found by its coin, never by its place. */
public record SpotMarkets(SpotMeta meta, List<Context> contexts) {
  public SpotMarkets {
    contexts = List.copyOf(contexts);
  }

  /** A pair's figures of the moment. */
  public record Context(
      String coin,
      BigDecimal previousDayPrice,
      BigDecimal dayNotionalVolume,
      BigDecimal markPrice,
      Optional<BigDecimal> midPrice,
      BigDecimal circulatingSupply,
      BigDecimal totalSupply,
      BigDecimal dayBaseVolume) {

    public static Context read(JsonNode node) {
      return new Context(
          Tree.text(node, "coin"),
          Tree.decimalOrZero(node, "prevDayPx"),
          Tree.decimalOrZero(node, "dayNtlVlm"),
          Tree.decimal(node, "markPx"),
          Tree.optionalDecimal(node, "midPx"),
          Tree.decimalOrZero(node, "circulatingSupply"),
          Tree.decimalOrZero(node, "totalSupply"),
          Tree.decimalOrZero(node, "dayBaseVlm"));
    }

    public ObjectNode json() {
      ObjectNode node = Json.object();
      Tree.put(node, "prevDayPx", previousDayPrice);
      Tree.put(node, "dayNtlVlm", dayNotionalVolume);
      Tree.put(node, "markPx", markPrice);
      Tree.putOrNull(node, "midPx", midPrice);
      Tree.put(node, "circulatingSupply", circulatingSupply);
      node.put("coin", coin);
      Tree.put(node, "totalSupply", totalSupply);
      Tree.put(node, "dayBaseVlm", dayBaseVolume);
      return node;
    }
  }

  public Optional<Context> of(String coin) {
    return contexts.stream().filter(context -> context.coin.equals(coin)).findFirst();
  }

  public static SpotMarkets read(JsonNode pair) {
    return new SpotMarkets(SpotMeta.read(pair.path(0)), Tree.list(pair.path(1), Context::read));
  }

  public ArrayNode json() {
    return Json.array().add(meta.json()).add(Tree.array(contexts, Context::json));
  }
}
