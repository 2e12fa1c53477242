package io.twinleg.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SeededRandomTest {
  @Test
  void sameSeedAndPurposeThrowTheSame() {
    assertThat(drawsOf(SeededRandom.of(7, "price")))
        .isEqualTo(drawsOf(SeededRandom.of(7, "price")));
    assertThat(drawsOf(SeededRandom.of(7, "price")))
        .isNotEqualTo(drawsOf(SeededRandom.of(7, "premium")));
    assertThat(drawsOf(SeededRandom.of(7, "price")))
        .isNotEqualTo(drawsOf(SeededRandom.of(8, "price")));
    assertThat(drawsOf(SeededRandom.of(7, "price", 1)))
        .isNotEqualTo(drawsOf(SeededRandom.of(7, "price", 2)));
  }

  private static long[] drawsOf(SeededRandom random) {
    return LongStream.generate(random::next).limit(5).toArray();
  }

  @Test
  void evenDrawsReachBothEndsAndNothingBeyond() {
    SeededRandom random = SeededRandom.of(1, "even");
    long[] counts = new long[4];
    for (int i = 0; i < 40_000; i++) {
      counts[(int) random.between(-1, 2) + 1]++;
    }
    for (long count : counts) {
      assertThat(count).isBetween(9_500L, 10_500L);
    }
  }

  @Test
  void bellHasTheGivenDeviationAndNoDrift() {
    SeededRandom random = SeededRandom.of(1, "bell");
    long sum = 0;
    long squares = 0;
    int draws = 100_000;
    for (int i = 0; i < draws; i++) {
      long drawn = random.bell(1_000);
      sum += drawn;
      squares += drawn * drawn;
    }
    assertThat(sum / draws).isBetween(-12L, 12L);
    assertThat(squares / draws).isBetween(980_000L, 1_020_000L);
  }
}
