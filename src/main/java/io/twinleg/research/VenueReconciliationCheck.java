package io.twinleg.research;

import io.twinleg.core.model.Usd;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/**
 * Our net against what the venue says that the account is worth.
 *
 * @param at when the venue said it
 * @param ours our net at that instant, of all markets
 * @param venue what the account has gained since the journal's first report: quote, coins at the
 *     spot's price and perp equity, less transfers. Our own coins stand at the same price on both
 *     sides
 * @param bookedSince fills and payments that no later report has confirmed
 * @param obstacle why there is nothing to compare; empty when there is
 */
record VenueReconciliationCheck(
    Optional<Instant> at,
    Optional<Usd> ours,
    Optional<Usd> venue,
    long bookedSince,
    Optional<String> obstacle) {
  /** What a division into an average may leave behind. */
  private static final BigDecimal TOLERANCE = new BigDecimal("0.00000001");

  static VenueReconciliationCheck impossible(String obstacle) {
    return new VenueReconciliationCheck(
        Optional.empty(), Optional.empty(), Optional.empty(), 0, Optional.of(obstacle));
  }

  Optional<Usd> difference() {
    return ours.flatMap(mine -> venue.map(mine::minus));
  }

  /** Whether both agree to 1e-8; empty when there is nothing to compare. */
  Optional<Boolean> foots() {
    return difference().map(gap -> gap.abs().value().compareTo(TOLERANCE) <= 0);
  }
}
