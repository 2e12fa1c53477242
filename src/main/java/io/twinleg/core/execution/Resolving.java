package io.twinleg.core.execution;

import io.twinleg.core.model.Leg;
import io.twinleg.core.model.OrderIntent;
import io.twinleg.core.model.OrderPurpose;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Side;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Optional;

/**
 * At least one order's outcome is unknown. No new risk is taken; what the unknown orders cannot
 * have touched is hedged on; and the venue is queried until each of them has landed, was refused,
 * or can never land.
 *
 * @param origin where the pair was, and goes back to when the legs agree
 */
record Resolving(PairState origin) implements PairState {
  @Override
  public String label() {
    return "RESOLVING";
  }

  @Override
  public Transition on(PairSnapshot snapshot) {
    Transition step =
        Transition.to(this, snapshot).cancel(snapshot.orders().with(OrderPurpose.ENTRY));
    if (!snapshot.orders().hasUnknown()) {
      return step.going(back(snapshot));
    }
    Transition resolving = step.resolveUnknownOrders(snapshot);
    if (snapshot.directive().isExit()) {
      return closeUntouched(snapshot).map(resolving::place).orElse(resolving);
    }
    Optional<OrderIntent> order =
        origin instanceof Unwinding unwinding && unwinding.atOnce()
            ? ExternalChange.sale(snapshot)
            : hedger(snapshot).flatMap(leg -> Hedger.cover(snapshot, leg));
    return order.map(resolving::place).orElse(resolving);
  }

  /**
   * What is to be closed and no order on its way touches goes without waiting for it: one leg, as
   * far as no more than a clip stands alone, whatever becomes of the orders on the other.
   */
  private static Optional<OrderIntent> closeUntouched(PairSnapshot snapshot) {
    boolean spotIsFree = snapshot.orders().on(Leg.SPOT).isEmpty();
    boolean perpIsFree = snapshot.orders().on(Leg.PERP).isEmpty();
    Quantity clip =
        new Quantity(
            snapshot
                .settings()
                .maxClip()
                .value()
                .divide(snapshot.price().value(), MathContext.DECIMAL64));
    Quantity delta = snapshot.delta().value();
    if (spotIsFree && !perpIsFree) {
      Quantity least = delta.minus(snapshot.orders().pending(Leg.PERP, Side.SELL));
      Quantity most = clip.plus(least);
      return most.isPositive()
          ? order(
              snapshot, Leg.SPOT, Side.SELL, snapshot.spotToSell(most).min(snapshot.sellableSpot()))
          : Optional.empty();
    }
    if (perpIsFree && !spotIsFree) {
      Quantity coming =
          Hedger.inPerpUnits(
              snapshot, snapshot.orders().pending(Leg.SPOT, Side.BUY), BigDecimal.ONE);
      Quantity most = clip.minus(delta.plus(coming)).max(Quantity.ZERO);
      Quantity held = snapshot.ledger().shortPerp();
      return order(
          snapshot,
          Leg.PERP,
          Side.BUY,
          held.compareTo(most) <= 0 ? held : snapshot.instrument(Leg.PERP).floor(most));
    }
    return Optional.empty();
  }

  private static Optional<OrderIntent> order(
      PairSnapshot snapshot, Leg leg, Side side, Quantity size) {
    return size.isPositive()
        ? snapshot
            .widerCap(leg, side)
            .map(cap -> snapshot.take(leg, side, cap, size, OrderPurpose.EXIT))
        : Optional.empty();
  }

  /** As the round that was interrupted; else as the setting says, where that names a leg. */
  private Optional<Leg> hedger(PairSnapshot snapshot) {
    if (origin instanceof Entering entering) {
      return entering.sequence().hedger();
    }
    return switch (snapshot.settings().legMode()) {
      case SPOT_FIRST -> Optional.of(Leg.PERP);
      case PERP_FIRST -> Optional.of(Leg.SPOT);
      case AUTO, BATCH, BOTH -> Optional.empty();
    };
  }

  private PairState back(PairSnapshot snapshot) {
    if (!snapshot.isUnhedged()) {
      return origin;
    }
    if (origin instanceof Exiting exiting
        && (exiting.forced() || exiting.isReduction() || snapshot.directive().isExit())) {
      return exiting;
    }
    if (origin instanceof Unwinding unwinding && unwinding.atOnce()) {
      return unwinding;
    }
    if (snapshot.directive().isExit()) {
      return Exiting.forced(snapshot);
    }
    return snapshot.target().isLeave() && Repairing.isUnwindingCheaper(snapshot)
        ? Unwinding.begin(snapshot, "resolved")
        : Repairing.begin(snapshot, "resolved");
  }
}
