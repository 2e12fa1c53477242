package io.twinleg.core.model;

import java.time.Duration;
import java.time.Instant;

/**
 * One funding payment on a perp position.
 *
 * @param amount positive: received by us
 * @param position the signed size it was paid on, negative when short
 */
public record FundingPayment(
    InstrumentId instrument, Instant time, Usd amount, Quantity position, Rate rate) {

  /**
   * What makes it the same payment: a perp is settled at most once an hour, on the hour. A stream
   * and a list of payments may stamp one settlement some seconds apart, and so may a venue whose
   * clock was set.
   *
   * @param settlement the half hour nearest to the payment's time
   */
  public record Identity(InstrumentId instrument, Instant settlement) {
    private static final long SLOT_MS = Duration.ofMinutes(30).toMillis();

    public Identity {
      long nearest = Math.floorDiv(settlement.toEpochMilli() + SLOT_MS / 2, SLOT_MS) * SLOT_MS;
      settlement = Instant.ofEpochMilli(nearest);
    }
  }

  public Identity identity() {
    return new Identity(instrument, time);
  }
}
