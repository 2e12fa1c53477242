package io.twinleg.research.walk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.twinleg.core.model.FundingHour;
import io.twinleg.core.model.Rate;
import io.twinleg.core.model.Usd;
import io.twinleg.core.strategy.BlendedForecast;
import io.twinleg.core.strategy.PortfolioSettings;
import io.twinleg.core.strategy.StrategySettings;
import io.twinleg.history.RecordedFunding;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/** Hand-made rates: what each rule must come to can be worked out on paper. */
final class WalkForwardStudyTest {
  private static final Instant START = Instant.parse("2024-03-01T00:00:00Z");
  private static final BigDecimal ROUND_TRIP = new BigDecimal("0.002");
  private static final int HOURS = 1200;

  private static final StrategySettings STRATEGY =
      new StrategySettings(
          new BigDecimal("0.10"),
          new BigDecimal("0.04"),
          Usd.of("900"),
          168,
          true,
          336,
          new BigDecimal("3"),
          720,
          Duration.ofSeconds(300));

  private static PortfolioSettings best(int positions) {
    return new PortfolioSettings(
        Usd.of("5000"),
        positions,
        new PortfolioSettings.Rotation(
            168, new BigDecimal("3"), Duration.ofHours(8), Duration.ofHours(4)),
        new BlendedForecast(168, new BigDecimal("0.5"), new BigDecimal("0.1095")),
        new BigDecimal("0.25"));
  }

  /** An empty rate is an hour that is missing. */
  private static RecordedFunding coin(String name, int from, int to, IntFunction<String> rate) {
    List<FundingHour> hours = new ArrayList<>();
    for (int hour = from; hour < to; hour++) {
      String each = rate.apply(hour);
      if (!each.isEmpty()) {
        hours.add(new FundingHour(START.plus(Duration.ofHours(hour)), Rate.hourly(each)));
      }
    }
    return new RecordedFunding(name, hours);
  }

  private static RateTable table(RecordedFunding... coins) {
    return RateTable.of(List.of(coins), START, START.plus(Duration.ofHours(HOURS - 1)));
  }

  private static double sum(NetByHour result) {
    return result.sum(0, HOURS);
  }

  @Test
  void aSteadyCoinIsEnteredAnHourAfterItsWindowAndPaidFromTheHourAfterThat() {
    RateTable rates = table(coin("AAA", 0, HOURS, hour -> "0.00003"));
    NetByHour result = new AllocatedRule(rates, STRATEGY, best(1), ROUND_TRIP).run();
    // 168 rates are known at hour 167, it fills at 168 and is paid from 169 on, on half the capital
    double expected = (HOURS - 169) * 0.00003 / 2 - 0.002 / 4;
    assertThat(sum(result)).isCloseTo(expected, within(1e-12));
    assertThat(result.sum(0, 168)).isZero();
    assertThat(result.net()[168]).isCloseTo(-0.0005, within(1e-15));
  }

  @Test
  void aBetterCoinTakesThePlaceOneHourAfterTheWorseHasLeftIt() {
    RateTable rates =
        table(coin("AAA", 0, HOURS, hour -> "0.00002"), coin("BBB", 400, HOURS, hour -> "0.00009"));
    NetByHour result = new AllocatedRule(rates, STRATEGY, best(1), ROUND_TRIP).run();
    // BBB has its window at 567: AAA is left at 568, BBB entered at 569
    double expected = ((568 - 168) * 0.00002 + (HOURS - 1 - 569) * 0.00009) / 2 - 3 * 0.002 / 4;
    assertThat(sum(result)).isCloseTo(expected, within(1e-12));
    assertThat(Arrays.stream(result.exits()).sum()).isEqualTo(1);
    assertThat(result.exits()[568]).isEqualTo(1);
  }

  @Test
  void aLittleBetterIsNotWorthTheMove() {
    RateTable rates =
        table(
            coin("AAA", 0, HOURS, hour -> "0.00002"), coin("BBB", 400, HOURS, hour -> "0.000045"));
    NetByHour result = new AllocatedRule(rates, STRATEGY, best(1), ROUND_TRIP).run();
    // half of the difference counts: 168 h × 0.0000125 = 21 bps, of 20 for the move and 3 more
    assertThat(Arrays.stream(result.exits()).sum()).isZero();
  }

  @Test
  void whatIsDelistedIsLeftAtItsLastHourAndPaysForIt() {
    RateTable rates =
        table(coin("AAA", 0, HOURS, hour -> "0.00001"), coin("BBB", 0, 700, hour -> "0.00005"));
    NetByHour held = new PlainRules(rates, ROUND_TRIP).hold("BBB", 0);
    assertThat(sum(held)).isCloseTo((700 - 2) * 0.00005 / 2 - 0.002 / 2, within(1e-12));
    assertThat(held.exits()[700]).isEqualTo(1);
    assertThat(held.net()[701]).isZero();
  }

