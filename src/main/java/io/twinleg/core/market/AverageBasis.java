package io.twinleg.core.market;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Optional;

/** The mean of the mid basis over the last 24 hours, sampled at most once a minute. */
final class AverageBasis {
  private static final Duration EVERY = Duration.ofMinutes(1);
  private static final int SAMPLES = 24 * 60;

  private final ArrayDeque<BigDecimal> samples = new ArrayDeque<>();
  private final ArrayDeque<Instant> times = new ArrayDeque<>();
  private BigDecimal sum = BigDecimal.ZERO;
  private Instant next = Instant.MIN;

  void observe(Instant now, BigDecimal basis) {
    if (now.isBefore(next)) {
      return;
    }
    next = now.plus(EVERY);
    samples.addLast(basis);
    sum = sum.add(basis);
    if (samples.size() > SAMPLES) {
      sum = sum.subtract(samples.removeFirst());
    }
  }

  /**
   * The same of observations that may be any time apart: what is older than a day counts no more,
   * where a number of samples would be a day of minutes or two months of hours.
   */
  void observeAtAnyStep(Instant now, BigDecimal basis) {
    if (now.isBefore(next)) {
      return;
    }
    observe(now, basis);
    times.addLast(now);
    while (times.size() > samples.size()
        || !times.getFirst().isAfter(now.minus(EVERY.multipliedBy(SAMPLES)))) {
      times.removeFirst();
      if (times.size() < samples.size()) {
        sum = sum.subtract(samples.removeFirst());
      }
    }
  }

  /** Over what has been seen so far; empty before the first sample. */
  Optional<BigDecimal> mean() {
    return samples.isEmpty()
        ? Optional.empty()
        : Optional.of(sum.divide(BigDecimal.valueOf(samples.size()), MathContext.DECIMAL64));
  }
}
