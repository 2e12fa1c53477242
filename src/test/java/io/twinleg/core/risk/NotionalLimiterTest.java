package io.twinleg.core.risk;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.core.model.Exposure;
import io.twinleg.core.model.MarketId;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Usd;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class NotionalLimiterTest {
  private static final MarketId HYPE = new MarketId("HYPE");
  private static final MarketId PURR = new MarketId("PURR");

  private final NotionalLimiter limiter = new NotionalLimiter(Usd.of("200"), Usd.of("300"));

  private static Exposure exposure(MarketId market, String worst) {
    return new Exposure(
        market,
        Quantity.ZERO,
        Quantity.ZERO,
        Quantity.ZERO,
        Quantity.ZERO,
        Usd.ZERO,
        Usd.of(worst),
        Quantity.ZERO,
        Quantity.ZERO,
        Quantity.ZERO);
  }

  @Test
  void theTighterCapDecides() {
    assertThat(limiter.room(HYPE, List.of())).isEqualTo(Usd.of("200"));
    assertThat(limiter.room(HYPE, List.of(exposure(PURR, "50")))).isEqualTo(Usd.of("200"));
    assertThat(limiter.room(HYPE, List.of(exposure(PURR, "200")))).isEqualTo(Usd.of("100"));
    assertThat(limiter.room(HYPE, List.of(exposure(HYPE, "120"), exposure(PURR, "50"))))
        .isEqualTo(Usd.of("80"));
  }

  @Test
  @DisplayName("R23: over the cap there is no room; nothing throws, nothing is forgotten")
  void R23_overTheCapThereIsNoRoom() {
    List<Exposure> over = List.of(exposure(HYPE, "240"), exposure(PURR, "70"));
    assertThat(limiter.room(HYPE, over)).isEqualTo(Usd.ZERO);
    assertThat(limiter.room(PURR, over)).isEqualTo(Usd.ZERO);
    assertThat(limiter.room(HYPE, List.of())).as("released").isEqualTo(Usd.of("200"));
  }
}
