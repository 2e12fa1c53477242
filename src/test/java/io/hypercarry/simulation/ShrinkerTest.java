package io.hypercarry.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.hypercarry.core.event.Fact;
import io.hypercarry.simulation.checker.Violation;
import io.hypercarry.venue.Venue;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A planted violation, and the least that leads to it. */
class ShrinkerTest {
  private static final Scenario HOSTILE = Scenarios.of(Duration.ofHours(12), Hazard.all());

  /** Asks for nothing that was missed, so it breaks when it dies at the wrong moment. */
  private static final Tampering FORGETFUL =
      new Tampering() {
        @Override
        public Venue venue(Venue venue) {
          return new TamperedVenue(venue) {
            @Override
            public List<Fact> missed() {
              return List.of();
            }
          };
        }
      };

  @Test
  void aViolationNeedsFewOfItsFaults() {
    Campaign campaign = new Campaign(HOSTILE, FORGETFUL);
    WorldResult broken = firstBroken(campaign);
    Violation violation = broken.violation().orElseThrow();

    Campaign.Shrunk least = campaign.shrink(broken, 50);

    assertThat(least.faults()).hasSizeLessThan(HOSTILE.plan(broken.seed()).faults().size() / 2);
    assertThat(least.world().violation().orElseThrow().invariant())
        .isEqualTo(violation.invariant());
    assertThat(least.world().trace()).isNotEmpty();
  }

  @Test
  void theSameSeedShowsTheSameViolationAgain() {
    Campaign campaign = new Campaign(HOSTILE, FORGETFUL);
    WorldResult broken = firstBroken(campaign);
    assertThat(campaign.world(broken.seed(), 0)).isEqualTo(broken);
  }

  private static WorldResult firstBroken(Campaign campaign) {
    for (long seed = 1; seed <= 50; seed++) {
      WorldResult world = campaign.world(seed, 0);
      if (world.violation().isPresent()) {
        return world;
      }
    }
    throw new AssertionError("not caught in 50 worlds");
  }
}
