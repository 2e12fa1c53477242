package io.twinleg.wire.aster;

import io.twinleg.core.model.Leg;
import io.twinleg.core.model.Side;
import io.twinleg.wire.MalformedMessage;
import java.math.BigDecimal;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One row of {@code userTrades}.
 *
 * @param commission what it cost, positive; the venue's examples write it with either sign
 */
public record AsterTradeRow(
    Leg leg,
    String symbol,
    long id,
    long orderId,
    Side side,
    BigDecimal price,
    BigDecimal quantity,
    BigDecimal commission,
    String commissionAsset,
    BigDecimal realizedPnl,
    boolean maker,
    long time) {
  private static final int PRICE_DECIMALS = 8;

  public AsterTradeRow {
    boolean onGrid = price.stripTrailingZeros().scale() <= PRICE_DECIMALS;
    if (price.signum() <= 0 || !onGrid || quantity.signum() <= 0) {
      throw MalformedMessage.schema("price or quantity of a trade is none");
    }
  }

  public static AsterTradeRow read(Leg leg, JsonNode node) {
    return new AsterTradeRow(
        leg,
        AsterJson.text(node, "symbol"),
        AsterJson.whole(node, "id"),
        AsterJson.whole(node, "orderId"),
        AsterJson.side(node, "side"),
        AsterJson.decimal(node, "price"),
        AsterJson.decimal(node, "qty"),
        AsterJson.decimal(node, "commission").abs(),
        AsterJson.text(node, "commissionAsset"),
        leg == Leg.SPOT ? BigDecimal.ZERO : AsterJson.decimal(node, "realizedPnl"),
        AsterJson.flag(node, "maker"),
        AsterJson.time(node, "time"));
  }

  public AsterTradeRow withCommission(BigDecimal amount, String asset) {
    return new AsterTradeRow(
        leg, symbol, id, orderId, side, price, quantity, amount, asset, realizedPnl, maker, time);
  }

  public ObjectNode json() {
    ObjectNode node =
        AsterJson.object()
            .put("symbol", symbol)
            .put("id", id)
            .put("orderId", orderId)
            .put("side", side.name())
            .put("price", AsterJson.plain(price))
            .put("qty", AsterJson.plain(quantity))
            .put("quoteQty", AsterJson.plain(price.multiply(quantity)))
            .put("commission", AsterJson.plain(commission))
            .put("commissionAsset", commissionAsset)
            .put("time", time)
            .put("maker", maker)
            .put("buyer", side == Side.BUY);
    return leg == Leg.SPOT
        ? node
        : node.put("positionSide", "BOTH").put("realizedPnl", AsterJson.plain(realizedPnl));
  }
}
