package io.hypercarry.venue.aster;

import io.hypercarry.core.event.Fact;
import io.hypercarry.venue.link.Skew;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * The clock that the runner lives by: set once, then driven by the monotonic one, so that a step of
 * the machine's clock moves no timer. What the venue's clock shows beyond it is measured again and
 * again, and is used for stamps alone.
 */
final class AsterClock implements InstantSource {
  private final Skew skew = new Skew();
  private final Instant base;
  private final long baseNanos = System.nanoTime();
  private final BigDecimal speed;
  private volatile long venueAheadMs;

  /**
   * @param speed of a venue whose time runs faster than the wall's: 1 for any real one
   */
  AsterClock(Instant base, BigDecimal speed) {
    this.base = base;
    this.speed = speed;
  }

  @Override
  public Instant instant() {
    BigDecimal elapsed = speed.multiply(BigDecimal.valueOf(System.nanoTime() - baseNanos));
    return base.plusNanos(elapsed.longValue());
  }

  /** The venue's time, as far as it is known. */
  long venueMillis() {
    return instant().toEpochMilli() + venueAheadMs;
  }

  /** The answer is taken to have been made half way between question and answer. */
  Optional<Fact> measured(long serverTime, Instant before, Instant after) {
    long middle = (before.toEpochMilli() + after.toEpochMilli()) / 2;
    venueAheadMs = serverTime - middle;
    return skew.look(before, Instant.ofEpochMilli(serverTime), after);
  }

  /** How long a span of the venue's time takes here, at least a millisecond. */
  Duration real(Duration ofVenue) {
    long nanos =
        BigDecimal.valueOf(ofVenue.toNanos()).divide(speed, 0, RoundingMode.CEILING).longValue();
    return Duration.ofNanos(Math.max(nanos, 1_000_000));
  }

  BigDecimal speed() {
    return speed;
  }
}
