package io.hypercarry.core.execution;

/** How the two legs of an entry are brought together (semantics 2.3). */
public enum LegMode {
  /** Rest on spot; hedge each fill with an IOC on the perp. */
  SPOT_FIRST,
  /** The original's way: both legs rest; a fill without its partner starts the repair. */
  BOTH
}
