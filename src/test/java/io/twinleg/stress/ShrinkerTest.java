package io.twinleg.stress;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.core.event.Event;
import io.twinleg.stress.SimulationBatch.MutationHook;
import io.twinleg.stress.invariants.Violation;
import io.twinleg.venue.Venue;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A planted violation, and the least that leads to it. */
class ShrinkerTest {
  private static final StressScenario ALL_FAULTS =
      StressScenarios.of(Duration.ofHours(12), FaultKind.all());

  /** Fetches nothing that was missed, so it violates an invariant after an untimely crash. */
  private static final MutationHook WITHOUT_BACKFILL =
      new MutationHook() {
        @Override
        public Venue venue(Venue venue) {
          return new MutatedVenue(venue) {
            @Override
            public List<Event> backfill() {
              return List.of();
            }
          };
        }
      };

  @Test
  void aViolationNeedsFewOfItsFaults() {
    SimulationBatch batch = new SimulationBatch(ALL_FAULTS, WITHOUT_BACKFILL);
    WorldResult broken = firstBroken(batch);
    Violation violation = broken.violation().orElseThrow();

    SimulationBatch.Shrunk least = batch.shrink(broken, 50);

    assertThat(least.faults())
        .hasSizeLessThan(ALL_FAULTS.schedule(broken.seed()).faults().size() / 2);
    assertThat(least.world().violation().orElseThrow().invariant())
        .isEqualTo(violation.invariant());
    assertThat(least.world().trace()).isNotEmpty();
  }

  @Test
  void theSameSeedShowsTheSameViolationAgain() {
    SimulationBatch batch = new SimulationBatch(ALL_FAULTS, WITHOUT_BACKFILL);
    WorldResult broken = firstBroken(batch);
    assertThat(batch.world(broken.seed(), 0)).isEqualTo(broken);
  }

  private static WorldResult firstBroken(SimulationBatch batch) {
    for (long seed = 1; seed <= 50; seed++) {
      WorldResult world = batch.world(seed, 0);
      if (world.violation().isPresent()) {
        return world;
      }
    }
    throw new AssertionError("not caught in 50 worlds");
  }
}
