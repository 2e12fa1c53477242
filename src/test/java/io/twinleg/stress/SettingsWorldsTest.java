package io.twinleg.stress;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Adversarial worlds over settings as well as seeds: a promise holds for every setting that is
 * accepted. Each setting has to change the worlds that it claims to test. All of a setting's
 * worlds: {@code simulate --seeds 1..300 --set …}.
 */
class SettingsWorldsTest {
  private static final int SEEDS = 3;
  private static final Duration LENGTH = Duration.ofHours(6);

  static Stream<List<String>> settings() {
    return Stream.of(
        List.of("strategy.hedge_ratio=0.5"),
        List.of("strategy.hedge_ratio=0.5", "execution.leg_mode=perp_first"),
        List.of("strategy.hedge_ratio=1.2"),
        List.of("strategy.hedge_ratio=1.2", "execution.leg_mode=batch"),
        List.of("execution.leg_mode=perp_first"),
        List.of("execution.leg_mode=batch"),
        List.of("execution.leg_mode=both", "strategy.hedge_ratio=0.8"),
        List.of("execution.leg_mode=auto"),
        List.of("execution.leg_mode=auto", "execution.max_clip_usd=40"),
        List.of("execution.leg_mode=spot_first", "execution.max_clip_usd=25"),
        List.of("execution.tif=Ioc", "execution.post_only=false"),
        List.of(
            "strategy.target_usd_notional=50000",
            "execution.max_clip_usd=21",
            "risk.per_symbol_notional_cap=60000",
            "risk.portfolio_notional_cap=60000"));
  }

  @ParameterizedTest
  @MethodSource("settings")
  @DisplayName("L: no world of any setting breaks a promise, and the setting changes the worlds")
  void keepsItsPromises(List<String> settings) {
    List<WorldResult> worlds = worlds(settings.toArray(String[]::new));
    assertThat(worlds).allSatisfy(world -> assertThat(world.violation()).isEmpty());
    assertThat(worlds.stream().mapToLong(world -> world.result().fills()).sum()).isPositive();
    assertThat(worlds).as("%s changes nothing", settings).isNotEqualTo(worlds());
  }

  private static List<WorldResult> worlds(String... settings) {
    return new SimulationBatch(StressScenarios.of(LENGTH, FaultKind.all(), settings))
        .run(1, SEEDS, done -> {});
  }
}
