package io.twinleg.stress;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * One capital over four markets in adversarial worlds, whose jumps come in all of them at once. All
 * of them: {@code simulate --seeds 1..1000 --faults all --config …} with a portfolio.
 */
class PortfolioWorldsTest {
  private static final Duration LENGTH = Duration.ofHours(5);
  private static final BigDecimal CLIP = new BigDecimal("100");

  /** Rates of an hour and no least hold, so that a world of hours rotates. */
  private static final String[] PORTFOLIO = {
    """
    markets=[{"base":"HYPE","spot":"HYPE/USDC","perp":"HYPE"},\
    {"base":"ETH","spot":"UETH/USDC","perp":"ETH"},\
    {"base":"SOL","spot":"USOL/USDC","perp":"SOL"},\
    {"base":"FARTCOIN","spot":"UFART/USDC","perp":"FARTCOIN"}]\
    """,
    "portfolio.capital_usd=820",
    "portfolio.forecast_window_h=1",
    "portfolio.forecast_weight=1",
    "portfolio.min_improvement_bps=0",
    "portfolio.min_hold_h=0",
    "portfolio.rotation_gap_h=0",
    "execution.max_clip_usd=100"
  };

  private static List<WorldResult> worlds(List<FaultKind> faults) {
    return new SimulationBatch(StressScenarios.of(LENGTH, faults, PORTFOLIO)).run(1, 3, done -> {});
  }

  @Test
  @DisplayName("no world breaks a promise, and they enter and leave")
  void keepsItsPromises() {
    List<WorldResult> worlds = worlds(FaultKind.all());
    assertThat(worlds).allSatisfy(world -> assertThat(world.violation()).isEmpty());
    assertThat(worlds.stream().mapToLong(world -> world.count("entered_position")).sum())
        .isPositive();
    assertThat(worlds.stream().mapToLong(world -> world.count("exit_completed")).sum())
        .isPositive();
  }

  /** Outages and silences are of one venue in two cases of three. */
  @Test
  @DisplayName("with one of two venues away no promise is broken, and both are entered")
  void keepsItsPromisesAtTwoVenues() {
    String[] atBoth = PORTFOLIO.clone();
    atBoth[0] =
        """
        markets=[{"base":"HYPE","spot":"HYPE/USDC","perp":"HYPE"},\
        {"venue":"aster","base":"ETH","spot":"ETH/USDT","perp":"ETHUSDT"}]\
        """;
    StressScenario scenario = StressScenarios.of(LENGTH, FaultKind.all(), atBoth);
    assertThat(scenario.venues()).hasSize(2);
    List<WorldResult> worlds = new SimulationBatch(scenario).run(1, 6, done -> {});
    assertThat(worlds).allSatisfy(world -> assertThat(world.violation()).isEmpty());
    assertThat(worlds.stream().mapToLong(world -> world.count("entered_position")).sum())
        .isGreaterThan(6);
    StressScenario calm = StressScenarios.of(LENGTH, List.of(), atBoth);
    assertThat(new SimulationBatch(calm).run(1, 2, done -> {}))
        .as("a clip or more at each")
        .allSatisfy(world -> {
          assertThat(world.violation()).isEmpty();
          assertThat(world.count("entered_position")).isGreaterThanOrEqualTo(2);
        });
  }

  @Test
  @DisplayName("without faults no more than one clip is un-hedged over all markets together")
  void oneClipStandsAloneInAllMarkets() {
    assertThat(worlds(List.of()))
        .allSatisfy(world -> {
          assertThat(world.violation()).isEmpty();
          assertThat(world.result().largestNakedTogether())
              .isBetween(new BigDecimal("20"), CLIP.multiply(new BigDecimal("1.01")));
        });
  }
}
