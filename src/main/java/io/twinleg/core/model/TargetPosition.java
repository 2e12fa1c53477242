package io.twinleg.core.model;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * What the strategy wants to hold: never how to get there.
 *
 * @param notional per leg, in quote, when the stance is ENTER
 * @param worthFinishing whether an entry under way may go on: the rate has not fallen far below the
 *     entry threshold
 * @param refusal what keeps the stance from ENTER, if anything does
 */
public record TargetPosition(
    Stance stance, Usd notional, boolean worthFinishing, Edge edge, Optional<Denial> refusal) {
  public enum Stance {
    /** Worth entering or adding up to the notional. */
    ENTER,
    /** Worth keeping, not worth adding. */
    KEEP,
    /** Worth leaving: the averaged rate is at or below the exit threshold. */
    LEAVE_RATE,
    /** Worth leaving: staying is expected to cost more than going and coming back. */
    LEAVE_VALUE,
    /** To be left for another market that is worth more, or for want of a place. */
    LEAVE_ROTATION
  }

  /**
   * The figures behind a decision. Empty where the signal is missing: missing is missing, not zero.
   *
   * @param apr of the averaged signal, {@code aprRunning} of the venue's estimate for this hour
   * @param expectedValueBps of a round trip over the horizon, of the notional of one leg
   * @param breakEvenHours empty where no hour within the longest horizon pays the costs
   */
  public record Edge(
      Optional<BigDecimal> apr,
      Optional<BigDecimal> aprRunning,
      Optional<BigDecimal> expectedValueBps,
      Optional<Integer> breakEvenHours,
      Optional<BigDecimal> basisBps) {
    public static final Edge UNKNOWN =
        new Edge(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
  }

  public boolean isLeave() {
    return switch (stance) {
      case ENTER, KEEP -> false;
      case LEAVE_RATE, LEAVE_VALUE, LEAVE_ROTATION -> true;
    };
  }
}
