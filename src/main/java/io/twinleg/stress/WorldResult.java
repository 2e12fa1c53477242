package io.twinleg.stress;

import io.twinleg.stress.invariants.CheckResult;
import io.twinleg.stress.invariants.Violation;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The result of one world.
 *
 * @param counts of the log events, by their names
 * @param starts of the runner, the first included
 * @param lastEnd why the runner last ended by itself; blank where it never did
 * @param trace the last lines, where they were requested
 */
public record WorldResult(
    long seed,
    CheckResult result,
    Optional<Violation> violation,
    Map<String, Integer> counts,
    int starts,
    String lastEnd,
    long events,
    List<String> trace) {
  public WorldResult {
    trace = List.copyOf(trace);
  }

  public int count(String note) {
    return counts.getOrDefault(note, 0);
  }
}
