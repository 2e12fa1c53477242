package io.twinleg.stress;

import io.twinleg.journal.Journal;
import io.twinleg.stress.FaultSchedule.InjectedFault;
import io.twinleg.venue.Venue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongConsumer;
import java.util.function.LongFunction;

/** Many worlds, one a seed, as many at a time as there are cores. */
public final class SimulationBatch {
  private final LongFunction<StressScenario> scenarios;
  private final MutationHook mutation;

  public SimulationBatch(StressScenario scenario) {
    this(scenario, MutationHook.NONE);
  }

  /**
   * @param scenarios of each seed, always the same for the same seed
   */
  public SimulationBatch(LongFunction<StressScenario> scenarios) {
    this(scenarios, MutationHook.NONE);
  }

  SimulationBatch(StressScenario scenario, MutationHook mutation) {
    this(seed -> scenario, mutation);
  }

  private SimulationBatch(LongFunction<StressScenario> scenarios, MutationHook mutation) {
    this.scenarios = scenarios;
    this.mutation = mutation;
  }

  /**
   * The results in the order of the seeds.
   *
   * @param progress receives the number of finished worlds, on the calling thread
   */
  public List<WorldResult> run(long first, long last, LongConsumer progress) {
    int threads = Runtime.getRuntime().availableProcessors();
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      List<Future<WorldResult>> under = new ArrayList<>();
      for (long seed = first; seed <= last; seed++) {
        long each = seed;
        under.add(pool.submit(() -> world(each, 0)));
      }
      return gather(under, progress);
    }
  }

  private static List<WorldResult> gather(List<Future<WorldResult>> under, LongConsumer progress) {
    List<WorldResult> results = new ArrayList<>();
    for (Future<WorldResult> each : under) {
      try {
        results.add(each.get());
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("the simulation was interrupted", interrupted);
      } catch (ExecutionException broken) {
        throw new IllegalStateException("a world failed: " + broken.getCause(), broken);
      }
      progress.accept(results.size());
    }
    return results;
  }

  /**
   * @param trace how many of the last lines are kept
   */
  public WorldResult world(long seed, int trace) {
    return world(seed, scenarios.apply(seed).schedule(seed), trace);
  }

  /** The same violation with the fewest faults, and the last lines before it. */
  public Shrunk shrink(WorldResult broken, int trace) {
    String invariant = broken.violation().orElseThrow().invariant();
    FaultSchedule whole = scenarios.apply(broken.seed()).schedule(broken.seed());
    FaultSchedule fewest = new Shrinker(this, broken.seed(), invariant).shrink(whole);
    return new Shrunk(fewest.faults(), world(broken.seed(), fewest, trace));
  }

  /**
   * @param faults that the violation needs
   */
  public record Shrunk(List<InjectedFault> faults, WorldResult world) {
    public Shrunk {
      faults = List.copyOf(faults);
    }
  }

  WorldResult world(long seed, FaultSchedule schedule, int trace) {
    return new AdversarialRun(seed, scenarios.apply(seed), schedule, trace, mutation).run();
  }

  /**
   * Finds the fewest faults with which a world still violates the same invariant: leaves out ever
   * smaller parts of the schedule while the violation stays.
   */
  private static final class Shrinker {
    /** A world takes about a second at most: a trace within a minute. */
    private static final int MAX_TRIES = 60;

    private final SimulationBatch batch;
    private final long seed;
    private final String invariant;
    private int tries;

    Shrinker(SimulationBatch batch, long seed, String invariant) {
      this.batch = batch;
      this.seed = seed;
      this.invariant = invariant;
    }

    FaultSchedule shrink(FaultSchedule whole) {
      List<Integer> kept =
          new ArrayList<>(whole.faults().stream().map(InjectedFault::number).toList());
      int part = Math.max(1, kept.size() / 2);
      while (part >= 1 && tries < MAX_TRIES) {
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
      for (int from = 0; from < kept.size() && tries < MAX_TRIES; from += part) {
        List<Integer> fewer = new ArrayList<>(kept.subList(0, from));
        fewer.addAll(kept.subList(Math.min(kept.size(), from + part), kept.size()));
        if (stillBreaks(whole.only(new TreeSet<>(fewer)))) {
          return Optional.of(fewer);
        }
      }
      return Optional.empty();
    }

    private boolean stillBreaks(FaultSchedule schedule) {
      tries++;
      return batch
          .world(seed, schedule, 0)
          .violation()
          .filter(it -> it.invariant().equals(invariant))
          .isPresent();
    }
  }

  /**
   * Wraps the venue and the journal of the runner. Does nothing outside tests, where a planted
   * mistake must be caught.
   */
  interface MutationHook {
    MutationHook NONE = new MutationHook() {};

    default Venue venue(Venue venue) {
      return venue;
    }

    default Journal journal(Journal journal) {
      return journal;
    }
  }
}
