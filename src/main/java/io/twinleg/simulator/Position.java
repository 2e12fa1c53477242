package io.twinleg.simulator;

import io.twinleg.core.model.Price;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Usd;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/**
 * What an account holds of one perp. Invariants: the entry notional is positive exactly when the
 * size is not zero, and realised PnL plus entry notional account for every trade to the last digit.
 */
final class Position {
  /**
   * A partial close takes its share of the entry notional, which may have endless decimals. It is
   * rounded here, far below a cent; the difference stays in the remaining notional, so the sum is
   * exact.
   */
  private static final int SHARE_DECIMALS = 12;

  private Quantity size = Quantity.ZERO;
  private Usd entry = Usd.ZERO;
  private int leverage;
  private boolean cross = true;

  Position(int leverage) {
    this.leverage = leverage;
  }

  /** Signed: negative is short. */
  Quantity size() {
    return size;
  }

  Usd entry() {
    return entry;
  }

  int leverage() {
    return leverage;
  }

  void setLeverage(int leverage, boolean cross) {
    this.leverage = leverage;
    this.cross = cross;
  }

  boolean isCross() {
    return cross;
  }

  boolean isFlat() {
    return size.isZero();
  }

  /** Returns the realised PnL: positive is a gain. */
  Usd trade(Quantity signed, Price price) {
    boolean adds = size.signum() * signed.signum() >= 0;
    if (adds) {
      open(signed, price);
      return Usd.ZERO;
    }
    Quantity closed = signed.abs().min(size.abs());
    Quantity excess = signed.abs().minus(closed);
    Usd realised = close(closed, price);
    if (excess.isPositive()) {
      open(excess.times(BigDecimal.valueOf(signed.signum())), price);
    }
    return realised;
  }

  private void open(Quantity signed, Price price) {
    size = size.plus(signed);
    entry = entry.plus(price.times(signed.abs()));
  }

  private Usd close(Quantity closed, Price price) {
    Usd share = closed.equals(size.abs()) ? entry : share(closed);
    Usd proceeds = price.times(closed);
    Usd realised = size.signum() > 0 ? proceeds.minus(share) : share.minus(proceeds);
    entry = entry.minus(share);
    size = size.signum() > 0 ? size.minus(closed) : size.plus(closed);
    return realised;
  }

  private Usd share(Quantity closed) {
    BigDecimal whole = entry.value().multiply(closed.value());
    return new Usd(whole.divide(size.abs().value(), SHARE_DECIMALS, RoundingMode.HALF_EVEN));
  }

  /** Without a mark its value is not known, and its entry notional stands for it. */
  Usd notional(Optional<Price> mark) {
    return mark.map(price -> price.times(size.abs())).orElse(entry);
  }

  Usd unrealised(Optional<Price> mark) {
    Usd gain = notional(mark).minus(entry);
    return size.signum() < 0 ? gain.negated() : gain;
  }
}
