package io.twinleg.core.risk;

import io.twinleg.core.model.Usd;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Watches the strategy's own equity against its peak (specification 1.9). The peak starts at zero
 * when the journal begins. A trip is latched: only an operator's resume takes it back.
 */
final class DrawdownGuard {
  private static final int EVALUATIONS = 3;
  private static final Duration SPAN = Duration.ofSeconds(2);

  /** A breach is evaluated this often though no data come, or it would never be counted out. */
  private static final Duration EVERY = Duration.ofSeconds(1);

  private Usd peak = Usd.ZERO;
  private Usd lastEquity = Usd.ZERO;
  private int breaches;
  private Optional<Instant> firstBreach = Optional.empty();
  private Instant lastEvaluation = Instant.MIN;
  private boolean tripped;

  /**
   * Returns whether this observation tripped it.
   *
   * @param most the drawdown that is too much
   */
  boolean observe(Usd equity, Usd most, Instant now) {
    peak = peak.max(equity);
    lastEquity = equity;
    lastEvaluation = now;
    Usd drawdown = drawdown();
    if (drawdown.isBelow(most)) {
      breaches = 0;
      firstBreach = Optional.empty();
      return false;
    }
    breaches++;
    Instant since = firstBreach.orElse(now);
    firstBreach = Optional.of(since);
    boolean lasting = breaches >= EVALUATIONS && !now.isBefore(since.plus(SPAN));
    boolean twice = drawdown.compareTo(most.times(BigDecimal.TWO)) >= 0;
    boolean trips = !tripped && (lasting || twice);
    tripped |= trips;
    return trips;
  }

  boolean isTripped() {
    return tripped;
  }

  /** When the next evaluation must not wait for data: a breach is being timed. */
  Optional<Instant> nextEvaluation() {
    return tripped ? Optional.empty() : firstBreach.map(since -> lastEvaluation.plus(EVERY));
  }

  Usd drawdown() {
    return peak.minus(lastEquity);
  }

  Usd lastEquity() {
    return lastEquity;
  }

  Usd peak() {
    return peak;
  }

  /**
   * An operator resumes: the peak is taken anew from here, or the guard would trip again at once.
   */
  void reset(Usd equity) {
    tripped = false;
    breaches = 0;
    firstBreach = Optional.empty();
    peak = equity;
    lastEquity = equity;
  }
}
