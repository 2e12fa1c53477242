package io.hypercarry.core.execution;

import io.hypercarry.core.model.Leg;
import io.hypercarry.core.model.Price;
import io.hypercarry.core.model.Purpose;
import io.hypercarry.core.model.Quantity;
import io.hypercarry.core.model.Side;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Optional;

/** The hedge of a fill: at once, for everything that no order on its way will close. */
final class Hedging {
  private Hedging() {}

  /**
   * Takes on the perp what the fills so far have left open. An order whose outcome is unknown
   * counts as on its way, also one that sells the spot: what it may have done is never done a
   * second time. With both legs resting there is nothing to take: the partner is already quoted.
   */
  static Step cover(Situation s, Step step) {
    Quantity underWay = s.orders().pending(Leg.PERP, Side.SELL).plus(spotOnSale(s));
    Delta open = s.delta().coveredBy(underWay, s.price());
    if (s.settings().legMode() == LegMode.BOTH || !open.isUnhedged() || !open.isSpotHeavy()) {
      return step;
    }
    Quantity size = s.instrument(Leg.PERP).nearest(open.value());
    Optional<Price> cap = Quoter.cap(s, Leg.PERP, Side.SELL);
    return cap.map(
            price -> step.place(Orders.take(s, Leg.PERP, Side.SELL, price, size, Purpose.HEDGE)))
        .orElse(step);
  }

  /** In perp units. */
  private static Quantity spotOnSale(Situation s) {
    BigDecimal coins = s.orders().pending(Leg.SPOT, Side.SELL).value();
    return new Quantity(
        coins
            .multiply(s.settings().hedgeRatio())
            .divide(s.market().multiplier(), MathContext.DECIMAL64));
  }
}
