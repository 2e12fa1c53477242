package io.twinleg.core.execution;

import io.twinleg.core.model.Denial;
import io.twinleg.core.model.EntryClip;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the entry gates (specification 1.7) say of one market at one event, evaluated once. The
 * pair's own gates (cooldown, pause, open orders) are its states'.
 *
 * @param nextClip that may be placed now
 * @param interruptedBy what stops an entry under way, if anything does: the run, stale data, the
 *     basis, the guard, the coin
 * @param fullBy the denial by the target, where what is held uses it up
 * @param rateLeft whether the order rate allows one more quote
 * @param quotaSpent whether the venue grants no more than an action now and then: for unwinding
 * @param gapTooWide whether the legs' books stand so far apart that one of them must be broken
 * @param othersUnderWay whether a clip is un-hedged or in flight in another market of one capital
 */
public record EntryAssessment(
    Verdict nextClip,
    @Nullable Denial interruptedBy,
    @Nullable Denial fullBy,
    boolean rateLeft,
    boolean quotaSpent,
    boolean gapTooWide,
    boolean othersUnderWay) {

  /** The answer of all gates on the next clip. */
  public sealed interface Verdict {
    record Allowed(EntryClip clip) implements Verdict {}

    record Denied(Denial denial) implements Verdict {}

    /** The state does not consider an entry. */
    record NotEvaluated() implements Verdict {}
  }

  public static final Verdict NOT_EVALUATED = new Verdict.NotEvaluated();

  public Optional<Denial> interruption() {
    return Optional.ofNullable(interruptedBy);
  }

  public Optional<Denial> targetReached() {
    return Optional.ofNullable(fullBy);
  }

  public EntryAssessment with(Verdict verdict) {
    return new EntryAssessment(
        verdict, interruptedBy, fullBy, rateLeft, quotaSpent, gapTooWide, othersUnderWay);
  }
}
