package io.hypercarry.core.execution;

import io.hypercarry.core.model.Leg;
import io.hypercarry.core.model.Price;
import io.hypercarry.core.model.Purpose;
import io.hypercarry.core.model.Quantity;
import io.hypercarry.core.model.Side;
import java.util.Optional;

/** The hedge of a fill: at once, for everything that no order on its way will close. */
final class Hedging {
  private Hedging() {}

  /**
   * Takes on the perp what the fills so far have left open. An order whose outcome is unknown
   * counts as on its way: what it may have done is never done a second time. With both legs resting
   * there is nothing to take: the partner is already quoted.
   */
  static Step cover(Situation s, Step step) {
    Delta open = s.delta().coveredBy(s.orders().pending(Leg.PERP, Side.SELL), s.price());
    if (s.settings().legMode() == LegMode.BOTH || !open.isUnhedged() || !open.isSpotHeavy()) {
      return step;
    }
    Quantity size = s.instrument(Leg.PERP).nearest(open.value());
    Optional<Price> cap = Quoter.cap(s, Leg.PERP, Side.SELL);
    return cap.map(
            price -> step.place(Orders.take(s, Leg.PERP, Side.SELL, price, size, Purpose.HEDGE)))
        .orElse(step);
  }
}
