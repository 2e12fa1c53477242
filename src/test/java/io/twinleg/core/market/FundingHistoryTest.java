package io.twinleg.core.market;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.core.model.FundingHour;
import io.twinleg.core.model.Rate;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The signal of specification 1.1: the mean of so many hours, where a missing one is missing. */
class FundingHistoryTest {
  private static final Instant FULL = Instant.parse("2026-01-05T12:00:00Z");
  private static final Instant NOW = FULL.plus(Duration.ofMinutes(10));

  private final FundingHistory history = new FundingHistory(1000);

  private void settle(int hoursAgo, String rate) {
    history.add(new FundingHour(FULL.minus(Duration.ofHours(hoursAgo)), Rate.hourly(rate)));
  }

  private void settle(int from, int to, String rate) {
    for (int hoursAgo = to; hoursAgo >= from; hoursAgo--) {
      settle(hoursAgo, rate);
    }
  }

  private static Optional<Rate> running(String rate) {
    return Optional.of(Rate.hourly(rate));
  }

  private Optional<BigDecimal> mean(int window, Optional<Rate> running) {
    return history.mean(window, running, NOW).map(BigDecimal::stripTrailingZeros);
  }

  private static Optional<BigDecimal> value(String text) {
    return Optional.of(new BigDecimal(text).stripTrailingZeros());
  }

  @Test
  void oneHourIsTheRunningEstimateAlone() {
    settle(0, 5, "0.00009");
    assertThat(mean(1, running("0.00003"))).isEqualTo(value("0.00003"));
  }

  @Test
  void theWindowIsTheEstimateAndTheNewestSettledHours() {
    settle(0, "0.00002");
    settle(1, "0.00004");
    settle(2, "0.00009");
    assertThat(mean(3, running("0.00003"))).isEqualTo(value("0.00003"));
  }

  @Test
  void upToFivePercentMayBeMissingAndCountNowhere() {
    settle(3, 38, "0.00002");
    settle(0, 1, "0.00002");
    assertThat(mean(40, running("0.00002"))).as("1 of 40").isEqualTo(value("0.00002"));
    assertThat(mean(20, running("0.00002"))).as("1 of 20").isEqualTo(value("0.00002"));
    assertThat(mean(19, running("0.00002"))).as("1 of 19 is more than 5 %").isEmpty();
  }

  @Test
  void aMissingEstimateCountsAsOneMissingHour() {
    settle(0, 40, "0.00002");
    assertThat(mean(20, Optional.empty())).isEqualTo(value("0.00002"));
    assertThat(mean(19, Optional.empty())).isEmpty();
    assertThat(mean(1, Optional.empty())).isEmpty();
  }

  @Test
  void aShorterHistoryIsNoSignalHoweverFewHoursAreMissing() {
    settle(0, 165, "0.00002");
    assertThat(mean(168, running("0.00002"))).isEmpty();
    settle(166, "0.00002");
    assertThat(mean(168, running("0.00002"))).isEqualTo(value("0.00002"));
  }

  @Test
  void aRateOfEightHoursStandsAtEachOfThem() {
    history.add(new FundingHour(FULL, new Rate(new BigDecimal("0.00016"), 8)));
    history.add(
        new FundingHour(FULL.minus(Duration.ofHours(8)), new Rate(new BigDecimal("0.00032"), 8)));
    assertThat(mean(9, running("0.00002"))).isEqualTo(value("0.00002"));
    assertThat(mean(17, running("0.00002")))
        .isEqualTo(value(new BigDecimal("0.0005").divide(new BigDecimal(17), mathContext())));
  }

  private static java.math.MathContext mathContext() {
    return java.math.MathContext.DECIMAL64;
  }

  private static Optional<BigDecimal> value(BigDecimal number) {
    return Optional.of(number.stripTrailingZeros());
  }

  @Test
  void inTheFirstMinutesOfAnHourItsRateIsStillOnItsWay() {
    settle(1, 18, "0.00002");
    Instant justAfter = FULL.plusSeconds(3);
    assertThat(history.mean(19, running("0.00002"), justAfter)).isPresent();
    assertThat(history.mean(19, running("0.00002"), FULL.plus(Duration.ofMinutes(6))))
        .as("by now it should have come")
        .isEmpty();
    settle(0, "0.00002");
    assertThat(history.mean(20, running("0.00002"), justAfter)).isPresent();
  }

  private void settleEvery(int hours, int times) {
    for (int i = times - 1; i >= 0; i--) {
      Rate rate = new Rate(new BigDecimal("0.00002").multiply(BigDecimal.valueOf(hours)), hours);
      history.add(new FundingHour(FULL.minus(Duration.ofHours((long) hours * i)), rate));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 8})
  void theHoursSinceTheLastSettlementAreNotMissing(int period) {
    settleEvery(period, 168 / period);
    Instant justBeforeTheNext = FULL.plus(Duration.ofHours(period)).minusSeconds(1);
    assertThat(history.mean(168, running("0.00002"), justBeforeTheNext)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 8})
  void aSettlementOnItsWayIsNotMissingAndOneThatStaysAwayIs(int period) {
    settleEvery(period, 168 / period);
    Instant next = FULL.plus(Duration.ofHours(period));
    int window = 10 * period;
    assertThat(history.mean(window, running("0.00002"), next.plusSeconds(3))).isPresent();
    assertThat(history.mean(window, running("0.00002"), next.plus(Duration.ofMinutes(6))))
        .as("a whole settlement of ten is missing")
        .isEmpty();
    history.add(
        new FundingHour(
            next,
            new Rate(new BigDecimal("0.00002").multiply(BigDecimal.valueOf(period)), period)));
    assertThat(history.mean(window, running("0.00002"), next.plus(Duration.ofMinutes(6))))
        .isPresent();
  }

  @Test
  void aVenueThatSettlesMoreOftenNowIsExpectedToGoOnSo() {
    settleEvery(8, 21);
    history.add(
        new FundingHour(FULL.plus(Duration.ofHours(4)), new Rate(new BigDecimal("0.00008"), 4)));
    Instant aSettlementLate = FULL.plus(Duration.ofHours(8)).plus(Duration.ofMinutes(6));
    assertThat(history.mean(20, running("0.00002"), aSettlementLate)).isEmpty();
  }

  @Test
  void theOldestHoursAreForgotten() {
    FundingHistory small = new FundingHistory(3);
    for (int hoursAgo = 5; hoursAgo >= 0; hoursAgo--) {
      small.add(new FundingHour(FULL.minus(Duration.ofHours(hoursAgo)), Rate.hourly("0.00001")));
    }
    assertThat(small.newest(10)).hasSize(3);
  }

  @Test
  void theNewestHoursShowTheirGaps() {
    settle(3, "0.00001");
    settle(1, "0.00002");
    assertThat(history.newest(10))
        .containsExactly(new BigDecimal("0.00002"), null, new BigDecimal("0.00001"));
    assertThat(history.newest(2)).containsExactly(new BigDecimal("0.00002"), null);
  }
}
