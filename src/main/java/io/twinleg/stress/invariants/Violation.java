package io.twinleg.stress.invariants;

import java.time.Instant;

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
}