  @Test
  void aMissingHourIsPaidAsNothingAndCountsInNoMean() {
    RateTable rates = table(coin("AAA", 0, HOURS, hour -> hour % 40 == 39 ? "" : "0.00003"));
    RateTable.Coin coin = rates.coins().getFirst();
    assertThat(coin.mean(400, 168).orElseThrow()).isEqualByComparingTo("0.00003");
    assertThat(coin.isKnown(399)).isFalse();
    RateTable gaps = table(coin("AAA", 0, HOURS, hour -> hour % 10 == 9 ? "" : "0.00003"));
    assertThat(gaps.coins().getFirst().mean(400, 168)).isEmpty();
  }

  @Test
  void equalWeightPaysForEveryChangeOfItsParts() {
    RateTable rates =
        table(coin("AAA", 0, HOURS, hour -> "0.00002"), coin("BBB", 599, HOURS, hour -> "0.00006"));
    NetByHour result = new PlainRules(rates, ROUND_TRIP).equalWeight(0);
    double expected =
        (598 * 0.00002 + 1 * 0.00002 + (HOURS - 601) * 0.00004) / 2
            - 0.001 / 2 // all of it into AAA
            - 2 * 0.001 / 4; // a half of it over into BBB
    assertThat(sum(result)).isCloseTo(expected, within(1e-12));
  }

  @Test
  void aSliceIsLeftAtItsThresholdAnHourLater() {
    RateTable rates = table(coin("AAA", 0, HOURS, hour -> hour < 500 ? "0.00004" : "-0.00002"));
    NetByHour result = new PlainRules(rates, ROUND_TRIP).slices(STRATEGY);
    assertThat(Arrays.stream(result.exits()).sum()).isEqualTo(1);
    assertThat(result.net()[168]).isCloseTo(-0.0005, within(1e-15));
    assertThat(result.net()[169]).isCloseTo(0.00002, within(1e-15));
    assertThat(result.net()[HOURS - 1]).isZero();
  }

  @Test
  void thePastChoosesAndAChangeCosts() {
    NetByHour first = NetByHour.nothing(4 * 2184);
    NetByHour second = NetByHour.nothing(4 * 2184);
    Arrays.fill(first.net(), 0, 3 * 2184, 0.0002);
    Arrays.fill(second.net(), 2184, 4 * 2184, 0.0003);
    WalkForwardMenu walk = new WalkForwardMenu(2184, 4 * 2184, ROUND_TRIP);
    NetByHour result =
        walk.over(
            List.of(
                new WalkForwardMenu.Set("first", first),
                new WalkForwardMenu.Set("second", second)));
    assertThat(walk.chosen()).containsExactly("first", "first", "second");
    assertThat(result.sum(0, 4 * 2184))
        .isCloseTo(2 * 2184 * 0.0002 + 2184 * 0.0003 - 0.001, within(1e-9));
  }

  @Test
  void theIntervalOfAConstantIsItselfAndTheSameSeedDrawsTheSame() {
    double[] flat = new double[100];
    Arrays.fill(flat, 0.0004);
    BlockBootstrap bootstrap = new BlockBootstrap(14, 11);
    assertThat(bootstrap.of(flat).low()).isCloseTo(0.146, within(1e-9));
    assertThat(bootstrap.of(flat).high()).isCloseTo(0.146, within(1e-9));
    double[] noise = new java.util.Random(5).doubles(365).map(each -> each - 0.5).toArray();
    BlockBootstrap.Interval around = bootstrap.of(noise);
    assertThat(around).isEqualTo(new BlockBootstrap(14, 11).of(noise));
    double mean = Arrays.stream(noise).sum();
    assertThat(around.low()).isLessThan(mean);
    assertThat(around.high()).isGreaterThan(mean);
  }

  @Test
  void theVerdictNamesWhatItIsAheadOfAndWhatNot() {
    RateTable rates =
        table(coin("BTC", 0, HOURS, hour -> "0.00001"), coin("PURR", 0, HOURS, hour -> "0.00005"));
    WalkForwardTable found =
        new WalkForwardStudy(
                rates,
                new WalkForwardStudy.Assumptions(
                    STRATEGY, best(1), ROUND_TRIP, Duration.ofHours(400), 14, 3))
            .portfolio(false);
    assertThat(found.verdict())
        .startsWith("portfolio as configured: ")
        .contains("ahead of ")
        .contains("hold BTC")
        .contains("not distinct from hold PURR (hindsight)");
    assertThat(found.rows())
        .extracting(RuleRow::rule)
        .containsExactly(
            "portfolio as configured",
            "each coin its own slice",
            "equal weight",
            "hold BTC",
            "hold PURR (hindsight)");
  }

  @Test
  void tooFewHoursAreOneSentence() {
    RateTable rates = table(coin("BTC", 0, HOURS, hour -> "0.00001"));
    WalkForwardStudy.Assumptions assumptions =
        new WalkForwardStudy.Assumptions(
            STRATEGY, best(1), ROUND_TRIP, Duration.ofDays(365), 14, 3);
    assertThatThrownBy(() -> new WalkForwardStudy(rates, assumptions))
        .hasMessageContaining("leave no day behind the first 8760 of training");
  }
}
