package io.twinleg.stress;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.core.event.Event;
import io.twinleg.stress.invariants.Violation;
import io.twinleg.venue.Venue;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A planted violation, and the least that leads to it. */
class ShrinkerTest {
  private static final StressScenario HOSTILE =
      StressScenarios.of(Duration.ofHours(12), FaultKind.all());

  /** Asks for nothing that was missed, so it breaks when it dies at the wrong moment. */
  private static final MutationHook FORGETFUL =
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
    SimulationBatch campaign = new SimulationBatch(HOSTILE, FORGETFUL);
    WorldResult broken = firstBroken(campaign);
    Violation violation = broken.violation().orElseThrow();

    SimulationBatch.Shrunk least = campaign.shrink(broken, 50);

    assertThat(least.faults()).hasSizeLessThan(HOSTILE.plan(broken.seed()).faults().size() / 2);
    assertThat(least.world().violation().orElseThrow().invariant())
        .isEqualTo(violation.invariant());
    assertThat(least.world().trace()).isNotEmpty();
  }

  @Test
  void theSameSeedShowsTheSameViolationAgain() {
    SimulationBatch campaign = new SimulationBatch(HOSTILE, FORGETFUL);
    WorldResult broken = firstBroken(campaign);
    assertThat(campaign.world(broken.seed(), 0)).isEqualTo(broken);
  }

  private static WorldResult firstBroken(SimulationBatch campaign) {
    for (long seed = 1; seed <= 50; seed++) {
      WorldResult world = campaign.world(seed, 0);
      if (world.violation().isPresent()) {
        return world;
      }
    }
    throw new AssertionError("not caught in 50 worlds");
  }
}
