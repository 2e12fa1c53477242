package io.twinleg.venue.hyperliquid.order;

import io.twinleg.core.event.Command;
import io.twinleg.core.event.Command.PlaceOrder;
import io.twinleg.core.model.TimeInForce;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/**
 * How long an action may be under way before the venue refuses it (I8). A cancel carries no end:
 * late it is harmless, expired it costs five times the budget.
 */
final class Expiry {
  private static final Duration RESTS = Duration.ofSeconds(5);
  private static final Duration TAKES = Duration.ofSeconds(2);

  private Expiry() {}

  static boolean isUrgent(PlaceOrder place) {
    return switch (place.purpose()) {
      case HEDGE, REPAIR, UNWIND -> true;
      case ENTRY, EXIT -> place.timeInForce() == TimeInForce.IOC;
    };
  }

  /**
   * @param speed of the venue's clock: our own exchange may run faster than ours
   */
  static OptionalLong of(List<Command> group, long venueNow, BigDecimal speed) {
    if (!(group.get(0) instanceof PlaceOrder place)) {
      return OptionalLong.empty();
    }
    Duration life = isUrgent(place) ? TAKES : RESTS;
    long lifeMs = speed.multiply(BigDecimal.valueOf(life.toMillis())).longValue();
    return OptionalLong.of(venueNow + lifeMs);
  }
}
