package io.twinleg.core.model;

/**
 * The entry gates of specification 1.7, in their order: the first that refuses is the one that is
 * named.
 */
public enum EntryCheck {
  STATE,
  DATA_FRESH,
  SIGNAL,
  APR,
  EXPECTED_VALUE,
  /** The capital is in other markets. */
  ALLOCATION,
  BASIS,
  COOLDOWN,
  GUARD,
  OPEN_ORDERS,
  TARGET_REACHED,
  NOTIONAL_CAP,
  BALANCES,
  DEPTH,
  /** The pause between two rounds. */
  ROUND_PAUSE,
  RATE_BUDGET,
  COIN,
  /** Not a gate: an intent failed its own check. */
  PRE_TRADE_RISK
}
