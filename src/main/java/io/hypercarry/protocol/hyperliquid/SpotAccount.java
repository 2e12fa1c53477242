package io.hypercarry.protocol.hyperliquid;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code spotClearinghouseState}: what of each token is there, and what of it resting orders hold.
 */
public record SpotAccount(List<Balance> balances) {
  public SpotAccount {
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
          Tree.text(node, "coin"),
          Tree.optionalNumber(node, "token"),
          Tree.decimal(node, "total"),
          Tree.decimalOrZero(node, "hold"),
          Tree.decimalOrZero(node, "entryNtl"));
    }

    ObjectNode json() {
      ObjectNode node = Json.object().put("coin", coin);
      token.ifPresent(index -> node.put("token", index));
      Tree.put(node, "total", total);
      Tree.put(node, "hold", hold);
      Tree.put(node, "entryNtl", entryNotional);
      return node;
    }
  }

  public Optional<Balance> of(String coin) {
    return balances.stream().filter(balance -> balance.coin.equals(coin)).findFirst();
  }

  public static SpotAccount read(JsonNode node) {
    return new SpotAccount(Tree.list(node.path("balances"), Balance::read));
  }

  public ObjectNode json() {
    ObjectNode node = Json.object();
    node.set("balances", Tree.array(balances, Balance::json));
    return node;
  }
}
