package io.twinleg.core.risk;

/** What stops entries until an operator resumes, by itself (2.14). */
public enum HaltReason {
  /** Several orders at once whose outcome is unknown. */
  UNKNOWN_INTENTS,
  /** The venue keeps rejecting for one and the same reason. */
  REJECT_STORM,
  /** Our books and the venue's disagree. */
  RECONCILE_MISMATCH,
  /** The clocks are so far apart that what is sent may be refused as too old. */
  CLOCK_SKEW,
  /** Less collateral than the positions must keep: the venue may close them any moment. */
  NEGATIVE_MARGIN,
  /** A fill at a price that its order forbade. */
  IMPOSSIBLE_FILL
}
