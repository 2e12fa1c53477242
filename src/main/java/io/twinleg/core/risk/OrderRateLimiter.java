package io.twinleg.core.risk;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;

/**
 * New orders sent in the last 60 seconds. Everything sent is counted; only entries are ever held
 * back (1.10).
 */
final class OrderRateLimiter {
  private static final Duration WINDOW = Duration.ofSeconds(60);

  private final ArrayDeque<Instant> sent = new ArrayDeque<>();

  void count(Instant now) {
    forget(now);
    sent.addLast(now);
  }

  int used(Instant now) {
    forget(now);
    return sent.size();
  }

  private void forget(Instant now) {
    Instant horizon = now.minus(WINDOW);
    while (!sent.isEmpty() && !sent.peekFirst().isAfter(horizon)) {
      sent.removeFirst();
    }
  }
}
