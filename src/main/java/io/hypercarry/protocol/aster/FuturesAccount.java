package io.hypercarry.protocol.aster;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The futures wallet as a whole.
 *
 * @param walletBalance without what is unrealised; {@code marginBalance} with it
 * @param available what may open positions now
 */
public record FuturesAccount(
    boolean canTrade,
    BigDecimal walletBalance,
    BigDecimal marginBalance,
    BigDecimal maintenance,
    BigDecimal initialMargin,
    BigDecimal available,
    List<Asset> assets) {

  public record Asset(String asset, BigDecimal wallet, BigDecimal available) {}

  public FuturesAccount {
    assets = List.copyOf(assets);
  }

  public static FuturesAccount read(JsonNode node) {
    return new FuturesAccount(
        !node.has("canTrade") || Json.flag(node, "canTrade"),
        Json.decimal(node, "totalWalletBalance"),
        Json.decimal(node, "totalMarginBalance"),
        Json.decimal(node, "totalMaintMargin"),
        Json.decimalOrZero(node, "totalInitialMargin"),
        Json.decimal(node, "availableBalance"),
        Json.list(
            node.path("assets"),
            row ->
                new Asset(
                    Json.text(row, "asset"),
                    Json.decimal(row, "walletBalance"),
                    Json.decimalOrZero(row, "availableBalance"))));
  }

  public Optional<Asset> find(String asset) {
    return assets.stream().filter(each -> each.asset().equals(asset)).findFirst();
  }

  public ObjectNode json(List<PositionRow> positions) {
    BigDecimal unrealised = marginBalance.subtract(walletBalance);
    ObjectNode node =
        Json.object()
            .put("feeTier", 0)
            .put("canTrade", canTrade)
            .put("canDeposit", true)
            .put("canWithdraw", true)
            .put("updateTime", 0)
            .put("totalInitialMargin", Json.plain(initialMargin))
            .put("totalMaintMargin", Json.plain(maintenance))
            .put("totalWalletBalance", Json.plain(walletBalance))
            .put("totalUnrealizedProfit", Json.plain(unrealised))
            .put("totalMarginBalance", Json.plain(marginBalance))
            .put("totalCrossWalletBalance", Json.plain(walletBalance))
            .put("totalCrossUnPnl", Json.plain(unrealised))
            .put("availableBalance", Json.plain(available))
            .put("maxWithdrawAmount", Json.plain(available));
    node.set("assets", Json.array(assets, this::json));
    node.set("positions", Json.array(positions, PositionRow::accountJson));
    return node;
  }

  private ObjectNode json(Asset asset) {
    return Json.object()
        .put("asset", asset.asset())
        .put("walletBalance", Json.plain(asset.wallet()))
        .put("crossWalletBalance", Json.plain(asset.wallet()))
        .put("maintMargin", Json.plain(maintenance))
        .put("availableBalance", Json.plain(asset.available()))
        .put("maxWithdrawAmount", Json.plain(asset.available()))
        .put("marginAvailable", true)
        .put("updateTime", 0);
  }
}
