package io.twinleg.stress;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.stress.FaultSchedule.InjectedFault;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SimulationBatchTest {
  private static final StressScenario ALL_FAULTS =
      StressScenarios.of(Duration.ofHours(6), FaultKind.all());

  @Test
  void aWorldIsAFunctionOfItsSeed() {
    SimulationBatch batch = new SimulationBatch(ALL_FAULTS);
    assertThat(batch.world(11, 1_000)).isEqualTo(batch.world(11, 1_000));
    assertThat(batch.world(12, 0).result()).isNotEqualTo(batch.world(13, 0).result());
  }

  @Test
  void aWorldIsTheSameAloneAndInABatch() {
    SimulationBatch batch = new SimulationBatch(ALL_FAULTS);
    List<WorldResult> together = batch.run(21, 26, done -> {});
    List<WorldResult> alone =
        LongStream.rangeClosed(21, 26).mapToObj(seed -> batch.world(seed, 0)).toList();
    assertThat(together).isEqualTo(alone);
  }

  @Test
  void everyFaultKindOccursInSomeWorld() {
    List<FaultKind> struck =
        LongStream.rangeClosed(1, 200)
            .boxed()
            .flatMap(seed -> ALL_FAULTS.schedule(seed).faults().stream())
            .map(InjectedFault::kind)
            .distinct()
            .sorted()
            .toList();
    assertThat(struck).isEqualTo(FaultKind.all());
  }

  @Test
  void theRunnerTradesAcrossCrashesAndRestarts() {
    List<WorldResult> worlds = new SimulationBatch(ALL_FAULTS).run(31, 42, done -> {});
    assertThat(worlds.stream().mapToInt(WorldResult::starts).sum()).isGreaterThan(20);
    assertThat(worlds.stream().mapToLong(each -> each.result().fills()).sum()).isGreaterThan(50);
    assertThat(worlds.stream().mapToInt(each -> each.count("hedge_repair_started")).sum())
        .isPositive();
  }

  /** "0 violations" of runs that all ended themselves would prove nothing. */
  @Test
  void worldsThatTradedNothingAreReportedAsUntried() {
    String purr =
        """
        markets=[{"base":"PURR","spot":"PURR/USDC","perp":"PURR"}]\
        """;
    StressScenario refused = StressScenarios.of(Duration.ofHours(1), List.of(), purr);
    Summary untraded = new Summary(new SimulationBatch(refused).run(1, 2, done -> {}));
    assertThat(untraded.untried().orElseThrow())
        .contains("no promise was tried")
        .contains("the perp PURR has isolated margin only");
    assertThat(untraded.counts()).containsEntry("worlds_without_fills", 2L);
    Summary traded = new Summary(new SimulationBatch(ALL_FAULTS).run(31, 36, done -> {}));
    assertThat(traded.untried()).isEmpty();
  }

  @Test
  void withoutFaultsACarryIsEnteredOnceAndNothingElseHappens() {
    WorldResult world =
        new SimulationBatch(StressScenarios.of(Duration.ofHours(24), List.of())).world(1, 0);
    assertThat(world.violation()).isEmpty();
    assertThat(world.starts()).isEqualTo(1);
    assertThat(world.count("entered_position")).isEqualTo(1);
  }

  @Test
  void aFaultThatIsLeftOutChangesNothingAboutTheOthers() {
    FaultSchedule schedule = ALL_FAULTS.schedule(5);
    FaultSchedule fewer = schedule.only(Set.of(3));
    assertThat(fewer.faults()).containsExactly(schedule.faults().get(3));
  }
}
