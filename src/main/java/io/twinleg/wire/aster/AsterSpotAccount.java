package io.twinleg.wire.aster;

import java.math.BigDecimal;
import java.util.List;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The spot wallet. Only what is held is listed: a missing asset is zero. */
public record AsterSpotAccount(boolean canTrade, List<Balance> balances) {

  public record Balance(String asset, BigDecimal free, BigDecimal locked) {
    static Balance none(String asset) {
      return new Balance(asset, BigDecimal.ZERO, BigDecimal.ZERO);
    }

    public BigDecimal total() {
      return free.add(locked);
    }
  }

  public AsterSpotAccount {
    balances = List.copyOf(balances);
  }

  /**
   * @param ours the assets that are read
   */
  public static AsterSpotAccount read(JsonNode node, Predicate<String> ours) {
    boolean canTrade = !node.has("canTrade") || AsterJson.isMarked(node, "canTrade");
    return new AsterSpotAccount(
        canTrade,
        AsterJson.rows(
                node.path("balances"),
                row -> AsterJson.isNamed(row, "asset", ours),
                row ->
                    new Balance(
                        AsterJson.text(row, "asset"),
                        AsterJson.decimal(row, "free"),
                        AsterJson.decimal(row, "locked")))
            .whole());
  }

  public Balance of(String asset) {
    return balances.stream()
        .filter(balance -> balance.asset().equals(asset))
        .findFirst()
        .orElseGet(() -> Balance.none(asset));
  }

  public ObjectNode json(long time) {
    ObjectNode node =
        AsterJson.object()
            .put("feeTier", 0)
            .put("canTrade", canTrade)
            .put("canDeposit", true)
            .put("canWithdraw", true)
            .put("canBurnAsset", false)
            .put("updateTime", time);
    node.set(
        "balances",
        AsterJson.array(
            balances,
            balance ->
                AsterJson.object()
                    .put("asset", balance.asset())
                    .put("free", AsterJson.plain(balance.free()))
                    .put("locked", AsterJson.plain(balance.locked()))));
    return node;
  }
}
