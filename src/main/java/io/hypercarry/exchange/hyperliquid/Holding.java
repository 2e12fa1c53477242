package io.hypercarry.exchange.hyperliquid;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * What an account holds of one instrument by its fills alone, and what that cost: for the figures
 * that the venue tells beside a fill.
 */
final class Holding {
  private BigDecimal size = BigDecimal.ZERO;
  private BigDecimal cost = BigDecimal.ZERO;

  BigDecimal size() {
    return size;
  }

  BigDecimal cost() {
    return cost;
  }

  /** Returns what the trade won, before fees. */
  BigDecimal trade(BigDecimal signed, BigDecimal price) {
    boolean adds = size.signum() * signed.signum() >= 0;
    if (adds) {
      size = size.add(signed);
      cost = cost.add(signed.abs().multiply(price));
      return BigDecimal.ZERO;
    }
    BigDecimal closed = signed.abs().min(size.abs());
    BigDecimal share = cost.multiply(closed).divide(size.abs(), MathContext.DECIMAL64);
    BigDecimal proceeds = closed.multiply(price);
    BigDecimal won = size.signum() > 0 ? proceeds.subtract(share) : share.subtract(proceeds);
    BigDecimal beyond = signed.abs().subtract(closed);
    size = size.add(signed);
    cost = beyond.signum() > 0 ? beyond.multiply(price) : cost.subtract(share);
    return won;
  }
}
