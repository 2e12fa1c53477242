package io.twinleg.stress;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The machine's wall clock, which somebody may set. */
final class AdjustableClock implements InstantSource {
  private final InstantSource truth;
  private Duration off = Duration.ZERO;

  AdjustableClock(InstantSource truth) {
    this.truth = truth;
  }

  void jump(Duration by) {
    off = off.plus(by);
  }

  @Override
  public Instant instant() {
    return truth.instant().plus(off);
  }
}
