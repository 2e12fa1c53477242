package io.twinleg.core.execution;

import io.twinleg.core.event.LogEvent;
import io.twinleg.core.model.Quantity;

/**
 * Where a pair comes to rest when nothing is on its way and the legs agree: with a position or
 * without.
 */
final class RoundCompletion {
  private RoundCompletion() {}

  /** Ends an entry round, or the repair or unwinding that followed one. */
  static Transition after(PairSnapshot s, Transition step) {
    RoundFills round = step.memory().round();
    boolean holding = s.isHolding();
    PairState next = holding ? new Hedged() : new Flat();
    if (round.isEmpty()) {
      return step.remember(step.memory().fruitless(s.now())).going(next);
    }
    if (!holding) {
      return withDust(s, step).remember(step.memory().fruitful(s.now())).going(next);
    }
    return step.tell(EntryLog.entered(s, round))
        .remember(step.memory().entered(s.now()))
        .going(next);
  }

  /** Says what is left that no order could sell; the next entry absorbs it. */
  static Transition withDust(PairSnapshot s, Transition step) {
    Quantity dust = s.ledger().ownedSpot();
    return dust.isPositive()
        ? step.tell(
            LogEvent.info("dust_recorded")
                .in(s.id())
                .with("spot_sz", dust)
                .with("perp_price", s.price()))
        : step;
  }
}
