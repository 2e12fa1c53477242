package io.twinleg.core.risk;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class OrderRateLimiterTest {
  private static final Instant T0 = Instant.parse("2026-01-05T12:10:00Z");

  @Test
  @DisplayName("R22: what is sent is counted, once each, and a query costs nothing")
  void R22_onlyWhatIsSentIsCounted() {
    OrderRateLimiter limiter = new OrderRateLimiter();
    for (int query = 0; query < 100; query++) {
      assertThat(limiter.used(T0)).isZero();
    }
    limiter.count(T0);
    limiter.count(T0);
    assertThat(limiter.used(T0)).isEqualTo(2);
  }

  @Test
  void anOrderIsForgottenAfterSixtySeconds() {
    OrderRateLimiter limiter = new OrderRateLimiter();
    limiter.count(T0);
    limiter.count(T0.plusSeconds(30));
    assertThat(limiter.used(T0.plusMillis(59_999))).isEqualTo(2);
    assertThat(limiter.used(T0.plusSeconds(60))).isEqualTo(1);
    assertThat(limiter.used(T0.plusSeconds(90))).isZero();
  }
}
