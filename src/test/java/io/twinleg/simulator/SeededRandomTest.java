package io.twinleg.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SeededRandomTest {
  @Test
  void sameSeedAndPurposeThrowTheSame() {
    assertThat(throwsOf(SeededRandom.of(7, "price")))
        .isEqualTo(throwsOf(SeededRandom.of(7, "price")));
    assertThat(throwsOf(SeededRandom.of(7, "price")))
        .isNotEqualTo(throwsOf(SeededRandom.of(7, "premium")));
    assertThat(throwsOf(SeededRandom.of(7, "price")))
        .isNotEqualTo(throwsOf(SeededRandom.of(8, "price")));
    assertThat(throwsOf(SeededRandom.of(7, "price", 1)))
        .isNotEqualTo(throwsOf(SeededRandom.of(7, "price", 2)));
  }

  private static long[] throwsOf(SeededRandom dice) {
    return LongStream.generate(dice::next).limit(5).toArray();
  }

  @Test
  void evenThrowsReachBothEndsAndNothingBeyond() {
    SeededRandom dice = SeededRandom.of(1, "even");
    long[] counts = new long[4];
    for (int i = 0; i < 40_000; i++) {
      counts[(int) dice.between(-1, 2) + 1]++;
    }
    for (long count : counts) {
      assertThat(count).isBetween(9_500L, 10_500L);
    }
  }

  @Test
  void bellHasTheAskedDeviationAndNoDrift() {
    SeededRandom dice = SeededRandom.of(1, "bell");
    long sum = 0;
    long squares = 0;
    int throwsMade = 100_000;
    for (int i = 0; i < throwsMade; i++) {
      long drawn = dice.bell(1_000);
      sum += drawn;
      squares += drawn * drawn;
    }
    assertThat(sum / throwsMade).isBetween(-12L, 12L);
    assertThat(squares / throwsMade).isBetween(980_000L, 1_020_000L);
  }
}
