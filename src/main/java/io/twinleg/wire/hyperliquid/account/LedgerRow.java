package io.twinleg.wire.hyperliquid.account;

import io.twinleg.wire.hyperliquid.HyperliquidJson;
import io.twinleg.wire.hyperliquid.LenientJson;
import java.math.BigDecimal;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One element of {@code userNonFundingLedgerUpdates}: money that moved without a trade. There are
 * some twenty types and new ones come, so the delta stays a tree.
 */
public record LedgerRow(long time, String hash, JsonNode delta) {
  public String type() {
    return delta.path("type").asString("");
  }

  /** The amount in dollars, where the type has one. */
  public Optional<BigDecimal> usdc() {
    return LenientJson.optionalDecimal(delta, "usdc");
  }

  /** An {@code accountClassTransfer} from one's own spot to one's own perps, or back. */
  public static LedgerRow classTransfer(long time, String hash, BigDecimal usdc, boolean toPerp) {
    ObjectNode delta = HyperliquidJson.object().put("type", "accountClassTransfer");
    LenientJson.put(delta, "usdc", usdc);
    return new LedgerRow(time, hash, delta.put("toPerp", toPerp));
  }

  /** Money from outside; below zero, money that left. */
  public static LedgerRow deposit(long time, String hash, BigDecimal usdc) {
    String type = usdc.signum() < 0 ? "withdraw" : "deposit";
    ObjectNode delta = HyperliquidJson.object().put("type", type);
    LenientJson.put(delta, "usdc", usdc.abs());
    return new LedgerRow(time, hash, delta);
  }

  public static LedgerRow read(JsonNode node) {
    return new LedgerRow(
        LenientJson.number(node, "time"), node.path("hash").asString(""), node.path("delta"));
  }

  public ObjectNode json() {
    ObjectNode node = HyperliquidJson.object().put("time", time).put("hash", hash);
    node.set("delta", delta);
    return node;
  }
}
