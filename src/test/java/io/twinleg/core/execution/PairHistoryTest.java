package io.twinleg.core.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PairHistoryTest {
  private static final Instant T0 = Instant.parse("2026-01-05T12:10:00Z");

  @Test
  void fruitlessRoundsWaitFiveSecondsDoublingToTenMinutes() {
    PairHistory memory = PairHistory.NONE;
    List<Long> pauses = new ArrayList<>();
    for (int round = 0; round < 9; round++) {
      memory = memory.fruitless(T0);
      pauses.add(Duration.between(T0, memory.nextRound()).toSeconds());
    }
    assertThat(pauses).isEqualTo(List.of(5L, 10L, 20L, 40L, 80L, 160L, 320L, 600L, 600L));
    assertThat(memory.fruitful(T0).nextRound()).isEqualTo(T0.plusSeconds(5));
    assertThat(memory.fruitful(T0).fruitless(T0).nextRound()).isEqualTo(T0.plusSeconds(5));
    assertThat(memory.entered(T0).fruitless(T0).nextRound()).isEqualTo(T0.plusSeconds(5));
  }

  @Test
  void anExitForgetsThatLeavingWasWantedAndStartsItsOwnCooldown() {
    PairHistory memory = PairHistory.NONE.entered(T0).leaving(Optional.of(T0.plusSeconds(1)));
    PairHistory after = memory.exited(T0.plusSeconds(9));
    assertThat(after.leaveSince()).isEmpty();
    assertThat(after.lastExit()).contains(T0.plusSeconds(9));
    assertThat(after.lastEntry()).contains(T0);
  }

  @Test
  void askingWhetherAnInstantHasComeAsksToBeWokenAtIt() {
    Timers deadlines = new Timers(T0);
    assertThat(deadlines.passed(T0)).isTrue();
    assertThat(deadlines.next()).as("the past wakes nobody").isEmpty();
    assertThat(deadlines.passed(T0.plusSeconds(9))).isFalse();
    assertThat(deadlines.passed(T0.plusSeconds(3))).isFalse();
    assertThat(deadlines.passed(T0.plusSeconds(5))).isFalse();
    assertThat(deadlines.next()).contains(T0.plusSeconds(3));
  }
}
