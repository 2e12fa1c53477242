package io.twinleg.core.execution;

import java.util.Optional;

/**
 * Our books and the venue's disagree and nobody knows why. Nothing is begun until an operator has
 * looked. But what fills then say of a change from outside (a liquidation, say) is known, and the
 * leg that it leaves alone is reduced as ever: nobody may be awake.
 *
 * @param reason what was found
 * @param agreed whether our own legs have stood against each other since: a gap after that is news,
 *     one from before it may be the very thing in doubt
 * @param answer the reduction under way
 */
record Quarantined(QuarantineReason reason, boolean agreed, Optional<Unwinding> answer)
    implements PairState {
  static Quarantined begin(QuarantineReason reason) {
    return new Quarantined(reason, reason == QuarantineReason.ORDER_DENIED, Optional.empty());
  }

  @Override
  public String label() {
    return "QUARANTINED";
  }

  @Override
  public Transition on(PairSnapshot s) {
    if (!s.isUnhedged()) {
      return cancelled(s, new Quarantined(reason, true, Optional.empty()));
    }
    return agreed ? reduce(s) : cancelled(s, this);
  }

  private static Transition cancelled(PairSnapshot s, Quarantined next) {
    return asking(s, Transition.to(next, s).cancel(s.orders().all()));
  }

  private Transition reduce(PairSnapshot s) {
    Unwinding before = answer.orElseGet(() -> Unwinding.begin(s, "change_in_quarantine"));
    Transition step = before.on(s);
    Optional<Unwinding> after =
        step.next() instanceof Unwinding unwinding ? Optional.of(unwinding) : Optional.empty();
    return asking(s, step.going(new Quarantined(reason, true, after)));
  }

  /** An order in doubt would otherwise stand in the way for ever. */
  private static Transition asking(PairSnapshot s, Transition step) {
    Transition asked = step;
    for (WorkingOrder order : s.orders().all()) {
      Transition before = asked;
      asked = OrderStatusResolver.next(order, s).map(before::and).orElse(before);
    }
    return asked;
  }
}
