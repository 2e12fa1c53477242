package io.twinleg.venue.transport;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next try: twice as long each time, up to a limit, and each wait drawn
 * between half and all of that, so that a thousand clients of a venue that comes back do not come
 * back together.
 */
public final class Backoff {
  private final Duration first;
  private final Duration longest;
  private final RandomGenerator chance;
  private Duration next;

  public Backoff(Duration first, Duration longest, RandomGenerator chance) {
    this.first = first;
    this.longest = longest;
    this.chance = chance;
    next = first;
  }

  public Duration next() {
    long whole = next.toNanos();
    Duration doubled = next.multipliedBy(2);
    next = doubled.compareTo(longest) < 0 ? doubled : longest;
    return Duration.ofNanos(whole / 2 + chance.nextLong(whole / 2 + 1));
  }

  /** It worked: the next trouble starts small again. */
  public void reset() {
    next = first;
  }
}
