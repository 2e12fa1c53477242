package io.twinleg.core.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PairHistoryTest {
  private static final Instant T0 = Instant.parse("2026-01-05T12:10:00Z");

  @Test
  void roundsThatFillNothingWaitFiveSecondsDoublingToTenMinutes() {
    PairHistory history = PairHistory.NONE;
    List<Long> pauses = new ArrayList<>();
    for (int round = 0; round < 9; round++) {
      history = history.roundUnfilled(T0);
      pauses.add(Duration.between(T0, history.nextRound()).toSeconds());
    }
    assertThat(pauses).isEqualTo(List.of(5L, 10L, 20L, 40L, 80L, 160L, 320L, 600L, 600L));
    assertThat(history.roundFilled(T0).nextRound()).isEqualTo(T0.plusSeconds(5));
    assertThat(history.roundFilled(T0).roundUnfilled(T0).nextRound()).isEqualTo(T0.plusSeconds(5));
    assertThat(history.entered(T0).roundUnfilled(T0).nextRound()).isEqualTo(T0.plusSeconds(5));
  }

  @Test
  void anExitForgetsThatLeavingWasWantedAndStartsItsOwnCooldown() {
    PairHistory history = PairHistory.NONE.entered(T0).leavingSince(T0.plusSeconds(1));
    PairHistory after = history.exited(T0.plusSeconds(9));
    assertThat(after.leaveSince()).isEmpty();
    assertThat(after.lastExit()).contains(T0.plusSeconds(9));
    assertThat(after.lastEntry()).contains(T0);
  }
}
