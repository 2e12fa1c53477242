package io.twinleg.research.sweep;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * How much of a chosen result is choice: the deflated Sharpe ratio, the probability of backtest
 * overfitting by combinatorially symmetric cross-validation (CSCV) with its null on the same menu,
 * combinatorial purged cross-validation (CPCV), and walk-forward. Pure functions; Sharpe ratios are
 * of one period, not annualised, unless said.
 */
public final class Overfitting {
  private static final double EULER = 0.5772156649015329;
  private static final int NULL_DRAWS = 20;

  private Overfitting() {}

  // ---- the deflated Sharpe ratio (Bailey and Lopez de Prado 2014)

  /**
   * The Sharpe ratio that the best of so many trials without any skill is expected to show.
   *
   * @param variance of the trials' Sharpe ratios, per period
   */
  public static double expectedMaximum(double variance, double trials) {
    if (trials <= 1) {
      return 0;
    }
    return Math.sqrt(variance)
        * ((1 - EULER) * Normal.quantile(1 - 1 / trials)
            + EULER * Normal.quantile(1 - 1 / (trials * Math.E)));
  }

  /**
   * The probability that a Sharpe ratio is above {@code benchmark}, given its length and shape.
   *
   * @param kurtosis not in excess: 3 for a normal distribution
   */
  public static double probabilistic(
      double sharpe, double benchmark, long periods, double skewness, double kurtosis) {
    double shape = 1 - skewness * sharpe + (kurtosis - 1) / 4 * sharpe * sharpe;
    return Normal.cumulative(
        (sharpe - benchmark) * Math.sqrt(periods - 1.0) / Math.sqrt(Math.max(shape, 1e-12)));
  }

  /** The Sharpe ratio of these returns, with their shape; zero where they never differ. */
  public record Moments(double sharpe, double skewness, double kurtosis, int periods) {
    /** The probability that it is above what the best without skill would show. */
    double deflated(double expectedMaximum) {
      return probabilistic(sharpe, expectedMaximum, periods, skewness, kurtosis);
    }

    public static Moments of(double[] returns) {
      double mean = Arrays.stream(returns).average().orElse(0);
      double second = 0;
      double third = 0;
      double fourth = 0;
      for (double value : returns) {
        double away = value - mean;
        second += away * away;
        third += away * away * away;
        fourth += away * away * away * away;
      }
      int n = returns.length;
      double deviation = Math.sqrt(second / n);
      return deviation == 0
          ? new Moments(0, 0, 3, n)
          : new Moments(
              mean / deviation,
              third / n / (deviation * deviation * deviation),
              fourth / n / (deviation * deviation * deviation * deviation),
              n);
    }
  }

  // ---- choosing among a menu

  /** A menu of sets and what each earned in each segment of the time. */
  public static final class Menu {
    private final double[][] sums;
    private final double[][] squares;
    private final int[] periods;
    private final double[][] bySegment;
    private final double[][] squaresBySegment;

    /**
     * @param sums by set and segment, of the periods' returns
     * @param squares the same of their squares
     * @param periods in each segment
     */
    Menu(double[][] sums, double[][] squares, int[] periods) {
      this.sums = sums;
      this.squares = squares;
      this.periods = periods;
      this.bySegment = transposed(sums, periods.length);
      this.squaresBySegment = transposed(squares, periods.length);
    }

    private static double[][] transposed(double[][] bySet, int segments) {
      double[][] bySegment = new double[segments][bySet.length];
      for (int set = 0; set < bySet.length; set++) {
        for (int segment = 0; segment < segments; segment++) {
          bySegment[segment][set] = bySet[set][segment];
        }
      }
      return bySegment;
    }

    double[][] sums() {
      return sums;
    }

    double[][] squares() {
      return squares;
    }

    int[] periods() {
      return periods;
    }

    int sets() {
      return sums.length;
    }

    int segments() {
      return periods.length;
    }

    /** The Sharpe ratio of a set over some segments, whose periods do not differ: zero. */
    double sharpe(int set, int[] segments) {
      double sum = 0;
      double square = 0;
      int n = 0;
      for (int segment : segments) {
        sum += sums[set][segment];
        square += squares[set][segment];
        n += periods[segment];
      }
      return n == 0 ? 0 : sharpe(sum, square, n);
    }

