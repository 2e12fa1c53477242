package io.twinleg.stress;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Looks for the fewest faults with which a world still breaks the same invariant: leaves out ever
 * smaller parts of the plan for as long as that changes nothing.
 */
final class Shrinker {
  /** A world takes about a second at worst; nobody waits longer than a minute for a trace. */
  private static final int TRIES = 60;

  private final SimulationBatch campaign;
  private final long seed;
  private final String invariant;
  private int tries;

  Shrinker(SimulationBatch campaign, long seed, String invariant) {
    this.campaign = campaign;
    this.seed = seed;
    this.invariant = invariant;
  }

  FaultSchedule shrink(FaultSchedule whole) {
    List<Integer> kept =
        new ArrayList<>(whole.faults().stream().map(InjectedFault::number).toList());
    int part = Math.max(1, kept.size() / 2);
    while (part >= 1 && tries < TRIES) {
      Optional<List<Integer>> fewer = without(whole, kept, part);
      if (fewer.isPresent()) {
        kept = fewer.get();
        part = Math.min(part, Math.max(1, kept.size() / 2));
      } else if (part == 1) {
        break;
      } else {
        part = part / 2;
      }
    }
    return whole.only(new TreeSet<>(kept));
  }

  /** The first part of this size that is not needed is left out. */
  private Optional<List<Integer>> without(FaultSchedule whole, List<Integer> kept, int part) {
    for (int from = 0; from < kept.size() && tries < TRIES; from += part) {
      List<Integer> fewer = new ArrayList<>(kept.subList(0, from));
      fewer.addAll(kept.subList(Math.min(kept.size(), from + part), kept.size()));
      if (stillBreaks(whole.only(new TreeSet<>(fewer)))) {
        return Optional.of(fewer);
      }
    }
    return Optional.empty();
  }

  private boolean stillBreaks(FaultSchedule plan) {
    tries++;
    return campaign
        .world(seed, plan, 0)
        .violation()
        .filter(it -> it.invariant().equals(invariant))
        .isPresent();
  }
}
