package io.twinleg.runtime;

import io.twinleg.venue.EventSource;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * A virtual clock held to a multiple of the wall's: what is due at a virtual instant is not let
 * through before the wall has come there. What happens is the same at any pace; only how soon it is
 * seen changes.
 */
public final class ClockThrottle implements EventSource {
  private static final Duration LONGEST_SLEEP = Duration.ofMillis(50);

  private final EventSource source;
  private final BigDecimal speed;
  private final InstantSource wall;
  private Optional<Instant> wallStart = Optional.empty();
  private Instant virtualStart = Instant.EPOCH;

  /**
   * @param speed virtual seconds a second of the wall
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

  /** Comes back with nothing, before {@code until}, often enough for an operator to be heard. */
  @Override
  public Optional<EventSource.Received> await(Instant until) {
    Instant allowed = allowed();
    Optional<EventSource.Received> arrival =
        source.await(allowed.isBefore(until) ? allowed : until);
    if (arrival.isEmpty() && allowed.isBefore(until)) {
      sleep();
    }
    return arrival;
  }

  private Instant allowed() {
    if (wallStart.isEmpty()) {
      wallStart = Optional.of(wall.instant());
      virtualStart = source.clock().instant();
    }
    BigDecimal elapsed =
        BigDecimal.valueOf(Duration.between(wallStart.get(), wall.instant()).toMillis());
    long virtual = elapsed.multiply(speed).setScale(0, RoundingMode.DOWN).longValueExact();
    Instant there = virtualStart.plusMillis(virtual);
    Instant now = source.clock().instant();
    return there.isBefore(now) ? now : there;
  }

  private static void sleep() {
    try {
      Thread.sleep(LONGEST_SLEEP);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }
}
