package io.twinleg.contract;

import java.math.BigDecimal;
import java.time.Duration;

/** How fast the exchanges of these tests run, and when their adapters count a book as stale. */
final class ClockPace {
  static final BigDecimal SPEED = new BigDecimal("10");
  static final Duration BOOK_AGE = Duration.ofMillis(1500);

  private ClockPace() {}
}
