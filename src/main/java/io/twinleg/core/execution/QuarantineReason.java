package io.twinleg.core.execution;

/** Why a market is quarantined: nothing is begun in it until an operator resumes. */
public enum QuarantineReason {
  /** At a start the venue shows another position than the journal. */
  RECONCILE_MISMATCH("reconcile_mismatch", true, QuarantineReason.COMPARE),
  /** The venue has shown another position than the journal for ten seconds. */
  POSITION_MISMATCH("alignment", true, QuarantineReason.COMPARE),
  /** The venue shows a long perp where the strategy is short. */
  PERP_IS_LONG("perp_is_long", true, "close the long at the venue by hand, then resume"),
  /** The venue keeps rejecting our prices as illegal. */
  PRICES_REJECTED(
      "tick_rejected", false, "compare the market's tick with the venue's rules, then resume"),
  /** {@code core.risk.PreTradeRisk} denied an order: the program is wrong. */
  ORDER_DENIED("order_denied", false, "report the line order_denied before this, then resume");

  private static final String COMPARE =
      "bring the venue's position to the journal's by hand (trade the difference there), then"
          + " resume";

  private final String logName;
  private final boolean positionDisputed;
  private final String instruction;

  QuarantineReason(String logName, boolean positionDisputed, String instruction) {
    this.logName = logName;
    this.positionDisputed = positionDisputed;
    this.instruction = instruction;
  }

  /** What an operator does about it, in one sentence. */
  public String instruction() {
    return instruction;
  }

  public String logName() {
    return logName;
  }

  /** Whether our position and the venue's differ: that stops entries in every market. */
  public boolean isPositionDisputed() {
    return positionDisputed;
  }

  /**
   * For an operator: why, what differs and what to do.
   *
   * @param found what differs, on both sides, {@code {}} for nothing
   */
  String text(String found) {
    return logName() + (found.equals("{}") ? "" : " " + found) + ": " + instruction();
  }
}
