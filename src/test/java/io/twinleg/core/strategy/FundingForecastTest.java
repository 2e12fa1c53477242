package io.twinleg.core.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The table of specification 2.9. */
class FundingForecastTest {
  private static final FundingModel PRIOR =
      new FundingModel(new BigDecimal("0.0000125"), new BigDecimal("0.97"));

  private static BigDecimal bps(String bps) {
    return new BigDecimal(bps).movePointLeft(4);
  }

  @ParameterizedTest(name = "f0 {0}: {1}, {2}, {3}, {4} h")
  @CsvSource({
    "0.0000125, 88, 136, 184, 248",
    "0.00003, 53, 94, 140, 203",
    "0.00005, 30, 57, 93, 152",
    "0.0001, 14, 23, 36, 60",
  })
  void itPaysTheCostsBackInTheHoursOfTheTable(String f0, int of11, int of17, int of23, int of31) {
    FundingForecast forecast = PRIOR.from(new BigDecimal(f0));
    assertThat(hours(forecast, "31")).hasValue(of31);
    assertThat(hours(forecast, "11")).hasValue(of11);
    assertThat(hours(forecast, "23")).hasValue(of23);
    assertThat(hours(forecast, "17")).hasValue(of17);
  }

  private static OptionalInt hours(FundingForecast forecast, String cost) {
    return forecast.hoursToEarn(bps(cost), 1000);
  }

  @Test
  void threeDaysAtARichRateAreExpectedToBring19Point8Bps() {
    BigDecimal sum = PRIOR.from(new BigDecimal("0.00005")).sum(72);
    assertThat(sum.movePointRight(4).setScale(1, RoundingMode.HALF_EVEN))
        .isEqualByComparingTo("19.8");
    BigDecimal neutral = PRIOR.from(new BigDecimal("0.0000125")).sum(336);
    assertThat(neutral.movePointRight(4)).isEqualByComparingTo("42.0");
  }

  @Test
  void theSumByFormulaIsTheSumHourByHour() {
    FundingForecast forecast = PRIOR.from(new BigDecimal("0.0001"));
    BigDecimal excess = new BigDecimal("0.0000875");
    BigDecimal sum = BigDecimal.ZERO;
    for (int hour = 1; hour <= 500; hour++) {
      excess = excess.multiply(new BigDecimal("0.97"));
      sum = sum.add(new BigDecimal("0.0000125")).add(excess);
      assertThat(forecast.sum(hour).subtract(sum).abs()).isLessThan(new BigDecimal("1e-15"));
    }
  }

  @Test
  void costsThatAreNeverEarnedHaveNoHour() {
    FundingForecast falling =
        new FundingModel(new BigDecimal("-0.00001"), new BigDecimal("0.9"))
            .from(new BigDecimal("0.0001"));
    assertThat(falling.hoursToEarn(bps("50"), 1000)).isEmpty();
    assertThat(falling.hoursToEarn(bps("2"), 1000)).hasValue(3);
    assertThat(falling.hoursToEarn(bps("0"), 1000)).hasValue(0);
    assertThat(PRIOR.from(new BigDecimal("0.0000125")).hoursToEarn(bps("23"), 183)).isEmpty();
  }

  private static FundingModel fit(List<Optional<BigDecimal>> newestFirst) {
    return FundingModel.fit(
        newestFirst.stream().map(rate -> rate.orElse(null)).toArray(BigDecimal[]::new));
  }

  @Test
  void withoutHistoryTheModelIsThePrior() {
    for (List<Optional<BigDecimal>> nothing :
        List.of(List.<Optional<BigDecimal>>of(), List.of(Optional.<BigDecimal>empty()))) {
      assertThat(fit(nothing).fbar()).isEqualByComparingTo(PRIOR.fbar());
      assertThat(fit(nothing).phi()).isEqualByComparingTo(PRIOR.phi());
    }
  }

