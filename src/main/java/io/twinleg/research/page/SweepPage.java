package io.twinleg.research.page;

import io.twinleg.research.sweep.SweepRow;
import io.twinleg.research.sweep.SweepVerdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntFunction;

/** A sweep on one page: what it warns of, its verdict, the best sets, and where they lie. */
public final class SweepPage {
  private static final int AXES_MAX = 4;

  /** A map of more is not read, and may have more cells than the page may have bytes. */
  private static final int VALUES_MAX = 50;

  private final Map<String, List<String>> axes;
  private final IntFunction<int[]> values;
  private final SweepVerdict verdict;
  private final List<SweepRow> rows;
  private final HtmlPage page;

  private SweepPage(
      Map<String, List<String>> axes,
      IntFunction<int[]> values,
      SweepVerdict verdict,
      List<SweepRow> rows,
      String title) {
    this.axes = axes;
    this.values = values;
    this.verdict = verdict;
    this.rows = rows.stream().filter(row -> row.disturbed() == 0).toList();
    this.page = new HtmlPage(title);
  }

  /**
   * @param axes keys with the values that are tried
   * @param values which value of each key a set has, by its number
   * @param rows of all sets
   */
  public static HtmlPage of(
      Map<String, List<String>> axes,
      IntFunction<int[]> values,
      SweepVerdict verdict,
      List<SweepRow> rows,
      String title) {
    SweepPage sweep = new SweepPage(axes, values, verdict, rows, title);
    sweep.top();
    sweep.best();
    sweep.maps();
    return sweep.page;
  }

  private void top() {
    verdict.warnings().forEach(page::warning);
    page.paragraph(
        "Believe the walk-forward figure: each part of the time is earned by the set that all time"
            + " before it would have chosen. Compare it with holding throughout over the same time,"
            + " and the probability of overfitting (pbo) with its null on the same menu.");
    page.table(
        List.of("figure", "value"),
        verdict.table().entrySet().stream()
            .map(row -> List.of(row.getKey(), row.getValue()))
            .toList());
  }

  private void best() {
    page.heading("Best by what was earned after the first quarter");
    List<String> head = new ArrayList<>(List.of("set", "then, USD", "in all, USD", "entries"));
    axes.keySet().forEach(key -> head.add(key.substring(key.lastIndexOf('.') + 1)));
    page.table(
        head,
        verdict.best().stream()
            .map(row -> {
              List<String> cells =
                  new ArrayList<>(
                      List.of(
                          Integer.toString(row.set()),
                          usd(SweepVerdict.outOfSample(row)),
                          usd(row.net()),
                          Integer.toString(row.entries())));
              int[] has = values.apply(row.set());
              int axis = 0;
              for (List<String> of : axes.values()) {
                cells.add(of.get(has[axis++]));
              }
              return cells;
            })
            .toList());
  }

  /** By two keys at a time, over all values of the others. */
  private void maps() {
    List<String> keys = List.copyOf(axes.keySet());
    List<List<String>> tried = List.copyOf(axes.values());
    List<Integer> varied = new ArrayList<>();
    for (int i = 0; i < keys.size() && varied.size() < AXES_MAX; i++) {
      if (tried.get(i).size() > 1 && tried.get(i).size() <= VALUES_MAX) {
        varied.add(i);
      }
    }
    for (int i = 0; i < varied.size(); i++) {
      for (int k = i + 1; k < varied.size(); k++) {
        int down = varied.get(i);
        int across = varied.get(k);
        page.heading("Mean net, USD, by " + keys.get(down) + " and " + keys.get(across));
        page.heatMap(
            keys.get(down) + " \\ " + keys.get(across),
            tried.get(across),
            means(down, tried.get(down), across, tried.get(across)));
      }
    }
  }

  private List<HtmlPage.Line> means(
      int down, List<String> downs, int across, List<String> acrosses) {
    double[][] sums = new double[downs.size()][acrosses.size()];
    int[][] counts = new int[downs.size()][acrosses.size()];
    for (SweepRow row : rows) {
      int[] has = values.apply(row.set());
      sums[has[down]][has[across]] += row.net();
      counts[has[down]][has[across]]++;
    }
    List<HtmlPage.Line> lines = new ArrayList<>();
    for (int i = 0; i < downs.size(); i++) {
      double[] means = new double[acrosses.size()];
      for (int k = 0; k < means.length; k++) {
        means[k] = counts[i][k] == 0 ? Double.NaN : sums[i][k] / counts[i][k];
      }
      lines.add(HtmlPage.Line.of(downs.get(i), means));
    }
    return lines;
  }

  private static String usd(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }
}
