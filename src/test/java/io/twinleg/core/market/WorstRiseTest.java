package io.twinleg.core.market;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.core.model.Price;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** From the lowest mark of an hour to any mark of the day behind it. */
class WorstRiseTest {
  private static final Instant START = Instant.parse("2026-01-05T10:30:00Z");

  private final PairMarketData.WorstRise rise = new PairMarketData.WorstRise();

  private void mark(double hours, String price) {
    rise.observe(START.plus(Duration.ofMinutes(Math.round(hours * 60))), Price.of(price));
  }

  private BigDecimal worst() {
    return rise.worst().orElseThrow();
  }

  @Test
  void whatWasSeenForLessThanADayIsNotKnown() {
    mark(0, "40");
    mark(23.9, "60");
    assertThat(rise.worst()).isEmpty();
    mark(24.5, "50");
    assertThat(worst()).isEqualByComparingTo("0.5");
  }

  @Test
  void itIsTheWorstOfAllDaysAndFallsAreNone() {
    mark(0, "40");
    mark(1, "50");
    mark(2, "30");
    mark(2.2, "24");
    mark(20, "33");
    mark(30, "25");
    mark(80, "26");
    assertThat(worst()).isEqualByComparingTo("0.375");
  }

  @Test
  void aSlowRiseCountsByTheDay() {
    for (int hour = 0; hour <= 96; hour++) {
      mark(hour, String.valueOf(100 + hour));
    }
    // from the lowest of 24 hours before
    assertThat(worst()).isBetween(new BigDecimal("0.24"), new BigDecimal("0.25"));
  }

  @Test
  void aMarketThatNeverRoseHasARiseOfNothing() {
    mark(0, "40");
    mark(25, "39");
    assertThat(worst()).isEqualByComparingTo("0");
  }
}
