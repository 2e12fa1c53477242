package io.twinleg.venue.hyperliquid.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.venue.client.VenueExecutor;
import io.twinleg.venue.transport.VenueClock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PeriodicRequestsTest {
  private final List<String> sent = new ArrayList<>();

  @Test
  void inAnHourTheQuotaIsReadTwelveTimesTheRestOnceAndNothingWhileFundingSettles() {
    try (VenueExecutor executor =
        new VenueExecutor("test", VenueClock.wall(), (where, what) -> {})) {
      PeriodicRequests requests =
          new PeriodicRequests(
              executor,
              () -> Instant.parse("2026-01-05T12:30:00Z"),
              () -> sent.add("quota"),
              () -> sent.add("fees"),
              () -> sent.add("mode"));
      assertThat(requests.dueAt(0)).isEmpty();
      for (int minute = 0; minute < 60; minute++) {
        requests.dueAt(minute).ifPresent(Runnable::run);
      }
    }
    assertThat(sent).hasSize(14).containsOnlyOnce("fees", "mode").contains("quota");
  }
}
