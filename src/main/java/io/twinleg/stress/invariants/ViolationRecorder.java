package io.twinleg.stress.invariants;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Keeps the first violation: what follows from it says nothing more. */
final class ViolationRecorder {
  private final InstantSource clock;
  private Optional<Violation> first = Optional.empty();

  ViolationRecorder(InstantSource clock) {
    this.clock = clock;
  }

  void require(boolean holds, String invariant, String text, Object... values) {
    if (!holds && first.isEmpty()) {
      Instant now = clock.instant();
      first = Optional.of(new Violation(invariant, now, text.formatted(values)));
    }
  }

  Optional<Violation> first() {
    return first;
  }
}
