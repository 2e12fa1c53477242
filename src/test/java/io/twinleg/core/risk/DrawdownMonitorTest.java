package io.twinleg.core.risk;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.core.model.Usd;
import io.twinleg.scenario.Scenario;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Semantics 1.9. */
class DrawdownMonitorTest {
  private static final Instant T0 = Instant.parse("2026-01-05T12:10:00Z");

  /** At most 50. */
  private final DrawdownMonitor monitor = new DrawdownMonitor(RiskFixture.settings());

  private boolean observe(String equity, long atMs) {
    return monitor.observe(Usd.of(equity), T0.plusMillis(atMs)).isPresent();
  }

  @Test
  @Scenario("K01")
  @DisplayName("R18 K01: peak +12, net -38.01, most 50: trips at the third observation over 2 s")
  void R18_tripsOnThreeObservationsOverTwoSeconds() {
    assertThat(observe("12", 0)).isFalse();
    assertThat(observe("-38.01", 1000)).isFalse();
    assertThat(observe("-38.01", 2000)).isFalse();
    assertThat(observe("-38.01", 2999)).as("three observations, not yet 2 s").isFalse();
    assertThat(observe("-38.01", 3000)).isTrue();
    assertThat(monitor.isDrawdownTripped()).isTrue();
    assertThat(monitor.drawdown()).isEqualTo(Usd.of("50.01"));
  }

  @Test
  void twoObservationsAreNotEnoughHoweverFarApart() {
    assertThat(observe("-50", 0)).isFalse();
    assertThat(observe("-50", 60_000)).isFalse();
    assertThat(observe("-50", 60_001)).as("the limit itself counts").isTrue();
  }

  @Test
  void aRecoveryBeginsTheCountAnew() {
    observe("-50", 0);
    observe("-50", 1000);
    observe("-49.99", 1500);
    assertThat(observe("-50", 2000)).isFalse();
    assertThat(observe("-50", 3000)).isFalse();
    assertThat(monitor.nextEvaluation()).contains(T0.plusMillis(4000));
    assertThat(observe("-50", 4000)).isTrue();
  }

  @Test
  void twiceTheLimitTripsAtOnce() {
    assertThat(observe("-100", 0)).isTrue();
  }

  @Test
  void thePeakStartsAtZero() {
    assertThat(observe("-99.99", 0)).isFalse();
    assertThat(monitor.peak()).isEqualTo(Usd.ZERO);
  }

  @Test
  void itTripsOnceAndStaysTrippedUntilReset() {
    observe("-100", 0);
    assertThat(observe("-100", 1)).isFalse();
    assertThat(observe("40", 2)).isFalse();
    assertThat(monitor.isDrawdownTripped()).isTrue();
    monitor.resume(Usd.of("-100"));
    assertThat(monitor.isDrawdownTripped()).isFalse();
    assertThat(observe("-149", 10)).as("from the new peak").isFalse();
    assertThat(observe("-200", 11)).isTrue();
  }
}
