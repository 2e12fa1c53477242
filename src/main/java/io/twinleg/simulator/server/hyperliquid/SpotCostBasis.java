package io.twinleg.simulator.server.hyperliquid;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** What an account's coins of one kind were bought for. A sale takes its share of it away. */
final class SpotCostBasis {
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