    /** Of every set, a segment at a time over all of them. */
    double[] sharpes(int[] segments) {
      double[] sum = new double[sets()];
      double[] square = new double[sets()];
      int n = 0;
      for (int segment : segments) {
        double[] more = bySegment[segment];
        double[] moreSquares = squaresBySegment[segment];
        for (int set = 0; set < sum.length; set++) {
          sum[set] += more[set];
          square[set] += moreSquares[set];
        }
        n += periods[segment];
      }
      for (int set = 0; set < sum.length && n > 0; set++) {
        sum[set] = sharpe(sum[set], square[set], n);
      }
      return sum;
    }

    private static double sharpe(double sum, double square, int n) {
      double mean = sum / n;
      double variance = square / n - mean * mean;
      return variance <= 1e-18 * Math.abs(square / n) ? 0 : mean / Math.sqrt(variance);
    }

    int best(int[] segments) {
      return best(sharpes(segments));
    }

    private static int best(double[] sharpes) {
      int best = 0;
      for (int set = 1; set < sharpes.length; set++) {
        best = sharpes[set] > sharpes[best] ? set : best;
      }
      return best;
    }

    double sum(int set, int[] segments) {
      double sum = 0;
      for (int segment : segments) {
        sum += sums[set][segment];
      }
      return sum;
    }
  }

  /** From the returns of sets by period, oldest first, cut into equal segments. */
  public static Menu menu(double[][] returns, int segments) {
    int length = returns[0].length;
    double[][] sums = new double[returns.length][segments];
    double[][] squares = new double[returns.length][segments];
    int[] periods = new int[segments];
    for (int period = 0; period < length; period++) {
      int segment = (int) ((long) period * segments / length);
      periods[segment]++;
      for (int set = 0; set < returns.length; set++) {
        sums[set][segment] += returns[set][period];
        squares[set][segment] += returns[set][period] * returns[set][period];
      }
    }
    return new Menu(sums, squares, periods);
  }

  /**
   * The share of all halves of the time whose best set is below the median in the other half: 0.5
   * where choosing says nothing.
   */
  public static double probabilityOfOverfitting(Menu menu) {
    List<int[]> halves = combinations(menu.segments(), menu.segments() / 2);
    // where the segments can be halved, the first of a pair has its mirror image as the other half
    boolean isEven = menu.segments() % 2 == 0;
    int below =
        IntStream.range(0, isEven ? halves.size() / 2 : halves.size())
            .parallel()
            .map(i -> {
              double[] half = menu.sharpes(halves.get(i));
              double[] rest = menu.sharpes(others(menu.segments(), halves.get(i)));
              return isBelowMedian(half, rest) + (isEven ? isBelowMedian(rest, half) : 0);
            })
            .sum();
    return (double) below / halves.size();
  }

  /** 1 where the best of one half is below the median of the other, or 0. */
  private static int isBelowMedian(double[] half, double[] rest) {
    int best = Menu.best(half);
    int worse = 0;
    int same = -1;
    for (double other : rest) {
      worse += other < rest[best] ? 1 : 0;
      same += other == rest[best] ? 1 : 0;
    }
    double rank = (worse + 0.5 * same + 1) / (rest.length + 1);
    return rank <= 0.5 ? 1 : 0;
  }

  /**
   * What that would be on the same menu if no set earned anything: each set's returns less their
   * mean, the signs of all sets turned together segment by segment.
   */
  public static double nullOfOverfitting(Menu menu, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double sum = 0;
    for (int draw = 0; draw < NULL_DRAWS; draw++) {
      double[] signs = new double[menu.segments()];
      for (int segment = 0; segment < signs.length; segment++) {
        signs[segment] = random.nextBoolean() ? 1 : -1;
      }
      sum += probabilityOfOverfitting(turned(menu, signs));
    }
    return sum / NULL_DRAWS;
  }

