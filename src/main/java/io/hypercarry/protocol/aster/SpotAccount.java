package io.hypercarry.protocol.aster;

import java.math.BigDecimal;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The spot wallet. Only what is held is listed: a missing asset is zero. */
public record SpotAccount(boolean canTrade, List<Balance> balances) {

  public record Balance(String asset, BigDecimal free, BigDecimal locked) {
    static Balance none(String asset) {
      return new Balance(asset, BigDecimal.ZERO, BigDecimal.ZERO);
    }

    public BigDecimal total() {
      return free.add(locked);
    }
  }

  public SpotAccount {
    balances = List.copyOf(balances);
  }

  public static SpotAccount read(JsonNode node) {
    boolean canTrade = !node.has("canTrade") || Json.flag(node, "canTrade");
    return new SpotAccount(
        canTrade,
        Json.list(
            node.path("balances"),
            row ->
                new Balance(
                    Json.text(row, "asset"),
                    Json.decimal(row, "free"),
                    Json.decimalOrZero(row, "locked"))));
  }

  public Balance of(String asset) {
    return balances.stream()
        .filter(each -> each.asset().equals(asset))
        .findFirst()
        .orElseGet(() -> Balance.none(asset));
  }

  public ObjectNode json(long time) {
    ObjectNode node =
        Json.object()
            .put("feeTier", 0)
            .put("canTrade", canTrade)
            .put("canDeposit", true)
            .put("canWithdraw", true)
            .put("canBurnAsset", false)
            .put("updateTime", time);
    node.set(
        "balances",
        Json.array(
            balances,
            each ->
                Json.object()
                    .put("asset", each.asset())
                    .put("free", Json.plain(each.free()))
                    .put("locked", Json.plain(each.locked()))));
    return node;
  }
}
