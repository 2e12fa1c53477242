package io.twinleg.contract;

import java.math.BigDecimal;
import java.time.Duration;

/** The clock speed of the exchanges of these tests, and the maximum ages at their adapters. */
final class ClockPace {
  static final BigDecimal SPEED = new BigDecimal("10");
  static final Duration BOOK_AGE = Duration.ofMillis(1500);

  private ClockPace() {}
}
