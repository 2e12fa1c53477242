package io.hypercarry.venue.aster;

import io.hypercarry.core.event.Fact;
import io.hypercarry.venue.FactSource;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The facts on their way from the door's thread to the runner's. */
final class Inbox implements FactSource {
  private static final Duration LONGEST_WAIT = Duration.ofMillis(200);

  private final AsterClock clock;
  private final LinkedBlockingQueue<Arrival> waiting = new LinkedBlockingQueue<>();
  private volatile Optional<RuntimeException> broken = Optional.empty();

  Inbox(AsterClock clock) {
    this.clock = clock;
  }

  void add(Instant venueTime, Fact fact) {
    waiting.add(new Arrival(venueTime, clock.instant(), fact));
  }

  void add(Fact fact) {
    Instant now = clock.instant();
    waiting.add(new Arrival(now, now, fact));
  }

  @Override
  public InstantSource clock() {
    return clock;
  }

  /** The door itself has failed: whoever waits here must not go on as if it had not. */
  void fail(RuntimeException trouble) {
    broken = Optional.of(trouble);
  }

  /** Waits in pieces, so that an operator's word is heard meanwhile by whoever calls again. */
  @Override
  public Optional<Arrival> await(Instant until) {
    broken.ifPresent(trouble -> {
      throw new IllegalStateException("the door to Aster has broken", trouble);
    });
    Duration left = Duration.between(clock.instant(), until);
    if (left.isNegative() || left.isZero()) {
      return Optional.ofNullable(waiting.poll());
    }
    Duration longest = LONGEST_WAIT;
    boolean soon =
        left.compareTo(Duration.ofDays(1)) < 0 && clock.real(left).compareTo(longest) < 0;
    return poll(soon ? clock.real(left) : longest);
  }

  private Optional<Arrival> poll(Duration wait) {
    try {
      return Optional.ofNullable(waiting.poll(wait.toNanos(), TimeUnit.NANOSECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
