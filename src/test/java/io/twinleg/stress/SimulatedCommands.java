package io.twinleg.stress;

import io.twinleg.digest.CommandLog;
import io.twinleg.digest.LoggedJournal;
import io.twinleg.journal.Journal;
import io.twinleg.stress.SimulationBatch.MutationHook;
import java.time.Duration;

/** What {@code simulate} does with the example configuration and all faults, world by world. */
public final class SimulatedCommands {
  private static final StressScenario ALL_FAULTS =
      StressScenarios.of(Duration.ofHours(24), FaultKind.all());

  private SimulatedCommands() {}

  /** The commands of every start in a world, also those that were not committed. */
  public static CommandLog ofWorld(long seed) {
    CommandLog log = new CommandLog();
    MutationHook logged =
        new MutationHook() {
          @Override
          public Journal journal(Journal journal) {
            return new LoggedJournal(journal, log);
          }
        };
    WorldResult world = new SimulationBatch(ALL_FAULTS, logged).world(seed, 0);
    world
        .violation()
        .ifPresent(violation -> {
          throw new AssertionError("world " + seed + " breaks " + violation);
        });
    return log;
  }
}
