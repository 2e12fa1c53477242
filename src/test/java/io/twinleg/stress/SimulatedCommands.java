package io.twinleg.stress;

import io.twinleg.stress.SimulationBatch.MutationHook;
import io.twinleg.digest.CommandLog;
import io.twinleg.digest.LoggedJournal;
import io.twinleg.journal.Journal;
import java.time.Duration;

/** What {@code simulate} does with the example configuration and all faults, world by world. */
public final class SimulatedCommands {
  private static final StressScenario HOSTILE =
      StressScenarios.of(Duration.ofHours(24), FaultKind.all());

  private SimulatedCommands() {}

  /** The commands of every life of a world, also those that a life did not come to write down. */
  public static CommandLog ofWorld(long seed) {
    CommandLog log = new CommandLog();
    MutationHook logged =
        new MutationHook() {
          @Override
          public Journal journal(Journal journal) {
            return new LoggedJournal(journal, log);
          }
        };
    WorldResult world = new SimulationBatch(HOSTILE, logged).world(seed, 0);
    world
        .violation()
        .ifPresent(violation -> {
          throw new AssertionError("world " + seed + " breaks " + violation);
        });
    return log;
  }
}
