package io.twinleg.core.strategy;

import java.util.Locale;

/** Why a market is held, left or waits; its name in lower case is in the journal. */
public enum AllocationReason {
  /** Held, and nothing is better by more than a move costs. */
  HELD,
  AMONG_THE_BEST,
  ROTATED_IN,
  ROTATED_OUT,
  /** More markets are held than may be. */
  TOO_MANY_POSITIONS,
  /** The costs are earned back, and the expected rate is at or below the exit threshold. */
  EXIT_THRESHOLD,
  /** Staying over the horizon is expected to cost more than leaving and coming back. */
  STAYING_COSTS_MORE,
  /** Something is under way or unknown. */
  UNRESOLVED,
  /** Halted, delisted, stale, in quarantine, or entries are forbidden. */
  NOT_TRADABLE,
  NOT_AMONG_THE_BEST,
  /** What lies at its venue is taken by other positions there, or less than half a part. */
  NO_MONEY_AT_VENUE,
  /** Caps or the depth of the books leave less than a position is worth. */
  TOO_THIN_OR_CAPPED,
  /** The history of its rates is too short, or has gaps. */
  NO_FORECAST,
  /** A book is missing, or too thin for a clip. */
  NO_PRICES,
  BELOW_ENTRY_THRESHOLD,
  BELOW_ITS_COSTS;

  public String logName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
