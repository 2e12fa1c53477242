package io.twinleg.wire.hyperliquid.account;

import io.twinleg.wire.hyperliquid.HyperliquidJson;
import io.twinleg.wire.hyperliquid.LenientJson;
import java.math.BigDecimal;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Funding of one position for one hour: an element of {@code userFunding}, and flat in the frames.
 *
 * @param usdc above zero is what the user received
 * @param samples how many hours an old row was drawn together from
 */
public record FundingDelta(
    long time,
    String hash,
    String coin,
    BigDecimal usdc,
    BigDecimal positionSize,
    BigDecimal rate,
    Optional<Long> samples) {

  /** From a row of {@code userFunding}. */
  public static FundingDelta read(JsonNode node) {
    return read(node, node.path("delta"));
  }

  /** From a frame, where the row has no second level. */
  public static FundingDelta readFlat(JsonNode node) {
    return read(node, node);
  }

  /** From either. */
  public static FundingDelta readAny(JsonNode node) {
    return node.has("delta") ? read(node) : readFlat(node);
  }

  private static FundingDelta read(JsonNode outer, JsonNode inner) {
    return new FundingDelta(
        LenientJson.time(outer, "time"),
        outer.path("hash").asString(""),
        LenientJson.text(inner, "coin"),
        LenientJson.decimal(inner, "usdc"),
        LenientJson.decimal(inner, "szi"),
        LenientJson.decimal(inner, "fundingRate"),
        LenientJson.optionalNumber(inner, "nSamples"));
  }

  public ObjectNode json() {
    ObjectNode node = HyperliquidJson.object().put("time", time).put("hash", hash);
    ObjectNode delta = node.putObject("delta").put("type", "funding");
    putBody(delta);
    return node;
  }

  public ObjectNode flatJson() {
    ObjectNode node = HyperliquidJson.object().put("time", time);
    putBody(node);
    return node;
  }

  private void putBody(ObjectNode node) {
    node.put("coin", coin);
    LenientJson.put(node, "usdc", usdc);
    LenientJson.put(node, "szi", positionSize);
    LenientJson.put(node, "fundingRate", rate);
    node.put("nSamples", samples.orElse(null));
  }
}
