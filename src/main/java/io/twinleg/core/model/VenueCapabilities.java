package io.twinleg.core.model;

import java.time.Duration;

/**
 * What a venue can do, reported as an event, so that nothing in the core depends on which venue it
 * is.
 *
 * @param batchAcrossLegs spot and perp orders may travel in one message
 * @param invalidateNonce a nonce can be used up without effect, which proves that an order with it
 *     never lands
 * @param clockSpeed how many times faster than the wall clock the venue's clock runs: 1, but for a
 *     simulated one. What waits for a wire waits so much longer by that clock.
 */
public record VenueCapabilities(
    boolean batchAcrossLegs,
    boolean invalidateNonce,
    boolean deadManSwitch,
    boolean moveCollateral,
    boolean feeInBase,
    AccountMode accountMode,
    int clockSpeed) {

  public VenueCapabilities {
    if (clockSpeed < 1) {
      throw new IllegalArgumentException("a clock runs at least at 1, found " + clockSpeed);
    }
  }

  public VenueCapabilities(
      boolean batchAcrossLegs,
      boolean invalidateNonce,
      boolean deadManSwitch,
      boolean moveCollateral,
      boolean feeInBase,
      AccountMode accountMode) {
    this(
        batchAcrossLegs, invalidateNonce, deadManSwitch, moveCollateral, feeInBase, accountMode, 1);
  }

  /** So much of the wall clock's time, as the venue's clock counts it. */
  public Duration onTheWire(Duration real) {
    return real.multipliedBy(clockSpeed);
  }
}
