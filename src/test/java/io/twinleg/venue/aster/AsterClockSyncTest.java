package io.twinleg.venue.aster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinleg.core.event.Event;
import io.twinleg.venue.VenueException;
import io.twinleg.venue.transport.VenueClock;
import io.twinleg.wire.aster.ServerTime;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Aster's clock against ours: what is told of it, what is refused, and what stamps a request. */
class AsterClockSyncTest {
  private static final Instant NOW = Instant.parse("2026-01-05T12:00:00Z");

  private final VenueClock still = VenueClock.from(NOW, BigDecimal.ONE, () -> 0L);
  private final List<Event> told = new ArrayList<>();

  private static ServerTime ahead(long millis, BigDecimal speed) {
    return new ServerTime(NOW.plusMillis(millis).toEpochMilli(), speed);
  }

  private AsterClockSync opened(long millisAhead, BigDecimal speed) {
    AsterClockSync time = AsterClockSync.of(still, NOW, ahead(millisAhead, speed));
    time.update(NOW, ahead(millisAhead, speed), told::add);
    return time;
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 999, -999})
  void clocksThatAgreeAreNoNews(long millisAhead) {
    opened(millisAhead, BigDecimal.ONE);
    assertThat(told).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {1_001, -1_001, 5_001, -5_001, 60_000})
  void clocksThatDifferAreToldOnceWithHowFar(long millisAhead) {
    AsterClockSync time = opened(millisAhead, BigDecimal.ONE);
    time.update(NOW, ahead(millisAhead, BigDecimal.ONE), told::add);
    assertThat(told).containsExactly(new Event.ClockSkewed(millisAhead));
  }

  @ParameterizedTest
  @ValueSource(longs = {60_001, -60_001})
  void noRunStartsMoreThanAMinuteApart(long millisAhead) {
    assertThatThrownBy(() -> opened(millisAhead, BigDecimal.ONE))
        .isInstanceOf(VenueException.class)
        .hasMessageContaining("60 s " + (millisAhead > 0 ? "behind" : "ahead of") + " Aster's")
        .hasMessageContaining("NTP");
  }

  @Test
  void aClockThatWalksAwayDuringTheRunIsTold() {
    AsterClockSync time = opened(0, BigDecimal.ONE);
    for (int look = 0; look < 9; look++) {
      time.update(NOW, ahead(61_000, BigDecimal.ONE), told::add);
    }
    assertThat(told).containsExactly(new Event.ClockSkewed(61_000));
  }

  @Test
  void aRequestIsStampedByTheNewestLook() {
    AsterClockSync time = opened(4_000, BigDecimal.ONE);
    assertThat(time.millis()).isEqualTo(NOW.toEpochMilli() + 4_000);
    time.update(NOW, ahead(2_000, BigDecimal.ONE), told::add);
    assertThat(time.millis()).isEqualTo(NOW.toEpochMilli() + 2_000);
  }

  @Test
  void anExchangeThatRunsFasterIsLivedWithByItsOwnClock() {
    AsterClockSync time = opened(86_400_000, BigDecimal.TEN);
    assertThat(told).isEmpty();
    assertThat(time.clock().speed()).isEqualTo(BigDecimal.TEN);
  }
}
