package io.twinleg.core.execution;

import org.jspecify.annotations.Nullable;

/**
 * Nothing is begun until an operator resumes: our position and the venue's disagree, or the program
 * is wrong. What fills then show of an external change (a liquidation, say) is known, and the leg
 * that it leaves alone is reduced as ever, because the operator may be away.
 *
 * @param agreed whether our own legs have stood against each other since, or the position was never
 *     in doubt: a gap after that is a change, one from before it may be the very thing in doubt
 * @param reducing the reduction under way, if one is
 */
record Quarantined(QuarantineReason reason, boolean agreed, @Nullable Unwinding reducing)
    implements PairState {
  static Quarantined begin(QuarantineReason reason) {
    return new Quarantined(reason, reason == QuarantineReason.ORDER_DENIED, null);
  }

  @Override
  public String label() {
    return "QUARANTINED";
  }

  @Override
  public Transition on(PairSnapshot snapshot) {
    if (!snapshot.isUnhedged()) {
      return cancelled(snapshot, new Quarantined(reason, true, null));
    }
    return agreed ? reduce(snapshot) : cancelled(snapshot, this);
  }

  /** An unknown order would otherwise stand in the way for ever. */
  private static Transition cancelled(PairSnapshot snapshot, Quarantined next) {
    return Transition.to(next, snapshot)
        .cancel(snapshot.orders().all())
        .resolveUnknownOrders(snapshot);
  }

  private Transition reduce(PairSnapshot snapshot) {
    Unwinding before =
        reducing == null ? Unwinding.begin(snapshot, "change_in_quarantine") : reducing;
    Transition step = before.on(snapshot);
    Unwinding after = step.next() instanceof Unwinding unwinding ? unwinding : null;
    return step.going(new Quarantined(reason, true, after)).resolveUnknownOrders(snapshot);
  }
}
