package io.twinleg.simulator.server.hyperliquid;

import io.twinleg.core.model.Fill;
import io.twinleg.core.model.Side;
import io.twinleg.simulator.AccountId;
import io.twinleg.wire.hyperliquid.HyperliquidJson;
import io.twinleg.wire.hyperliquid.WireNumber;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What a row of a fill holds beyond the fill itself: the position before it, and its PnL. */
record FillDetails(
    BigDecimal startPosition,
    String direction,
    BigDecimal closedPnl,
    Optional<JsonNode> liquidation) {

  /**
   * @param held after it, the fee taken
   */
  static FillDetails ofSpot(Fill fill, BigDecimal held, SpotCostBasis basis) {
    BigDecimal size = fill.quantity().value();
    if (fill.side() == Side.BUY) {
      basis.bought(fill.notional().value());
      BigDecimal start = held.subtract(size).add(fill.fee().amount());
      return new FillDetails(start, "Buy", BigDecimal.ZERO, Optional.empty());
    }
    BigDecimal start = held.add(size);
    BigDecimal pnl = fill.notional().value().subtract(basis.sold(size, start));
    return new FillDetails(start, "Sell", pnl, Optional.empty());
  }

  /**
   * @param held after it, with its sign
   * @param forced by the exchange: no client placed the order
   */
  static FillDetails ofPerp(
      AccountId account,
      Fill fill,
      BigDecimal held,
      BigDecimal realised,
      boolean forced,
      Optional<BigDecimal> mark) {
    BigDecimal signed = fill.quantity().value().multiply(BigDecimal.valueOf(fill.side().sign()));
    BigDecimal start = held.subtract(signed);
    if (!forced) {
      return new FillDetails(start, direction(start, held), realised, Optional.empty());
    }
    if (fill.fee().amount().signum() == 0) {
      return new FillDetails(start, "Auto-Deleveraging", realised, Optional.empty());
    }
    String direction = start.signum() > 0 ? "Liquidated Cross Long" : "Liquidated Cross Short";
    return new FillDetails(
        start, direction, realised, Optional.of(liquidation(account, fill, mark)));
  }

  private static String direction(BigDecimal before, BigDecimal after) {
    if (before.signum() * after.signum() < 0) {
      return before.signum() > 0 ? "Long > Short" : "Short > Long";
    }
    boolean grows = after.abs().compareTo(before.abs()) > 0;
    int side = grows ? after.signum() : before.signum();
    return (grows ? "Open " : "Close ") + (side > 0 ? "Long" : "Short");
  }

  private static JsonNode liquidation(AccountId account, Fill fill, Optional<BigDecimal> mark) {
    return HyperliquidJson.object()
        .put("liquidatedUser", account.name())
        .put("markPx", WireNumber.formatAnswer(mark.orElse(fill.price().value())))
        .put("method", "market");
  }

  /** What an account's coins of one kind were bought for. A sale takes its share of it away. */
  static final class SpotCostBasis {
    /** A share may have no end of decimals; far below a cent it is cut. */
    private static final int SHARE_DECIMALS = 8;

    private BigDecimal cost = BigDecimal.ZERO;

    BigDecimal cost() {
      return cost;
    }

    void bought(BigDecimal gross) {
      cost = cost.add(gross);
    }

    /** Returns what the coins sold were bought for. */
    BigDecimal sold(BigDecimal size, BigDecimal heldBefore) {
      if (heldBefore.signum() <= 0) {
        return BigDecimal.ZERO;
      }
      BigDecimal share =
          cost.multiply(size.min(heldBefore)).divide(heldBefore, SHARE_DECIMALS, RoundingMode.DOWN);
      cost = cost.subtract(share);
      return share;
    }
  }
}
