package io.twinleg.core.execution;

import io.twinleg.core.model.Leg;
import io.twinleg.core.model.OrderPurpose;
import java.util.Optional;

/**
 * At least one order's outcome is unknown. No new risk is taken; what the unknown orders cannot
 * have touched is hedged on; and the venue is asked until each of them has landed, was refused, or
 * can never land.
 *
 * @param origin where the pair was, and goes back to when the legs agree
 */
record Resolving(PairState origin) implements PairState {
  @Override
  public String label() {
    return "RESOLVING";
  }

  @Override
  public Transition on(PairSnapshot s) {
    Transition step = Transition.to(this, s).cancel(s.orders().with(OrderPurpose.ENTRY));
    if (!s.orders().hasUnknown()) {
      return step.going(back(s));
    }
    for (WorkingOrder order : s.orders().all()) {
      Transition before = step;
      step = OrderStatusResolver.next(order, s).map(before::and).orElse(before);
    }
    return origin instanceof Unwinding unwinding && unwinding.atOnce()
        ? ExternalChangeHandler.sale(s).map(step::place).orElse(step)
        : Hedger.cover(s, step, hedger(s));
  }

  /** As the round that was interrupted; else as the setting says, where that names a leg. */
  private Optional<Leg> hedger(PairSnapshot s) {
    if (origin instanceof Entering entering) {
      return entering.approach().hedger();
    }
    return switch (s.settings().legMode()) {
      case SPOT_FIRST -> Optional.of(Leg.PERP);
      case PERP_FIRST -> Optional.of(Leg.SPOT);
      case AUTO, BATCH, BOTH -> Optional.empty();
    };
  }

  private PairState back(PairSnapshot s) {
    if (!s.isUnhedged()) {
      return origin;
    }
    if (origin instanceof Exiting exiting
        && (exiting.forced() || exiting.isReduction() || s.demand().isExit())) {
      return exiting;
    }
    if (origin instanceof Unwinding unwinding && unwinding.atOnce()) {
      return unwinding;
    }
    if (s.demand().isExit()) {
      return Exiting.forced(s);
    }
    return s.target().isLeave() ? Unwinding.begin(s, "resolved") : Repairing.begin(s, "resolved");
  }
}
