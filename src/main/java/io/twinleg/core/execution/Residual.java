package io.twinleg.core.execution;

import io.twinleg.core.execution.pricing.HedgeImbalance;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.OrderIntent;
import io.twinleg.core.model.OrderPurpose;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Side;
import io.twinleg.core.model.Usd;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.Optional;

/**
 * What stands alone and is too small to be traded away exactly. When it is worth more than half the
 * least order, one such order of the larger leg leaves less alone than before, on the other side.
 */
final class Residual {
  /** A round that goes on absorbs what the last one left: one that lasts longer stays. */
  static final Duration LASTING = Duration.ofMinutes(1);

  private Residual() {}

  static boolean isWorthAnOrder(HedgeImbalance gap, PairSnapshot.Inputs inputs) {
    Leg leg = larger(gap);
    Usd least = inputs.market().instrument(leg).minNotional();
    return !gap.isUnhedged()
        && gap.value().abs().exceeds(gap.tolerance())
        && gap.usd().times(BigDecimal.TWO).exceeds(least);
  }

  private static Leg larger(HedgeImbalance gap) {
    return gap.isSpotHeavy() ? Leg.SPOT : Leg.PERP;
  }

  /** The least order that the venue takes; empty where it would leave as much alone, or more. */
  static Optional<OrderIntent> trim(PairSnapshot snapshot) {
    Leg leg = larger(snapshot.delta());
    Side side = leg == Leg.SPOT ? Side.SELL : Side.BUY;
    return snapshot.cap(leg, side).flatMap(price -> trim(snapshot, leg, side, price));
  }

  private static Optional<OrderIntent> trim(
      PairSnapshot snapshot, Leg leg, Side side, Price price) {
    Instrument instrument = snapshot.instrument(leg);
    BigDecimal exact =
        instrument.minNotional().value().divide(price.value(), MathContext.DECIMAL64);
    Quantity size = instrument.floor(new Quantity(exact)).plus(instrument.lot());
    Quantity held = leg == Leg.SPOT ? snapshot.ledger().ownedSpot() : snapshot.ledger().shortPerp();
    Quantity left = snapshot.gap().minus(inPerpUnits(snapshot, leg, size)).abs();
    return left.compareTo(snapshot.gap()) < 0 && size.compareTo(held) <= 0
        ? Optional.of(snapshot.take(leg, side, price, size, OrderPurpose.UNWIND))
        : Optional.empty();
  }

  private static Quantity inPerpUnits(PairSnapshot snapshot, Leg leg, Quantity size) {
    return leg == Leg.PERP
        ? size
        : new Quantity(
            size.value()
                .multiply(snapshot.settings().hedgeRatio())
                .divide(snapshot.market().multiplier(), MathContext.DECIMAL64));
  }
}
