package io.twinleg.venue.hyperliquid.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class NonceSourceTest {
  @Test
  @DisplayName("F09: the clock steps five minutes on and back, and nonces still increase")
  void increaseThroughStepsOfTheClock() {
    long[] now = {1_767_615_000_000L};
    NonceSource nonces = new NonceSource(() -> Instant.ofEpochMilli(now[0]));
    List<Long> used = new ArrayList<>();
    for (long step : List.of(0L, 300_000L, 10L, -300_000L, 0L, -300_000L)) {
      now[0] += step;
      used.add(nonces.next());
      used.add(nonces.next());
    }
    assertThat(used).isSorted().doesNotHaveDuplicates();
  }
}
