package io.twinleg.wire.aster;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The futures wallet as a whole.
 *
 * @param walletBalance without what is unrealised; {@code marginBalance} with it
 * @param available what may open positions now
 * @param positions in the symbols that were asked for, where their profit is given
 */
public record FuturesAccount(
    boolean canTrade,
    BigDecimal walletBalance,
    BigDecimal marginBalance,
    BigDecimal maintenance,
    BigDecimal initialMargin,
    BigDecimal available,
    List<Asset> assets,
    List<ValuedPosition> positions) {

  private static final String COLLATERAL = "USDT";

  public record Asset(String asset, BigDecimal wallet, BigDecimal available) {}

  /**
   * What {@code marginBalance} holds a position for.
   *
   * @param amount signed, negative is short
   * @param unrealised part of {@code marginBalance}
   */
  public record ValuedPosition(
      String symbol, BigDecimal amount, BigDecimal entryPrice, BigDecimal unrealised) {
    private static final int DECIMALS = 8;

    private static Optional<ValuedPosition> read(JsonNode row) {
      return AsterJson.optionalDecimal(row, "unrealizedProfit")
          .map(unrealised ->
              new ValuedPosition(
                  AsterJson.text(row, "symbol"),
                  AsterJson.decimal(row, "positionAmt"),
                  AsterJson.decimal(row, "entryPrice"),
                  unrealised))
          .filter(position -> position.amount.signum() != 0);
    }

    /** The one from which the unrealised profit follows; prices have at most eight decimals. */
    private BigDecimal mark() {
      return unrealised
          .divide(amount, MathContext.DECIMAL128)
          .add(entryPrice)
          .setScale(DECIMALS, RoundingMode.HALF_EVEN);
    }
  }

  public FuturesAccount {
    assets = List.copyOf(assets);
    positions = List.copyOf(positions);
  }

  /**
   * @param symbols whose positions are read
   */
  public static FuturesAccount read(JsonNode node, Predicate<String> symbols) {
    return new FuturesAccount(
        !node.has("canTrade") || AsterJson.isMarked(node, "canTrade"),
        AsterJson.decimal(node, "totalWalletBalance"),
        AsterJson.decimal(node, "totalMarginBalance"),
        AsterJson.decimal(node, "totalMaintMargin"),
        AsterJson.decimal(node, "totalInitialMargin"),
        AsterJson.decimal(node, "availableBalance"),
        AsterJson.rows(
                node.path("assets"),
                row -> AsterJson.isNamed(row, "asset", COLLATERAL::equals),
                row ->
                    new Asset(
                        AsterJson.text(row, "asset"),
                        AsterJson.decimal(row, "walletBalance"),
                        AsterJson.decimal(row, "availableBalance")))
            .whole(),
        node.has("positions") ? positions(node.path("positions"), symbols) : List.of());
  }

  private static List<ValuedPosition> positions(JsonNode rows, Predicate<String> symbols) {
    return AsterJson.rows(
            rows,
            row -> AsterJson.isNamed(row, "symbol", symbols),
            row ->
                AsterJson.isNamed(row, "symbol", symbols)
                    ? ValuedPosition.read(row)
                    : Optional.<ValuedPosition>empty())
        .whole()
        .stream()
        .flatMap(Optional::stream)
        .toList();
  }

  /**
   * The mark price by which this account values a position; empty where it shows another amount.
   */
  public Optional<BigDecimal> mark(String symbol, BigDecimal amount) {
    return positions.stream()
        .filter(each -> each.symbol().equals(symbol) && each.amount().compareTo(amount) == 0)
        .map(ValuedPosition::mark)
        .filter(mark -> mark.signum() > 0)
        .findFirst();
  }

  public Optional<Asset> find(String asset) {
    return assets.stream().filter(each -> each.asset().equals(asset)).findFirst();
  }

  public ObjectNode json(List<PositionRow> positions) {
    BigDecimal unrealised = marginBalance.subtract(walletBalance);
    ObjectNode node =
        AsterJson.object()
            .put("feeTier", 0)
            .put("canTrade", canTrade)
            .put("canDeposit", true)
            .put("canWithdraw", true)
            .put("updateTime", 0)
            .put("totalInitialMargin", AsterJson.plain(initialMargin))
            .put("totalMaintMargin", AsterJson.plain(maintenance))
            .put("totalWalletBalance", AsterJson.plain(walletBalance))
            .put("totalUnrealizedProfit", AsterJson.plain(unrealised))
            .put("totalMarginBalance", AsterJson.plain(marginBalance))
            .put("totalCrossWalletBalance", AsterJson.plain(walletBalance))
            .put("totalCrossUnPnl", AsterJson.plain(unrealised))
            .put("availableBalance", AsterJson.plain(available))
            .put("maxWithdrawAmount", AsterJson.plain(available));
    node.set("assets", AsterJson.array(assets, this::json));
    node.set("positions", AsterJson.array(positions, PositionRow::accountJson));
    return node;
  }

  private ObjectNode json(Asset asset) {
    return AsterJson.object()
        .put("asset", asset.asset())
        .put("walletBalance", AsterJson.plain(asset.wallet()))
        .put("crossWalletBalance", AsterJson.plain(asset.wallet()))
        .put("maintMargin", AsterJson.plain(maintenance))
        .put("availableBalance", AsterJson.plain(asset.available()))
        .put("maxWithdrawAmount", AsterJson.plain(asset.available()))
        .put("marginAvailable", true)
        .put("updateTime", 0);
  }
}
