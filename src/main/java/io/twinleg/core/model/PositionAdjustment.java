package io.twinleg.core.model;

/**
 * The books of one market set to what the venue shows, where no fill or payment explains it:
 * logged, journalled, and kept apart in PnL. What is taken in or given away counts at the prices of
 * the day.
 *
 * @param reason "adopted", "forced" or "settled"; of coins that left the account what they left by
 * @param shortPerp that is ours from now on, {@code foreignPerp} the rest of the position (signed)
 * @param ownedSpot that is ours from now on
 */
public record PositionAdjustment(
    MarketId market,
    String reason,
    Quantity shortPerp,
    Quantity foreignPerp,
    Quantity ownedSpot,
    Price perpPrice,
    Price spotPrice) {

  public PositionAdjustment {
    if (shortPerp.signum() < 0 || ownedSpot.signum() < 0) {
      throw new IllegalArgumentException("the books hold nothing negative: " + reason);
    }
  }
}
