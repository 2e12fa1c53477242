package io.twinleg.stress;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongConsumer;

/** Many worlds, one a seed, as many at a time as there are cores. */
public final class SimulationBatch {
  private final StressScenario scenario;
  private final MutationHook tampering;

  public SimulationBatch(StressScenario scenario) {
    this(scenario, MutationHook.NONE);
  }

  SimulationBatch(StressScenario scenario, MutationHook tampering) {
    this.scenario = scenario;
    this.tampering = tampering;
  }

  /**
   * The results in the order of the seeds, whoever was ready first.
   *
   * @param progress is told how many worlds are over, by one thread
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
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("the campaign was stopped", stopped);
      } catch (ExecutionException broken) {
        throw new IllegalStateException("a world broke: " + broken.getCause(), broken);
      }
      progress.accept(results.size());
    }
    return results;
  }

  /**
   * @param trace how many of the last things that happened are kept
   */
  public WorldResult world(long seed, int trace) {
    return world(seed, scenario.plan(seed), trace);
  }

  /** The same violation with the fewest faults, and the last that happened before it. */
  public Shrunk shrink(WorldResult broken, int trace) {
    String invariant = broken.violation().orElseThrow().invariant();
    FaultSchedule whole = scenario.plan(broken.seed());
    FaultSchedule fewest = new Shrinker(this, broken.seed(), invariant).shrink(whole);
    return new Shrunk(fewest.faults(), world(broken.seed(), fewest, trace));
  }

  /**
   * @param faults that are needed for it
   */
  public record Shrunk(List<InjectedFault> faults, WorldResult world) {
    public Shrunk {
      faults = List.copyOf(faults);
    }
  }

  WorldResult world(long seed, FaultSchedule plan, int trace) {
    return new AdversarialRun(seed, scenario, plan, trace, tampering).live();
  }
}
