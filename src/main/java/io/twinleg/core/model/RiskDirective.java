package io.twinleg.core.model;

import java.math.BigDecimal;

/**
 * What risk asks of the pairs, whatever the strategy wants. In rising strength; the strongest that
 * holds is logged.
 *
 * @param reason in an operator's words, for the log
 * @param share how much of the position is to go: a part where it is to be reduced, else none or
 *     all
 */
public record RiskDirective(Strength strength, String reason, BigDecimal share) {
  public enum Strength {
    NONE,
    /** Entries stop; repair, exit and margin go on. */
    NO_NEW_RISK,
    /** Also cancel every order of ours that adds exposure. */
    CANCEL_OWN,
    /** Also close a part of both legs: the collateral carries no more. */
    REDUCE,
    /** The same before the venue does it: at twice the slippage, and before anything else. */
    REDUCE_AT_ONCE,
    /** Also close both legs, without cooldown or debounce. */
    EXIT
  }

  public static final RiskDirective NONE = new RiskDirective(Strength.NONE, "");

  public RiskDirective(Strength strength, String reason) {
    this(strength, reason, strength == Strength.EXIT ? BigDecimal.ONE : BigDecimal.ZERO);
  }

  public boolean forbidsNewRisk() {
    return strength != Strength.NONE;
  }

  public boolean isExit() {
    return strength == Strength.EXIT;
  }

  public boolean isReduction() {
    return strength == Strength.REDUCE || strength == Strength.REDUCE_AT_ONCE;
  }

  /** Nothing is waited for, and a worse price is better than none. */
  public boolean isUrgent() {
    return strength == Strength.REDUCE_AT_ONCE || strength == Strength.EXIT;
  }

  public RiskDirective strongest(RiskDirective other) {
    return other.strength.compareTo(strength) > 0 ? other : this;
  }
}
