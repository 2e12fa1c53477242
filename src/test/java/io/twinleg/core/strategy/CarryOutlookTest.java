package io.twinleg.core.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.core.market.FundingHistory;
import io.twinleg.core.model.FundingHour;
import io.twinleg.core.model.Rate;
import io.twinleg.core.model.Usd;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The forecast of a market, and the two phases of its exit. */
class CarryOutlookTest {
  private static final Instant HOUR = Instant.parse("2026-01-05T12:00:00Z");

  private static CarryOutlook outlook(String apr, CarryOutlook.Earnings earnings) {
    StrategySettings settings =
        new StrategySettings(
            new BigDecimal("0.10"),
            new BigDecimal("0.04"),
            Usd.of("200"),
            168,
            true,
            300,
            new BigDecimal("3"),
            170,
            Duration.ofSeconds(300));
    BigDecimal hourly =
        new BigDecimal(apr).divide(new BigDecimal("8760"), 18, java.math.RoundingMode.HALF_UP);
    return new CarryOutlook(
        settings,
        hourly,
        new CarryOutlook.Costs(new BigDecimal("0.0009"), new BigDecimal("0.0011")),
        earnings);
  }

  /** 400 USD a leg: an exit costs 0.44, fees so far 0.35, so that 0.79 have to be earned. */
  private static CarryOutlook.Earnings earned(String funding) {
    return earned(funding, true);
  }

  private static CarryOutlook.Earnings earned(String funding, boolean closable) {
    return new CarryOutlook.Earnings(
        Usd.of("400"), Usd.of("399"), Usd.of("0.35"), Usd.of(funding), closable);
  }

  @Test
  void theForecastIsHalfTheMeanAndHalfTheBaseRate() {
    BlendedForecast half = new BlendedForecast(3, new BigDecimal("0.5"), new BigDecimal("0.0876"));
    assertThat(half.perHour(new BigDecimal("0.00007"))).isEqualByComparingTo("0.00004");
    BlendedForecast more = new BlendedForecast(3, new BigDecimal("0.7"), new BigDecimal("0.0876"));
    assertThat(more.perHour(new BigDecimal("-0.00002"))).isEqualByComparingTo("-0.000011");
  }

  @Test
  void aCoinListedTodayHasNoForecast() {
    BlendedForecast forecast =
        new BlendedForecast(3, new BigDecimal("0.5"), new BigDecimal("0.0876"));
    FundingHistory history = new FundingHistory(100);
    settle(history, 1, "0.00005");
    settle(history, 0, "0.00006");
    Instant now = HOUR.plusSeconds(30);
    assertThat(forecast.perHour(history, now)).isEmpty();
    settle(history, 2, "0.0001");
    assertThat(forecast.perHour(history, now))
        .hasValueSatisfying(rate -> assertThat(rate).isEqualByComparingTo("0.00004"));
  }

  private static void settle(FundingHistory history, int hoursAgo, String rate) {
    history.add(new FundingHour(HOUR.minus(Duration.ofHours(hoursAgo)), Rate.hourly(rate)));
  }

  @ParameterizedTest(name = "{0} a year: {1}")
  @CsvSource({
    "0.0999, BELOW_ENTRY_THRESHOLD",
    // 20 bps are earned in 170 h from 10.306 % a year on
    "0.1030, BELOW_ITS_COSTS",
    "0.1031, ",
  })
  void isWorthEnteringWhereItEarnsItsCostsInTime(String apr, AllocationReason refusal) {
    assertThat(outlook(apr, null).refusal().orElse(null)).isEqualTo(refusal);
  }

  @ParameterizedTest(name = "{0} a year after {1} USD of funding: {2}, {3} hours left, {4}")
  @CsvSource({
    "0.2190, 0.10, , 69, HOLD",
    "0.2190, 0.79, , 0, CAN CLOSE",
    "0.0399, 0.78, , 6, RATE DROP",
    "0.0399, 0.80, EXIT_THRESHOLD, 0, CLOSE NOW",
    "-0.0500, 0.70, , , RATE DROP",
    // over 300 h it would cost more than the 20 bps of leaving and coming back
    "-0.0590, 0.70, STAYING_COSTS_MORE, , CLOSE NOW",
    "-0.0580, 0.70, , , RATE DROP",
  })
  void isLeftAtTheThresholdOnlyAfterItsCostsAreEarnedBack(
      String apr, String funding, AllocationReason leaving, Integer hoursLeft, String word) {
    CarryOutlook outlook = outlook(apr, earned(funding));
    assertThat(outlook.leaving().orElse(null)).isEqualTo(leaving);
    assertThat(outlook.breakEvenHoursLeft().orElse(null)).isEqualTo(hoursLeft);
    assertThat(outlook.readiness(false).words()).isEqualTo(word);
  }

  @Test
  void thinBooksAndAnExitUnderWayHaveWordsOfTheirOwn() {
    assertThat(outlook("0.30", earned("5", false)).readiness(false).words()).isEqualTo("SLIP RISK");
    assertThat(outlook("0.30", earned("5", false)).readiness(true).words()).isEqualTo("CLOSE NOW");
  }

  @Test
  void withoutAForecastOrPricesNothingIsLeftAndNothingCountsAsEarned() {
    CarryOutlook known = outlook("-0.9", earned("7"));
    CarryOutlook noForecast =
        new CarryOutlook(known.settings(), null, known.costs(), known.earnings());
    CarryOutlook noPrices =
        new CarryOutlook(known.settings(), known.hourly(), null, known.earnings());
    assertThat(noForecast.leaving()).isEmpty();
    assertThat(noForecast.refusal()).contains(AllocationReason.NO_FORECAST);
    assertThat(noPrices.leaving()).isEmpty();
    assertThat(noPrices.refusal()).contains(AllocationReason.NO_PRICES);
    assertThat(noPrices.isEarnedBack()).isFalse();
    assertThat(noPrices.breakEvenHoursLeft()).isEmpty();
  }
}
