package io.twinleg.core.execution;

import io.twinleg.core.model.Denial;
import io.twinleg.core.model.EntryClip;
import java.util.Optional;

/** What the other rooms say to adding exposure now. Asked only by a state that considers it. */
public interface EntryChecks {
  /**
   * What stops an entry that is under way: the run's mode, stale data, the basis, the guard, the
   * coin.
   */
  Optional<Denial> interruption();

  /**
   * The next clip, or the first gate that refuses it; the pair's own cooldown and open orders
   * aside.
   */
  Verdict nextClip();

  /** Whether what is held uses the target up: then no other gate is worth asking. */
  Optional<Denial> targetReached();

  /** Whether the order-rate budget leaves room for one more quote. */
  boolean isRateLeft();

  /** Whether the venue grants no more than an action now and then: they are for unwinding. */
  boolean isBudgetSpent();

  /** Whether the legs' books stand so far apart that one of them must be broken. */
  boolean isGapTooWide();

  /** The answer of all gates. */
  sealed interface Verdict {
    record Allowed(EntryClip plan) implements Verdict {}

    record Refused(Denial refusal) implements Verdict {}
  }
}
