package io.twinleg.core.risk;

import io.twinleg.core.model.RejectReason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.Map;

/** Counts what the venue refused, by reason, in any minute. */
public final class RejectRateBreaker {
  private static final int STORM = 10;
  private static final Duration WINDOW = Duration.ofSeconds(60);

  private final Map<RejectReason, ArrayDeque<Instant>> seen = new EnumMap<>(RejectReason.class);

  /** Returns whether this one makes it a storm. That an IOC found nothing is no refusal. */
  public boolean isStorm(RejectReason reason, Instant now) {
    if (reason == RejectReason.IOC_CANCEL) {
      return false;
    }
    ArrayDeque<Instant> times = seen.computeIfAbsent(reason, it -> new ArrayDeque<>());
    Instant horizon = now.minus(WINDOW);
    while (!times.isEmpty() && !times.peekFirst().isAfter(horizon)) {
      times.removeFirst();
    }
    times.addLast(now);
    return times.size() >= STORM;
  }

  public void forget() {
    seen.clear();
  }
}
