package io.twinleg.core.execution;

import io.twinleg.core.model.Leg;
import io.twinleg.core.model.OrderIntent;
import io.twinleg.core.model.OrderPurpose;
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
    Optional<OrderIntent> order =
        origin instanceof Unwinding unwinding && unwinding.atOnce()
            ? ExternalChange.sale(snapshot)
            : hedger(snapshot).flatMap(leg -> Hedger.cover(snapshot, leg));
    return order.map(resolving::place).orElse(resolving);
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
    return snapshot.target().isLeave()
        ? Unwinding.begin(snapshot, "resolved")
        : Repairing.begin(snapshot, "resolved");
  }
}
