package io.twinleg.venue.hyperliquid.order;

import static io.twinleg.venue.hyperliquid.order.FillParser.decimal;

import io.twinleg.core.model.Usd;
import java.math.BigDecimal;
import tools.jackson.databind.JsonNode;

/** What a row of the ledger, other than funding, brought into the account or took from it. */
final class HyperliquidTransfers {
  private HyperliquidTransfers() {}

  /** Zero for a move between our own wallets, and for a kind that we do not know. */
  static Usd intoAccount(JsonNode delta, String account) {
    BigDecimal usdc = decimal(delta, "usdc");
    return new Usd(
        switch (delta.path("type").asString("")) {
          case "deposit", "vaultDistribution", "rewardsClaim" -> usdc;
          case "withdraw" -> usdc.add(decimal(delta, "fee")).negate();
          case "vaultDeposit", "vaultCreate" -> usdc.negate();
          case "vaultWithdraw" -> decimal(delta, "netWithdrawnUsd");
          case "internalTransfer", "subAccountTransfer" -> between(delta, account, usdc);
          case "spotTransfer", "send" -> between(delta, account, decimal(delta, "usdcValue"));
          default -> BigDecimal.ZERO;
        });
  }

  private static BigDecimal between(JsonNode delta, String account, BigDecimal amount) {
    boolean from = delta.path("user").asString("").equalsIgnoreCase(account);
    boolean to = delta.path("destination").asString("").equalsIgnoreCase(account);
    if (from == to) {
      return BigDecimal.ZERO;
    }
    return to ? amount : amount.add(decimal(delta, "fee")).negate();
  }
}
