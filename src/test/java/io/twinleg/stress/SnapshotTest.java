package io.twinleg.stress;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.core.Engine;
import io.twinleg.core.EngineOutput;
import io.twinleg.core.event.Event;
import io.twinleg.core.event.SequencedEvent;
import io.twinleg.journal.ForwardingJournal;
import io.twinleg.journal.Journal;
import io.twinleg.snapshot.StateCodec;
import io.twinleg.snapshot.StateComparison;
import io.twinleg.stress.SimulationBatch.MutationHook;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * A state that was written and restored is the state itself, at any point of any run, and decides
 * all that follows as the other would have. {@code -Dsnapshot.worlds=1000} for more than a sample.
 */
@Execution(ExecutionMode.CONCURRENT)
class SnapshotTest {
  private static final int WORLDS = Integer.getInteger("snapshot.worlds", 4);
  private static final int POINTS = 3;

  private final StateCodec codec = new StateCodec();

  @Test
  void aRestoredStateIsTheStateAndDecidesTheSame() {
    long withPosition = 0;
    for (int world = 0; world < WORLDS; world++) {
      long seed = 9100 + world;
      StressScenario scenario =
          StressScenarios.of(Duration.ofHours(8), Arrays.asList(FaultKind.values()));
      List<SequencedEvent> events = eventsOf(seed, scenario);
      Random random = new Random(seed);
      for (int i = 0; i < POINTS; i++) {
        withPosition += restoredAt(random.nextInt(events.size()), events, scenario, seed) ? 1 : 0;
      }
    }
    assertThat(withPosition).as("points at which something was held").isPositive();
  }

  /** What the runs of one world saw, all restarts in it. */
  private static List<SequencedEvent> eventsOf(long seed, StressScenario scenario) {
    List<SequencedEvent> events = new ArrayList<>();
    MutationHook recording =
        new MutationHook() {
          @Override
          public Journal journal(Journal journal) {
            return new ForwardingJournal(journal) {
              @Override
              public void append(SequencedEvent event) {
                // what a crash lost is written again under the same sequence
                while (!events.isEmpty() && events.getLast().sequence() >= event.sequence()) {
                  events.removeLast();
                }
                events.add(event);
                super.append(event);
              }
            };
          }
        };
    assertThat(
            new AdversarialRun(seed, scenario, scenario.schedule(seed), 0, recording)
                .run()
                .violation())
        .as("seed %s", seed)
        .isEmpty();
    return events;
  }

  /** Returns whether something was held there. */
  private boolean restoredAt(
      int point, List<SequencedEvent> events, StressScenario scenario, long seed) {
    Engine engine = new Engine(scenario.settings());
    for (SequencedEvent event : events.subList(0, point)) {
      apply(engine, event, scenario);
    }
    byte[] written = codec.write(engine);
    Engine restored = new Engine(scenario.settings());
    codec.restore(written, restored);
    restored.configure(scenario.settings());
    String where = "seed " + seed + " before event " + events.get(point).sequence();
    assertThat(StateComparison.differences(engine, restored)).as(where).isEmpty();
    assertThat(codec.write(restored)).as(where).isEqualTo(written);
    boolean held = engine.status().stream().anyMatch(market -> market.spot().isPositive());
    for (SequencedEvent event : events.subList(point, events.size())) {
      EngineOutput expected = apply(engine, event, scenario);
      assertThat(apply(restored, event, scenario)).as(where + ": " + event).isEqualTo(expected);
      assertThat(restored.wakeAt()).as(where).isEqualTo(engine.wakeAt());
    }
    assertThat(StateComparison.differences(engine, restored)).as(where + ", at the end").isEmpty();
    return held;
  }

  private static EngineOutput apply(Engine engine, SequencedEvent event, StressScenario scenario) {
    if (event.fact() instanceof Event.RunStarted) {
      engine.configure(scenario.settings());
    }
    return engine.apply(event);
  }
}
