package io.twinleg.core.execution;

import io.twinleg.core.execution.pricing.HedgeImbalance;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.OrderIntent;
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
   * @param hedger the leg that takes
   */
  static Optional<OrderIntent> cover(PairSnapshot snapshot, Leg hedger) {
    return hedger == Leg.PERP ? sellPerp(snapshot) : buySpot(snapshot);
  }

  private static Optional<OrderIntent> sellPerp(PairSnapshot snapshot) {
    Quantity spotOnSale =
        inPerpUnits(snapshot, snapshot.orders().pending(Leg.SPOT, Side.SELL), BigDecimal.ONE);
    Quantity underWay = snapshot.orders().pending(Leg.PERP, Side.SELL).plus(spotOnSale);
    HedgeImbalance open = snapshot.delta().coveredBy(underWay, snapshot.price());
    return open.isUnhedged() && open.isSpotHeavy()
        ? take(snapshot, Leg.PERP, Side.SELL, snapshot.instrument(Leg.PERP).nearest(open.value()))
        : Optional.empty();
  }

  private static Optional<OrderIntent> buySpot(PairSnapshot snapshot) {
    BigDecimal kept = BigDecimal.ONE.subtract(snapshot.takerFeeInBase());
    Quantity spotComing =
        inPerpUnits(snapshot, snapshot.orders().pending(Leg.SPOT, Side.BUY), kept);
    Quantity underWay = snapshot.orders().pending(Leg.PERP, Side.BUY).plus(spotComing);
    HedgeImbalance open = snapshot.delta().coveredBy(underWay.negated(), snapshot.price());
    return open.isUnhedged() && !open.isSpotHeavy()
        ? take(snapshot, Leg.SPOT, Side.BUY, snapshot.spotToBuy(open.value().abs()))
        : Optional.empty();
  }

  private static Optional<OrderIntent> take(
      PairSnapshot snapshot, Leg leg, Side side, Quantity size) {
    return snapshot
        .cap(leg, side)
        .map(price -> snapshot.take(leg, side, price, size, OrderPurpose.HEDGE));
  }

  /** What so many coins hedge, when this part of them is kept. */
  static Quantity inPerpUnits(PairSnapshot snapshot, Quantity coins, BigDecimal kept) {
    return new Quantity(
        coins
            .value()
            .multiply(kept)
            .multiply(snapshot.settings().hedgeRatio())
            .divide(snapshot.market().multiplier(), MathContext.DECIMAL64));
  }
}
