package io.twinleg.core.execution;

import java.time.Instant;
import java.util.Optional;

/**
 * Time as a state sees it: asking whether an instant has come also asks to be woken at it. So no
 * deadline can be forgotten by whoever turns the clock.
 */
public final class Timers {
  private final Instant now;
  private Optional<Instant> next = Optional.empty();

  public Timers(Instant now) {
    this.now = now;
  }

  public Instant now() {
    return now;
  }

  public boolean passed(Instant deadline) {
    if (!now.isBefore(deadline)) {
      return true;
    }
    if (next.isEmpty() || deadline.isBefore(next.get())) {
      next = Optional.of(deadline);
    }
    return false;
  }

  /** The earliest instant asked about that has not come yet. */
  public Optional<Instant> next() {
    return next;
  }
}
