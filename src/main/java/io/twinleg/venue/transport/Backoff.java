package io.twinleg.venue.transport;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * The waits between attempts: each twice as long as the one before, up to a limit, and drawn
 * between half and all of that, so that many clients do not return to a venue at the same time.
 */
public final class Backoff {
  private final Duration first;
  private final Duration max;
  private final RandomGenerator random;
  private Duration next;

  public Backoff(Duration first, Duration max, RandomGenerator random) {
    this.first = first;
    this.max = max;
    this.random = random;
    next = first;
  }

  public Duration next() {
    long whole = next.toNanos();
    Duration doubled = next.multipliedBy(2);
    next = doubled.compareTo(max) < 0 ? doubled : max;
    return Duration.ofNanos(whole / 2 + random.nextLong(whole / 2 + 1));
  }

  /** Starts again with the first wait, after a success. */
  public void reset() {
    next = first;
  }
}
