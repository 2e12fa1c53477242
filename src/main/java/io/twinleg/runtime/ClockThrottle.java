package io.twinleg.runtime;

import io.twinleg.venue.EventSource;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An event source on a virtual clock, slowed down to a multiple of the wall clock: an event of a
 * virtual instant is not passed on before the wall clock has reached it. The events are the same at
 * any speed.
 */
public final class ClockThrottle implements EventSource {
  private static final Duration MAX_SLEEP = Duration.ofMillis(50);

  private final EventSource source;
  private final BigDecimal speed;
  private final InstantSource wall;
  private @Nullable Instant wallStart;
  private Instant virtualStart = Instant.EPOCH;

  /**
   * @param speed virtual seconds per second of the wall clock
   */
  public ClockThrottle(EventSource source, BigDecimal speed, InstantSource wall) {
    this.source = source;
    this.speed = speed;
    this.wall = wall;
  }

  @Override
  public InstantSource clock() {
    return source.clock();
  }

  /** Returns empty before {@code until} too, so that operator commands are read in between. */
  @Override
  public Optional<EventSource.Received> await(Instant until) {
    Instant allowed = allowed();
    Optional<EventSource.Received> received =
        source.await(allowed.isBefore(until) ? allowed : until);
    if (received.isEmpty() && allowed.isBefore(until)) {
      sleep();
    }
    return received;
  }

  private Instant allowed() {
    if (wallStart == null) {
      wallStart = wall.instant();
      virtualStart = source.clock().instant();
    }
    BigDecimal elapsed = BigDecimal.valueOf(Duration.between(wallStart, wall.instant()).toMillis());
    long virtual = elapsed.multiply(speed).setScale(0, RoundingMode.DOWN).longValueExact();
    Instant reached = virtualStart.plusMillis(virtual);
    Instant now = source.clock().instant();
    return reached.isBefore(now) ? now : reached;
  }

  private static void sleep() {
    try {
      Thread.sleep(MAX_SLEEP);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }
}
