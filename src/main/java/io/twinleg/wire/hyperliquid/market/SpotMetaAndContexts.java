package io.twinleg.wire.hyperliquid.market;

import io.twinleg.wire.hyperliquid.HyperliquidJson;
import io.twinleg.wire.hyperliquid.LenientJson;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code spotMetaAndAssetCtxs}: a context is found by its coin, never by its place. */
public record SpotMetaAndContexts(SpotMeta meta, List<Context> contexts) {
  public SpotMetaAndContexts {
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
          LenientJson.text(node, "coin"),
          LenientJson.decimalOrZero(node, "prevDayPx"),
          LenientJson.decimalOrZero(node, "dayNtlVlm"),
          LenientJson.decimal(node, "markPx"),
          LenientJson.optionalDecimal(node, "midPx"),
          LenientJson.decimalOrZero(node, "circulatingSupply"),
          LenientJson.decimalOrZero(node, "totalSupply"),
          LenientJson.decimalOrZero(node, "dayBaseVlm"));
    }

    public ObjectNode json() {
      ObjectNode node = HyperliquidJson.object();
      LenientJson.put(node, "prevDayPx", previousDayPrice);
      LenientJson.put(node, "dayNtlVlm", dayNotionalVolume);
      LenientJson.put(node, "markPx", markPrice);
      LenientJson.putOrNull(node, "midPx", midPrice);
      LenientJson.put(node, "circulatingSupply", circulatingSupply);
      node.put("coin", coin);
      LenientJson.put(node, "totalSupply", totalSupply);
      LenientJson.put(node, "dayBaseVlm", dayBaseVolume);
      return node;
    }
  }

  public Optional<Context> of(String coin) {
    return contexts.stream().filter(context -> context.coin.equals(coin)).findFirst();
  }

  public static SpotMetaAndContexts read(JsonNode pair) {
    return new SpotMetaAndContexts(
        SpotMeta.read(pair.path(0)), LenientJson.list(pair.path(1), Context::read));
  }

  public ArrayNode json() {
    return HyperliquidJson.array().add(meta.json()).add(LenientJson.array(contexts, Context::json));
  }
}
