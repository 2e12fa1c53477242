package io.twinleg.stress.invariants;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An invariant that did not hold, with the numbers that were compared.
 *
 * @param invariant I1 to I13
 */
public record Violation(String invariant, Instant at, String text) {
  @Override
  public String toString() {
    return invariant + " at " + at + ": " + text;
  }

  /** Keeps the first violation: later ones may follow from it. */
  static final class ViolationRecorder {
    private final InstantSource clock;
    private @Nullable Violation first;

    ViolationRecorder(InstantSource clock) {
      this.clock = clock;
    }

    void require(boolean holds, String invariant, String text, Object... values) {
      if (!holds && first == null) {
        Instant now = clock.instant();
        first = new Violation(invariant, now, text.formatted(values));
      }
    }

    Optional<Violation> first() {
      return Optional.ofNullable(first);
    }
  }
}