  @Test
  void aWeekOfRatesIsWorthAsMuchAsThePrior() {
    FundingModel model = fit(Collections.nCopies(168, Optional.of(new BigDecimal("0.0000375"))));
    assertThat(model.fbar()).isEqualByComparingTo("0.000025");
    assertThat(model.phi()).as("rates that never differ say nothing").isEqualByComparingTo("0.97");
  }

  @Test
  void ratesThatFlipEveryHourDoNotPersist() {
    List<Optional<BigDecimal>> flips = new ArrayList<>();
    for (int i = 0; i < 168; i++) {
      flips.add(Optional.of(new BigDecimal(i % 2 == 0 ? "0.00001" : "0.00003")));
    }
    FundingModel model = fit(flips);
    assertThat(model.phi()).as("clamped at 0, then shrunk").isEqualByComparingTo("0.485");
    assertThat(model.fbar()).isEqualByComparingTo("0.00001625");
  }

  @Test
  void ratesThatTrendPersistAtMostByTheClamp() {
    List<Optional<BigDecimal>> trend = new ArrayList<>();
    for (int i = 0; i < 168; i++) {
      trend.add(Optional.of(new BigDecimal(1000 - i * 5).movePointLeft(8)));
    }
    assertThat(fit(trend).phi()).isLessThanOrEqualTo(new BigDecimal("0.9825"));
  }

  @Test
  void noPairSpansAMissingHour() {
    List<Optional<BigDecimal>> gapped =
        List.of(
            Optional.of(new BigDecimal("0.00001")),
            Optional.empty(),
            Optional.of(new BigDecimal("0.00003")));
    assertThat(fit(gapped).phi()).isEqualByComparingTo("0.97");
  }

  /** Decimals that differ, gaps, the largest rate that whole numbers take, and one beyond it. */
  @Test
  void wholeNumbersFitAsTheDecimalsDo() {
    SplittableRandom random = new SplittableRandom(17);
    for (String edge : List.of("0.0001", "-0.0001", "0.000100000001", "0", "0.0000000000001")) {
      List<Optional<BigDecimal>> rates = new ArrayList<>();
      rates.add(Optional.of(new BigDecimal(edge)));
      for (int i = 1; i < 720; i++) {
        int decimals = 7 + random.nextInt(6);
        long most = BigDecimal.ONE.movePointRight(decimals - 4).longValueExact();
        BigDecimal rate = BigDecimal.valueOf(random.nextLong(-most, most + 1), decimals);
        rates.add(random.nextInt(20) == 0 ? Optional.empty() : Optional.of(rate));
      }
      List<BigDecimal> known = rates.stream().flatMap(Optional::stream).toList();
      BigDecimal n = BigDecimal.valueOf(known.size());
      BigDecimal sum = known.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
      BigDecimal mean = sum.divide(n, MathContext.DECIMAL64);
      BigDecimal covariance = BigDecimal.ZERO;
      BigDecimal variance = BigDecimal.ZERO;
      for (int i = 1; i < rates.size(); i++) {
        if (rates.get(i).isPresent() && rates.get(i - 1).isPresent()) {
          BigDecimal before = rates.get(i).get().subtract(mean);
          covariance = covariance.add(before.multiply(rates.get(i - 1).get().subtract(mean)));
          variance = variance.add(before.multiply(before));
        }
      }
      BigDecimal phi = covariance.divide(variance, MathContext.DECIMAL64).max(BigDecimal.ZERO);
      BigDecimal week = new BigDecimal("168");
      FundingModel model = fit(rates);

      assertThat(model.fbar())
          .as(edge)
          .isEqualTo(
              mean.multiply(n)
                  .add(FundingModel.PRIOR_MEAN.multiply(week))
                  .divide(n.add(week), MathContext.DECIMAL64));
      assertThat(model.phi().doubleValue())
          .as(edge)
          .isEqualTo(
              phi.multiply(n)
                  .add(FundingModel.PRIOR_PHI.multiply(week))
                  .divide(n.add(week), MathContext.DECIMAL64)
                  .doubleValue(),
              within(1e-13));
    }
  }
}
