package io.twinleg.core.model;

/** Whose doing a fill was. */
public enum FillOrigin {
  /** An order: ours where it bears our id, else the owner's own. */
  ORDER,
  /** The venue closed a position that its collateral could no longer carry. */
  LIQUIDATION,
  /** The venue closed a position against a bankrupt one: auto-deleveraging. */
  DELEVERAGING,
  /** The venue sold a remainder too small to trade, or settled a perp that it delisted. */
  VENUE
}
