package io.twinleg.stress;

import io.twinleg.stress.invariants.CheckResult;
import io.twinleg.stress.invariants.Violation;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How one world ended.
 *
 * @param counts how often the runner told what, by the names of its notes
 * @param trace the last that happened, where it was asked for
 */
public record WorldResult(
    long seed,
    CheckResult findings,
    Optional<Violation> violation,
    Map<String, Integer> counts,
    int lives,
    long events,
    List<String> trace) {
  public WorldResult {
    trace = List.copyOf(trace);
  }

  public int count(String note) {
    return counts.getOrDefault(note, 0);
  }
}