  private static Menu turned(Menu menu, double[] signs) {
    int periods = Arrays.stream(menu.periods()).sum();
    double[][] sums = new double[menu.sets()][menu.segments()];
    double[][] squares = new double[menu.sets()][menu.segments()];
    for (int set = 0; set < menu.sets(); set++) {
      double mean = Arrays.stream(menu.sums()[set]).sum() / periods;
      for (int segment = 0; segment < menu.segments(); segment++) {
        int n = menu.periods()[segment];
        double sum = menu.sums()[set][segment];
        sums[set][segment] = signs[segment] * (sum - n * mean);
        squares[set][segment] = menu.squares()[set][segment] - 2 * mean * sum + n * mean * mean;
      }
    }
    return new Menu(sums, squares, menu.periods());
  }

  /** What the best of the past earned next: the set of each fold, and its segment's net. */
  public static final class WalkForward {
    private final int[] chosen;
    private final double[] earned;

    private WalkForward(int[] chosen, double[] earned) {
      this.chosen = chosen;
      this.earned = earned;
    }

    int[] chosen() {
      return chosen;
    }

    public double total() {
      return Arrays.stream(earned).sum();
    }
  }

  /** Chooses on all segments before each one, from {@code first} on. */
  public static WalkForward walkForward(Menu menu, int first) {
    int folds = menu.segments() - first;
    int[] chosen = new int[folds];
    double[] earned = new double[folds];
    for (int fold = 0; fold < folds; fold++) {
      int[] past = range(0, first + fold);
      chosen[fold] = menu.best(past);
      earned[fold] = menu.sums()[chosen[fold]][first + fold];
    }
    return new WalkForward(chosen, earned);
  }

  /**
   * What the chosen set earned in each pair of segments when it was chosen on the others, the
   * segments beside them left out: no hour of a test is in the window of a signal that was trained
   * on.
   */
  public static double[] purgedCrossValidation(Menu menu) {
    List<int[]> tests = combinations(menu.segments(), 2);
    double[] earned = new double[tests.size()];
    for (int i = 0; i < earned.length; i++) {
      int[] test = tests.get(i);
      int[] train =
          Arrays.stream(others(menu.segments(), test))
              .filter(
                  segment -> Arrays.stream(test).noneMatch(other -> Math.abs(other - segment) == 1))
              .toArray();
      earned[i] = menu.sum(menu.best(train), test);
    }
    return earned;
  }

  private static int[] range(int from, int until) {
    int[] range = new int[until - from];
    for (int i = 0; i < range.length; i++) {
      range[i] = from + i;
    }
    return range;
  }

  private static int[] others(int of, int[] without) {
    return Arrays.stream(range(0, of))
        .filter(each -> Arrays.stream(without).noneMatch(other -> other == each))
        .toArray();
  }

  static List<int[]> combinations(int of, int size) {
    List<int[]> all = new ArrayList<>();
    int[] picked = range(0, size);
    while (true) {
      all.add(picked.clone());
      int i = size - 1;
      while (i >= 0 && picked[i] == of - size + i) {
        i--;
      }
      if (i < 0) {
        return all;
      }
      picked[i]++;
      for (int k = i + 1; k < size; k++) {
        picked[k] = picked[k - 1] + 1;
      }
    }
  }

  /** The normal distribution to 10^-9. */
  static final class Normal {
    private Normal() {}

    /** By the series around zero and the continued fraction of the tail. */
    static double cumulative(double x) {
      double density = Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
      if (Math.abs(x) < 4) {
        double term = x;
        double sum = x;
        for (int i = 1; Math.abs(term) > 1e-17 && i < 200; i++) {
          term *= x * x / (2 * i + 1);
          sum += term;
        }
        return 0.5 + density * sum;
      }
      double fraction = 0;
      for (int i = 60; i > 0; i--) {
        fraction = i / (Math.abs(x) + fraction);
      }
      double tail = density / (Math.abs(x) + fraction);
      return x > 0 ? 1 - tail : tail;
    }

    /** By halving. */
    static double quantile(double probability) {
      double low = -40;
      double high = 40;
      for (int i = 0; i < 200; i++) {
        double middle = (low + high) / 2;
        if (cumulative(middle) < probability) {
          low = middle;
        } else {
          high = middle;
        }
      }
      return (low + high) / 2;
    }
  }
}
