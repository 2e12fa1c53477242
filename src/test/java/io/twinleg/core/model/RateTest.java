package io.twinleg.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RateTest {
  @Test
  @DisplayName("R3: an hourly rate is compared as a yearly one")
  void R3_anHourlyRateTimes8760IsTheApr() {
    assertThat(Rate.hourly("0.0000125").apr()).isEqualByComparingTo("0.1095");
    assertThat(Rate.hourly("0.000011416").apr()).isEqualByComparingTo("0.10000416");
    assertThat(Rate.hourly("0.000011415").apr()).isEqualByComparingTo("0.0999954");
    assertThat(Rate.hourly("0.000004566").apr()).isEqualByComparingTo("0.03999816");
    assertThat(Rate.hourly("-0.00003").apr()).isEqualByComparingTo("-0.2628");
  }

  @Test
  void aRateOfEightHoursCountsEvenlyForEachOfThem() {
    Rate rate = new Rate(new BigDecimal("0.0001"), 8);
    assertThat(rate.perHour()).isEqualByComparingTo("0.0000125");
    assertThat(rate.apr()).isEqualByComparingTo("0.1095");
  }
}
