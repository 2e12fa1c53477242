package io.hypercarry.core.model;

/**
 * What risk asks of the pairs, whatever the strategy wants. In rising strength; the strongest that
 * holds is told.
 *
 * @param reason in an operator's words, for the log
 */
public record Demand(Strength strength, String reason) {
  public enum Strength {
    NONE,
    /** Entries stop; repair, exit and margin go on. */
    NO_NEW_RISK,
    /** Also cancel every order of ours that adds exposure. */
    CANCEL_OWN,
    /** Also close both legs, without cooldown or debounce. */
    EXIT
  }

  public static final Demand NONE = new Demand(Strength.NONE, "");

  public boolean forbidsNewRisk() {
    return strength != Strength.NONE;
  }

  public boolean isExit() {
    return strength == Strength.EXIT;
  }

  public Demand strongest(Demand other) {
    return other.strength.compareTo(strength) > 0 ? other : this;
  }
}
