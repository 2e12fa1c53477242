package io.twinleg.wire.hyperliquid.account;

import io.twinleg.wire.MalformedMessage;
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

  /**
   * What it brought into the account in dollars, negative what it took out. Zero for a move between
   * the account's own wallets, and for an unknown type.
   *
   * @throws MalformedMessage where a known type has no amount
   */
  public BigDecimal brought(String account) {
    return switch (type()) {
      case "deposit", "vaultDistribution", "rewardsClaim" -> amount("usdc");
      case "withdraw" -> amount("usdc").add(fee()).negate();
      case "vaultDeposit", "vaultCreate" -> amount("usdc").negate();
      case "vaultWithdraw" -> amount("netWithdrawnUsd");
      case "internalTransfer", "subAccountTransfer" -> between(account, "usdc");
      case "spotTransfer", "send" -> between(account, "usdcValue");
      default -> BigDecimal.ZERO;
    };
  }

  private BigDecimal amount(String key) {
    return LenientJson.decimal(delta, key);
  }

  private BigDecimal fee() {
    return LenientJson.decimalOrZero(delta, "fee");
  }

  private BigDecimal between(String account, String key) {
    boolean from = isAccount("user", account);
    boolean to = isAccount("destination", account);
    if (from == to) {
      return BigDecimal.ZERO;
    }
    return to ? amount(key) : amount(key).add(fee()).negate();
  }

  /** Coins of one token. {@code change}: positive where they came into the spot wallet. */
  public record Coins(String token, BigDecimal change) {}

  /**
   * The coins that it brought into the account's spot wallet or took out of it; empty for an
   * unknown type.
   *
   * @throws MalformedMessage where a known type has no token or amount
   */
  public Optional<Coins> coins(String account) {
    return switch (type()) {
      case "spotTransfer", "send" -> {
        boolean from = isAccount("user", account) && isSpot("sourceDex");
        boolean to = isAccount("destination", account) && isSpot("destinationDex");
        BigDecimal in = to ? amount("amount") : BigDecimal.ZERO;
        BigDecimal out = from ? amount("amount").add(feeInKind()) : BigDecimal.ZERO;
        yield Optional.of(new Coins(LenientJson.text(delta, "token"), in.subtract(out)));
      }
      case "cStakingTransfer" -> {
        boolean staked = LenientJson.requiredFlag(delta, "isDeposit");
        BigDecimal amount = amount("amount");
        yield Optional.of(
            new Coins(LenientJson.text(delta, "token"), staked ? amount.negate() : amount));
      }
      default -> Optional.empty();
    };
  }

  /** A {@code spotTransfer} names no dex. */
  private boolean isSpot(String key) {
    return LenientJson.optionalText(delta, key).filter(dex -> !dex.equals("spot")).isEmpty();
  }

  private BigDecimal feeInKind() {
    return LenientJson.optionalText(delta, "feeToken")
        .filter(LenientJson.text(delta, "token")::equals)
        .map(token -> fee())
        .orElse(BigDecimal.ZERO);
  }

  private boolean isAccount(String key, String account) {
    return LenientJson.optionalText(delta, key).filter(account::equalsIgnoreCase).isPresent();
  }

  /** Whether it is a move of this amount from one's own spot to one's own perps, or back. */
  public boolean isOwnMove(BigDecimal amount, boolean toPerp) {
    return switch (type()) {
      case "accountClassTransfer" ->
          amount("usdc").compareTo(amount) == 0
              && LenientJson.requiredFlag(delta, "toPerp") == toPerp;
      case "send" ->
          LenientJson.text(delta, "destinationDex").equals(toPerp ? "" : "spot")
              && LenientJson.text(delta, "sourceDex").equals(toPerp ? "spot" : "")
              && amount("amount").compareTo(amount) == 0;
      default -> false;
    };
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
        LenientJson.time(node, "time"), node.path("hash").asString(""), node.path("delta"));
  }

  public ObjectNode json() {
    ObjectNode node = HyperliquidJson.object().put("time", time).put("hash", hash);
    node.set("delta", delta);
    return node;
  }
}
