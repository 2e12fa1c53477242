package io.twinleg.research.walk;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * How sure a mean of daily results is: the days are drawn again in blocks, so that what follows on
 * one another stays together, and the end joins the beginning.
 */
final class BlockBootstrap {
  private static final int DRAWS = 2000;
  private static final double OUTSIDE = 0.025;
  private static final double DAYS_A_YEAR = 365;

  private final int block;
  private final long seed;

  /**
   * @param block days that stay together
   */
  BlockBootstrap(int block, long seed) {
    this.block = block;
    this.seed = seed;
  }

  /** Of a yearly rate: 95 % of the draws are between the two. */
  record Interval(double low, double high) {
    boolean isAbove(double value) {
      return low > value;
    }

    boolean isBelow(double value) {
      return high < value;
    }
  }

  Interval of(double[] daily) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] means = new double[DRAWS];
    int length = daily.length;
    for (int draw = 0; draw < DRAWS; draw++) {
      double sum = 0;
      int drawn = 0;
      while (drawn < length) {
        int begin = random.nextInt(length);
        for (int i = 0; i < block && drawn < length; i++) {
          sum += daily[(begin + i) % length];
          drawn++;
        }
      }
      means[draw] = sum / length * DAYS_A_YEAR;
    }
    Arrays.sort(means);
    return new Interval(means[(int) (DRAWS * OUTSIDE)], means[DRAWS - 1 - (int) (DRAWS * OUTSIDE)]);
  }

  /** Of the difference of two, day by day. */
  Interval ofDifference(double[] one, double[] other) {
    double[] difference = new double[one.length];
    Arrays.setAll(difference, i -> one[i] - other[i]);
    return of(difference);
  }
}
