package io.twinleg.core.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** L14: buy, no hedge, sell, twelve times: the third failure in a row pauses the entries. */
class FailedHedgesTest {
  private static final Instant NOW = SnapshotFixture.NOW;

  @Test
  @DisplayName("L14: two failures pause nothing, the third 30 s, then 1, 2, 4 … to 15 minutes")
  void eachFurtherRoundPausesTwiceAsLong() {
    PairHistory history = PairHistory.NONE.hedgeFailed(NOW).hedgeFailed(NOW);
    assertThat(history.failures().until()).isBefore(NOW);
    List<Long> pauses = new ArrayList<>();
    Instant at = NOW;
    for (int round = 0; round < 7; round++) {
      history = history.hedgeFailed(at);
      pauses.add(Duration.between(at, history.failures().until()).toSeconds());
      at = history.failures().until();
    }
    assertThat(pauses).containsExactly(30L, 60L, 120L, 240L, 480L, 900L, 900L);
    assertThat(history.failures().count()).isEqualTo(9);
  }

  @Test
  @DisplayName("failures within a pause are of the same trouble: it is not made longer")
  void failuresWithinAPauseDoNotLengthenIt() {
    PairHistory history = PairHistory.NONE;
    for (int i = 0; i < 9; i++) {
      history = history.hedgeFailed(NOW.plusMillis(100L * i));
    }
    assertThat(history.failures().until()).isEqualTo(NOW.plusMillis(200).plusSeconds(30));
  }

  @Test
  @DisplayName("a hedge that fills ends the row")
  void aHedgeThatFillsEndsTheRow() {
    PairHistory history = PairHistory.NONE.hedgeFailed(NOW).hedgeFailed(NOW).hedgeFailed(NOW);
    assertThat(history.hedgeFilled().failures()).isEqualTo(PairHistory.Failures.NONE);
  }

  @Test
  @DisplayName("L14: while it lasts no round begins, and the count is logged")
  void noRoundBegins() {
    PairSnapshot paused =
        new SnapshotFixture()
            .history(past -> past.hedgeFailed(NOW).hedgeFailed(NOW).hedgeFailed(NOW))
            .build();
    Transition transition = new Flat().on(paused);
    assertThat(transition.next()).isEqualTo(new Flat());
    assertThat(transition.denial().orElseThrow().event()).isEqualTo("entries_paused");
    assertThat(transition.denial().orElseThrow().value()).isEqualTo("3");
    assertThat(transition.wakeAt()).contains(NOW.plusSeconds(30));
  }
}
