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

/**
 * Aster's clock against ours: what is published of it, what is refused, and what stamps a request.
 */
class AsterClockSyncTest {
  private static final Instant NOW = Instant.parse("2026-01-05T12:00:00Z");

  private final VenueClock still = VenueClock.from(NOW, BigDecimal.ONE, () -> 0L);
  private final List<Event> published = new ArrayList<>();

  private static ServerTime ahead(long millis, BigDecimal speed) {
    return new ServerTime(NOW.plusMillis(millis).toEpochMilli(), speed);
  }

  private AsterClockSync opened(long millisAhead, BigDecimal speed) {
    AsterClockSync time = AsterClockSync.of(still, NOW, ahead(millisAhead, speed));
    time.update(NOW, ahead(millisAhead, speed), published::add);
    return time;
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 999, -999})
  void clocksThatAgreeAreNotReported(long millisAhead) {
    opened(millisAhead, BigDecimal.ONE);
    assertThat(published).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {1_001, -1_001, 5_001, -5_001, 60_000})
  void aClockDifferenceIsPublishedOnceWithItsSize(long millisAhead) {
    AsterClockSync time = opened(millisAhead, BigDecimal.ONE);
    time.update(NOW, ahead(millisAhead, BigDecimal.ONE), published::add);
    assertThat(published).containsExactly(new Event.ClockSkewed(millisAhead));
  }

  @ParameterizedTest
  @ValueSource(longs = {60_001, -60_001})
  void noRunStartsMoreThanAMinuteApart(long millisAhead) {
    AsterClockSync time = opened(millisAhead, BigDecimal.ONE);
    assertThat(time.isCertain()).as("by two samples").isFalse();
    time.requireSmallOffset();
    time.addSample(NOW, ahead(millisAhead, BigDecimal.ONE));
    assertThatThrownBy(time::requireSmallOffset)
        .isInstanceOf(VenueException.class)
        .hasMessageContaining("60 s " + (millisAhead > 0 ? "behind" : "ahead of") + " Aster's")
        .hasMessageContaining("NTP");
  }

  @ParameterizedTest
  @ValueSource(longs = {3_600_000, -3_600_000})
  void oneFalseAnswerEndsNoStartAndNoRun(long millisAhead) {
    AsterClockSync time = AsterClockSync.of(still, NOW, ahead(millisAhead, BigDecimal.ONE));
    assertThat(time.isCertain()).isFalse();
    assertThat(time.agrees()).as("entries wait").isFalse();
    while (!time.isCertain()) {
      time.addSample(NOW, ahead(250, BigDecimal.ONE));
    }
    time.requireSmallOffset();
    assertThat(time.agrees()).isTrue();

    time.clock().offset().forget();
    time.update(NOW, ahead(millisAhead, BigDecimal.ONE), published::add);
    assertThat(published)
        .as("no more than entries are stopped")
        .containsExactly(new Event.ClockSkewed(millisAhead > 0 ? 60_000 : -60_000));
    time.update(NOW, ahead(250, BigDecimal.ONE), published::add);
    time.update(NOW, ahead(250, BigDecimal.ONE), published::add);
    assertThat(published).last().isEqualTo(new Event.ClockSkewed(250));
  }

  @Test
  void aClockThatDriftsDuringTheRunIsPublished() {
    AsterClockSync time = opened(0, BigDecimal.ONE);
    for (int sample = 0; sample < 9; sample++) {
      time.update(NOW, ahead(61_000, BigDecimal.ONE), published::add);
    }
    assertThat(published).containsExactly(new Event.ClockSkewed(61_000));
  }

  @Test
  void aRequestIsStampedByTheVenuesTimeAndByTheNextSampleAloneAfterARefusal() {
    AsterClockSync time = opened(4_000, BigDecimal.ONE);
    assertThat(time.millis()).isEqualTo(NOW.toEpochMilli() + 4_000);
    time.clock().offset().forget();
    time.update(NOW, ahead(2_000, BigDecimal.ONE), published::add);
    assertThat(time.millis()).isEqualTo(NOW.toEpochMilli() + 2_000);
  }

  @Test
  void anExchangeThatRunsFasterSetsTheClock() {
    AsterClockSync time = opened(86_400_000, BigDecimal.TEN);
    assertThat(published).isEmpty();
    assertThat(time.clock().speed()).isEqualTo(BigDecimal.TEN);
  }
}
