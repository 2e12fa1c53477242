package io.twinleg.venue.aster;

import io.twinleg.core.event.Event;
import io.twinleg.core.model.ClockSkew;
import io.twinleg.venue.VenueException;
import io.twinleg.venue.transport.VenueClock;
import io.twinleg.wire.aster.ServerTime;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/**
 * The clock of a run, and the offset of Aster's clock from it. A simulated exchange may run faster
 * than real time and states its speed: a run there uses the exchange's clock, and its offset is not
 * judged.
 */
final class AsterClockSync {
  private final VenueClock clock;
  private final boolean atRealTime;

  private AsterClockSync(VenueClock clock, boolean atRealTime) {
    this.clock = clock;
    this.atRealTime = atRealTime;
  }

  /** For the first request, before there is a clock; it is not stamped. */
  static AsterClockSync unknown() {
    return new AsterClockSync(VenueClock.wall(), true);
  }

  /**
   * @param wall our clock, and what it showed when the time was {@code requested}
   */
  static AsterClockSync of(VenueClock wall, Instant requested, ServerTime response) {
    Instant venue = Instant.ofEpochMilli(response.time());
    if (response.speed().compareTo(BigDecimal.ONE) != 0) {
      return new AsterClockSync(VenueClock.from(venue, response.speed(), System::nanoTime), false);
    }
    AsterClockSync time = new AsterClockSync(wall, true);
    wall.offset().addSample(requested, venue, wall.instant());
    return time;
  }

  /** Whether no further sample is needed. */
  boolean isCertain() {
    return !atRealTime || clock.offset().isCertain();
  }

  AsterClockSync addSample(Instant requested, ServerTime response) {
    clock.offset().addSample(requested, Instant.ofEpochMilli(response.time()), clock.instant());
    return this;
  }

  /**
   * @throws VenueException where this machine's clock is too far off for any run
   */
  void requireSmallOffset() {
    if (atRealTime && clock.offset().verdict() == ClockSkew.Verdict.NO_RUN) {
      Duration ahead = clock.offset().median().orElseThrow().negated();
      throw new VenueException(
          "this machine's clock is %d s %s Aster's: set it by NTP and start again"
              .formatted(ahead.abs().toSeconds(), ahead.isNegative() ? "behind" : "ahead of"),
          false);
    }
  }

  VenueClock clock() {
    return clock;
  }

  /** Adds a sample; publishes an event when the verdict changes. */
  void update(Instant requested, ServerTime response, Consumer<Event> listener) {
    Instant venue = Instant.ofEpochMilli(response.time());
    if (atRealTime) {
      clock.offset().update(requested, venue, clock.instant()).ifPresent(listener);
    }
  }

  /** Whether the clocks agree: while they do not, no entry follows from the venue's data. */
  boolean agrees() {
    return !atRealTime || !clock.offset().forbidsEntries();
  }

  /** The venue's time as far as it is known, by which it judges a stamp. */
  long millis() {
    return clock.venueNow().toEpochMilli();
  }
}
