package io.twinleg.stress;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.scenario.Scenario;
import io.twinleg.stress.Summary.Distribution;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Resting orders are filled when the price moves on against them: simulate reports by how much. */
class MakerMarkoutTest {
  private static final int WORLDS = 100;
  private static final long SEED = 6;

  @Test
  @Scenario("M06")
  @DisplayName("M06: the markout of bids that were hit is counted in 100 worlds and reported")
  void M06_theMarkoutOfAMakerIsReported() {
    SimulationBatch batch =
        new SimulationBatch(StressScenarios.of(Duration.ofMinutes(30), List.of()));
    Summary summary = new Summary(batch.run(SEED, WORLDS, done -> {}));
    Distribution markout =
        summary.distributions().stream()
            .filter(each -> each.name().equals("maker_markout"))
            .findFirst()
            .orElseThrow();

    assertThat(markout.unit()).isEqualTo("bps");
    assertThat(markout.sorted()).as("worlds that traded").hasSizeGreaterThan(WORLDS / 2);
    assertThat(markout.percentile(5)).as("seed %d", SEED).isNegative();
    assertThat(markout.percentile(95)).isPositive();
  }
}
