package io.twinleg.research.sweep;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What one set of a sweep came to over all its markets: the figures in USD.
 *
 * @param disturbed in how many markets the Engine would have acted on collateral or drawdown
 */
public record SweepRow(
    int set,
    int entries,
    long hoursIn,
    double funding,
    double fees,
    double slippage,
    double net,
    double maxDrawdown,
    int disturbed,
    Segments segments) {
  private static final int FIGURES = 10;

  /** Of each segment of the time: the net, and the squares of its days. */
  public record Segments(List<Double> sums, List<Double> squares) {
    static Segments of(double[] sums, double[] squares) {
      return new Segments(
          Arrays.stream(sums).boxed().toList(), Arrays.stream(squares).boxed().toList());
    }
  }

  /** What both legs' prices made. */
  public double basis() {
    return net - funding + fees + slippage;
  }

  /**
   * Adds up the markets of one set.
   *
   * @param byDay what was gained by the end of each day, over all markets
   */
  public static SweepRow of(int set, List<Screening.Result> markets, double[] byDay, int segments) {
    double[] daily = daily(byDay);
    double peak = 0;
    double deepest = 0;
    for (int day = 1; day < byDay.length; day++) {
      peak = Math.max(peak, byDay[day]);
      deepest = Math.max(deepest, peak - byDay[day]);
    }
    Overfitting.Menu menu = Overfitting.menu(new double[][] {daily}, segments);
    return new SweepRow(
        set,
        markets.stream().mapToInt(Screening.Result::entries).sum(),
        markets.stream().mapToLong(Screening.Result::hoursIn).sum(),
        markets.stream().mapToDouble(Screening.Result::funding).sum(),
        markets.stream().mapToDouble(Screening.Result::fees).sum(),
        markets.stream().mapToDouble(Screening.Result::slippage).sum(),
        markets.stream().mapToDouble(Screening.Result::net).sum(),
        deepest,
        (int) markets.stream().filter(Screening.Result::disturbed).count(),
        Segments.of(menu.sums()[0], menu.squares()[0]));
  }

  /** What each day gained, from what was gained by the end of each. */
  public static double[] daily(double[] byDay) {
    double[] daily = new double[byDay.length - 1];
    Arrays.setAll(daily, day -> byDay[day + 1] - byDay[day]);
    return daily;
  }

  public String text() {
    StringBuilder line = new StringBuilder();
    line.append(set).append(',').append(entries).append(',').append(hoursIn);
    for (double figure : new double[] {funding, basis(), fees, slippage, net, maxDrawdown}) {
      line.append(String.format(Locale.ROOT, ",%.6f", figure));
    }
    line.append(',').append(disturbed);
    for (double sum : segments.sums()) {
      line.append(String.format(Locale.ROOT, ",%.6f", sum));
    }
    for (double square : segments.squares()) {
      line.append(String.format(Locale.ROOT, ",%.8f", square));
    }
    return line.toString();
  }

  public static SweepRow parse(String text) {
    String[] fields = text.split(",");
    double[] numbers = Arrays.stream(fields).mapToDouble(Double::parseDouble).toArray();
    int segments = (numbers.length - FIGURES) / 2;
    return new SweepRow(
        (int) numbers[0],
        (int) numbers[1],
        (long) numbers[2],
        numbers[3],
        numbers[5],
        numbers[6],
        numbers[7],
        numbers[8],
        (int) numbers[9],
        Segments.of(
            Arrays.copyOfRange(numbers, FIGURES, FIGURES + segments),
            Arrays.copyOfRange(numbers, FIGURES + segments, FIGURES + 2 * segments)));
  }

  static Overfitting.Menu menu(List<SweepRow> rows, int days) {
    int segments = rows.getFirst().segments().sums().size();
    int[] periods = new int[segments];
    for (int day = 0; day < days; day++) {
      periods[(int) ((long) day * segments / days)]++;
    }
    List<double[]> sums = new ArrayList<>();
    List<double[]> squares = new ArrayList<>();
    rows.forEach(row -> {
      sums.add(unboxed(row.segments().sums()));
      squares.add(unboxed(row.segments().squares()));
    });
    return new Overfitting.Menu(
        sums.toArray(double[][]::new), squares.toArray(double[][]::new), periods);
  }

  private static double[] unboxed(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
