package io.twinleg.wire.hyperliquid.account;

import io.twinleg.wire.hyperliquid.HyperliquidJson;
import io.twinleg.wire.hyperliquid.LenientJson;
import java.math.BigDecimal;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One element of {@code userFills} and its like. Its identity is coin, time, oid and tid together:
 * a tid alone comes twice.
 *
 * @param startPosition before it; for spot, of the base token
 * @param crossed whether the user took
 * @param fee in {@code feeToken}; below zero is a rebate
 * @param liquidation opaque
 */
public record FillRow(
    String coin,
    BigDecimal price,
    BigDecimal size,
    boolean isBuy,
    long time,
    BigDecimal startPosition,
    String direction,
    BigDecimal closedPnl,
    String hash,
    long oid,
    boolean crossed,
    BigDecimal fee,
    long tid,
    String feeToken,
    Optional<String> cloid,
    Optional<BigDecimal> builderFee,
    Optional<JsonNode> liquidation) {

  public static FillRow read(JsonNode node) {
    return new FillRow(
        LenientJson.text(node, "coin"),
        LenientJson.decimal(node, "px"),
        LenientJson.decimal(node, "sz"),
        LenientJson.isBuy(node),
        LenientJson.time(node, "time"),
        LenientJson.decimalOrZero(node, "startPosition"),
        node.path("dir").asString(""),
        LenientJson.decimalOrZero(node, "closedPnl"),
        node.path("hash").asString(""),
        LenientJson.number(node, "oid"),
        LenientJson.requiredFlag(node, "crossed"),
        LenientJson.decimal(node, "fee"),
        LenientJson.number(node, "tid"),
        LenientJson.text(node, "feeToken"),
        LenientJson.optionalText(node, "cloid"),
        LenientJson.optionalDecimal(node, "builderFee"),
        node.optional("liquidation").filter(JsonNode::isObject));
  }

  public ObjectNode json() {
    ObjectNode node = HyperliquidJson.object().put("coin", coin);
    LenientJson.put(node, "px", price);
    LenientJson.put(node, "sz", size);
    node.put("side", isBuy ? "B" : "A").put("time", time);
    LenientJson.put(node, "startPosition", startPosition);
    node.put("dir", direction);
    LenientJson.put(node, "closedPnl", closedPnl);
    node.put("hash", hash).put("oid", oid).put("crossed", crossed);
    LenientJson.put(node, "fee", fee);
    node.put("tid", tid);
    cloid.ifPresent(text -> node.put("cloid", text));
    builderFee.ifPresent(amount -> LenientJson.put(node, "builderFee", amount));
    liquidation.ifPresent(body -> node.set("liquidation", body));
    return node.put("feeToken", feeToken).putNull("twapId");
  }
}
