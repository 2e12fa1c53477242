package io.twinleg.core.execution.pricing;

/** How the two legs of an entry are to be brought together (specification 2.3). */
public enum LegMode {
  /** Rest on spot; hedge each fill with an IOC on the perp. */
  SPOT_FIRST,
  /** Rest on the perp; hedge each fill with an IOC on spot. */
  PERP_FIRST,
  /** Rest on the leg with the thinner book, take on the deeper one: chosen anew for each round. */
  AUTO,
  /** Take both legs with two IOC orders in one message. */
  BATCH,
  /** As the original: both legs rest; a fill without its partner starts the repair. */
  BOTH
}
