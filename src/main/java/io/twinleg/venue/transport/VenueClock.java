package io.twinleg.venue.transport;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * The clock of a run: its start, and the monotonic time since. A step of the wall clock moves no
 * timer. At a simulated exchange that runs faster than real time, this is the exchange's clock. The
 * venue's own clock is this one plus the measured {@link #offset}: whatever the venue judges is
 * dated by {@link #venueNow}.
 */
public final class VenueClock implements InstantSource {
  private final Instant start;
  private final BigDecimal speed;
  private final LongSupplier nanos;
  private final long startNanos;
  private final ClockOffset offset = new ClockOffset();

  private VenueClock(Instant start, BigDecimal speed, LongSupplier nanos) {
    this.start = start;
    this.speed = speed;
    this.nanos = nanos;
    startNanos = nanos.getAsLong();
  }

  /** The wall clock as it stands now, at normal speed. */
  public static VenueClock wall() {
    return from(Instant.now(), BigDecimal.ONE, System::nanoTime);
  }

  public static VenueClock from(Instant start, BigDecimal speed, LongSupplier nanos) {
    if (speed.signum() <= 0) {
      throw new IllegalArgumentException("a clock's speed is above 0, found " + speed);
    }
    return new VenueClock(start, speed, nanos);
  }

  @Override
  public Instant instant() {
    long passed = nanos.getAsLong() - startNanos;
    return start.plusNanos(speed.compareTo(BigDecimal.ONE) == 0 ? passed : scaled(passed, speed));
  }

  /** The samples of the venue's clock, read against this one. */
  public ClockOffset offset() {
    return offset;
  }

  /** The venue's time, as far as it was measured. */
  public Instant venueNow() {
    return instant().plus(offset.median().orElse(Duration.ZERO));
  }

  /** Seconds of the venue's clock in one of ours. */
  public BigDecimal speed() {
    return speed;
  }

  /** The venue's time that passes in this much real time. */
  public Duration venueTime(Duration real) {
    return Duration.ofNanos(scaled(real.toNanos(), speed));
  }

  /** The real time in which this much of the venue's time passes. */
  public Duration realTime(Duration venue) {
    BigDecimal nanosOfOurs =
        new BigDecimal(venue.getSeconds())
            .scaleByPowerOfTen(9)
            .add(BigDecimal.valueOf(venue.getNano()))
            .divide(speed, 0, RoundingMode.CEILING);
    return Duration.ofNanos(nanosOfOurs.min(BigDecimal.valueOf(Long.MAX_VALUE)).longValueExact());
  }

  private static long scaled(long nanos, BigDecimal by) {
    return BigDecimal.valueOf(nanos).multiply(by).setScale(0, RoundingMode.FLOOR).longValueExact();
  }
}
