package io.twinleg.wire.hyperliquid.account;

import io.twinleg.wire.hyperliquid.HyperliquidJson;
import io.twinleg.wire.hyperliquid.LenientJson;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code spotClearinghouseState}: what of each token is there, and what of it resting orders hold.
 */
public record HyperliquidSpotAccount(List<Balance> balances) {
  public HyperliquidSpotAccount {
    balances = List.copyOf(balances);
  }

  /**
   * @param coin the token's name; "+..." for an outcome, which has no {@code token}
   * @param entryNotional what was paid for it
   */
  public record Balance(
      String coin,
      Optional<Long> token,
      BigDecimal total,
      BigDecimal hold,
      BigDecimal entryNotional) {

    public BigDecimal free() {
      return total.subtract(hold);
    }

    static Balance read(JsonNode node) {
      return new Balance(
          LenientJson.text(node, "coin"),
          LenientJson.optionalNumber(node, "token"),
          LenientJson.decimal(node, "total"),
          LenientJson.decimalOrZero(node, "hold"),
          LenientJson.decimalOrZero(node, "entryNtl"));
    }

    ObjectNode json() {
      ObjectNode node = HyperliquidJson.object().put("coin", coin);
      token.ifPresent(index -> node.put("token", index));
      LenientJson.put(node, "total", total);
      LenientJson.put(node, "hold", hold);
      LenientJson.put(node, "entryNtl", entryNotional);
      return node;
    }
  }

  public Optional<Balance> of(String coin) {
    return balances.stream().filter(balance -> balance.coin.equals(coin)).findFirst();
  }

  public static HyperliquidSpotAccount read(JsonNode node) {
    return new HyperliquidSpotAccount(LenientJson.list(node.path("balances"), Balance::read));
  }

  public ObjectNode json() {
    ObjectNode node = HyperliquidJson.object();
    node.set("balances", LenientJson.array(balances, Balance::json));
    return node;
  }
}
