package io.twinleg.core.execution;

/** Why a market is quarantined: nothing is begun in it until an operator resumes. */
public enum QuarantineReason {
  /** At a start the venue shows another position than the journal. */
  RECONCILE_MISMATCH("reconcile_mismatch", true),
  /** The venue has shown another position than the journal for ten seconds. */
  POSITION_MISMATCH("alignment", true),
  /** The venue shows a long perp where the strategy is short. */
  PERP_IS_LONG("perp_is_long", true),
  /** The venue keeps rejecting our prices as illegal. */
  PRICES_REJECTED("tick_rejected", false),
  /** {@code core.risk.PreTradeRisk} denied an order: the program is wrong. */
  ORDER_DENIED("order_denied", false);

  private final String logName;
  private final boolean positionDisputed;

  QuarantineReason(String logName, boolean positionDisputed) {
    this.logName = logName;
    this.positionDisputed = positionDisputed;
  }

  public String logName() {
    return logName;
  }

  /** Whether our position and the venue's differ: that stops entries in every market. */
  public boolean isPositionDisputed() {
    return positionDisputed;
  }
}
