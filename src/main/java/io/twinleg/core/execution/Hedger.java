package io.twinleg.core.execution;

import io.twinleg.core.model.Leg;
import io.twinleg.core.model.OrderPurpose;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Side;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Optional;

/**
 * The hedge of a fill: at once, for everything that no order on its way will close. An order whose
 * outcome is unknown counts as on its way, also one that gives the filled leg back: what it may
 * have done is never done a second time.
 */
final class Hedger {
  private Hedger() {}

  /**
   * @param hedger the leg that takes; none where the partner of a fill is already on its way
   */
  static Transition cover(PairSnapshot s, Transition step, Optional<Leg> hedger) {
    return hedger.map(leg -> leg == Leg.PERP ? sellPerp(s, step) : buySpot(s, step)).orElse(step);
  }

  private static Transition sellPerp(PairSnapshot s, Transition step) {
    Quantity spotOnSale = inPerpUnits(s, s.orders().pending(Leg.SPOT, Side.SELL), BigDecimal.ONE);
    Quantity underWay = s.orders().pending(Leg.PERP, Side.SELL).plus(spotOnSale);
    HedgeImbalance open = s.delta().coveredBy(underWay, s.price());
    return open.isUnhedged() && open.isSpotHeavy()
        ? take(s, step, Leg.PERP, Side.SELL, s.instrument(Leg.PERP).nearest(open.value()))
        : step;
  }

  private static Transition buySpot(PairSnapshot s, Transition step) {
    BigDecimal kept =
        BigDecimal.ONE.subtract(ClipSizer.feeInBase(s.capabilities().feeInBase(), s.fees(), false));
    Quantity spotComing = inPerpUnits(s, s.orders().pending(Leg.SPOT, Side.BUY), kept);
    Quantity underWay = s.orders().pending(Leg.PERP, Side.BUY).plus(spotComing);
    HedgeImbalance open = s.delta().coveredBy(Quantity.ZERO.minus(underWay), s.price());
    return open.isUnhedged() && !open.isSpotHeavy()
        ? take(s, step, Leg.SPOT, Side.BUY, ClipSizer.spotToBuy(s, open.value().abs()))
        : step;
  }

  private static Transition take(
      PairSnapshot s, Transition step, Leg leg, Side side, Quantity size) {
    return QuotePricer.cap(s, leg, side)
        .map(price -> step.place(OrderFactory.take(s, leg, side, price, size, OrderPurpose.HEDGE)))
        .orElse(step);
  }

  /** What so many coins hedge, when this part of them is kept. */
  private static Quantity inPerpUnits(PairSnapshot s, Quantity coins, BigDecimal kept) {
    return new Quantity(
        coins
            .value()
            .multiply(kept)
            .multiply(s.settings().hedgeRatio())
            .divide(s.market().multiplier(), MathContext.DECIMAL64));
  }
}
