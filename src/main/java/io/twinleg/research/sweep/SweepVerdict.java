package io.twinleg.research.sweep;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * What a sweep is worth: the best sets by what they earned after they could have been chosen, and
 * how much of that is choice.
 *
 * @param chosenNow the set that the whole time would choose; -1 where none is ranked
 */
public record SweepVerdict(
    int sets,
    int disturbed,
    List<SweepRow> best,
    double walkForwardNet,
    int chosenNow,
    Holding holding,
    Choice choice,
    String digest) {
  /**
   * Holding every market throughout, in USD.
   *
   * @param outOfSample after what the first fold is chosen on
   * @param beatenBy the share of the sets that earned more in all
   */
  public record Holding(double net, double outOfSample, double beatenBy) {}

  /**
   * How much of the best is choice.
   *
   * @param purgedMedian and {@code purgedWorst}: of purged cross-validation, in USD
   */
  public record Choice(
      double probabilityOfOverfitting,
      double nullOfOverfitting,
      double deflatedSharpe,
      double expectedMaximumSharpe,
      double purgedMedian,
      double purgedWorst) {}

  /** The first fold is chosen on a quarter of the time. */
  private static final int FIRST_FOLD = 4;

  private static final int BEST = 10;
  private static final int CHECKED_SETS_MAX = 2000;
  private static final double FEW = 0.05;
  private static final double CENT = 0.01;

  /** Where no set is ranked; no comparison with it holds, so that it warns of nothing. */
  private static final double UNKNOWN = Double.NaN;

  /**
   * @param rows of all sets, in their order
   * @param hold holding throughout, as a row of its own
   * @param daily what a set gained each day, in USD: asked for the chosen one, whose Sharpe ratio
   *     is judged with the shape of its own returns
   */
  public static SweepVerdict of(
      List<SweepRow> rows, SweepRow hold, int days, String digest, IntFunction<double[]> daily) {
    List<SweepRow> counted = rows.stream().filter(row -> row.disturbed() == 0).toList();
    int disturbed = rows.size() - counted.size();
    if (counted.isEmpty()) {
      return new SweepVerdict(
          rows.size(),
          disturbed,
          List.of(),
          UNKNOWN,
          -1,
          new Holding(hold.net(), outOfSample(hold), UNKNOWN),
          new Choice(UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN),
          digest);
    }
    Overfitting.Menu menu = SweepRow.menu(counted, days);
    Overfitting.WalkForward forward = Overfitting.walkForward(menu, FIRST_FOLD);
    int[] all = new int[menu.segments()];
    Arrays.setAll(all, i -> i);
    int now = menu.best(all);
    double[] sharpes = new double[counted.size()];
    Arrays.setAll(sharpes, set -> menu.sharpe(set, all));
    double mean = Arrays.stream(sharpes).average().orElse(0);
    double variance = Arrays.stream(sharpes).map(s -> (s - mean) * (s - mean)).average().orElse(0);
    double expected = Overfitting.expectedMaximum(variance, counted.size());
    Overfitting.Menu checked = SweepRow.menu(thinned(counted), days);
    Overfitting.Moments chosen = Overfitting.Moments.of(daily.apply(counted.get(now).set()));
    double[] purged = Overfitting.purgedCrossValidation(checked);
    Arrays.sort(purged);
    return new SweepVerdict(
        rows.size(),
        disturbed,
        counted.stream()
            .sorted(
                Comparator.comparingDouble((SweepRow row) -> -outOfSample(row))
                    .thenComparingInt(SweepRow::set))
            .limit(BEST)
            .toList(),
        forward.total(),
        counted.get(now).set(),
        new Holding(
            hold.net(),
            outOfSample(hold),
            (double) counted.stream().filter(row -> row.net() > hold.net()).count()
                / counted.size()),
        new Choice(
            Overfitting.probabilityOfOverfitting(checked),
            Overfitting.nullOfOverfitting(checked, 1),
            chosen.deflated(expected),
            expected,
            purged[purged.length / 2],
            purged[0]),
        digest);
  }

  /** Cross-validation of more sets than this says the same and takes minutes. */
  private static List<SweepRow> thinned(List<SweepRow> rows) {
    int step = (rows.size() + CHECKED_SETS_MAX - 1) / CHECKED_SETS_MAX;
    List<SweepRow> some = new ArrayList<>();
    for (int i = 0; i < rows.size(); i += step) {
      some.add(rows.get(i));
    }
    return some;
  }

  /** What a set earned after the quarter that the first choice is made on, in USD. */
  public static double outOfSample(SweepRow row) {
    double sum = 0;
    List<Double> segments = row.segments().sums();
    for (int segment = FIRST_FOLD; segment < segments.size(); segment++) {
      sum += segments.get(segment);
    }
    return sum;
  }

  /** The fields but the warnings, as a person reads them. */
  public Map<String, String> table() {
    Map<String, String> table = new LinkedHashMap<>();
    fields()
        .forEach((name, value) -> {
          if (!name.equals("warnings")) {
            table.put(
                name.replace('_', ' '),
                value.equals(Optional.empty()) ? "unknown" : value.toString());
          }
        });
    return table;
  }

  public List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    if (disturbed > 0 && disturbed == sets) {
      warnings.add(
          "None of %d sets is ranked, so there is no verdict: their collateral, their drawdown or an exit in several slices would have made the engine act; give more --capital, or backtest them."
              .formatted(sets));
    } else if (disturbed > 0) {
      warnings.add(
          "%d of %d sets are not ranked: their collateral, their drawdown or an exit in several slices would have made the engine act; give more --capital, or backtest them."
              .formatted(disturbed, sets));
    }
    if (holding.beatenBy() <= FEW) {
      warnings.add(
          percent(
              "At most 5 %% of the sets beat holding throughout: %.1f %%.", holding.beatenBy()));
    }
    if (walkForwardNet < holding.outOfSample() - CENT) {
      warnings.add(
          String.format(
              Locale.ROOT,
              "Choosing by the past earned %.2f USD where holding throughout earned %.2f.",
              walkForwardNet,
              holding.outOfSample()));
    }
    if (choice.probabilityOfOverfitting() >= choice.nullOfOverfitting()) {
      warnings.add(
          String.format(
              Locale.ROOT,
              "The probability of overfitting is %.2f, and %.2f on the same menu without any"
                  + " skill.",
              choice.probabilityOfOverfitting(),
              choice.nullOfOverfitting()));
    }
    return warnings;
  }

  private static String percent(String format, double share) {
    return String.format(Locale.ROOT, format, share * 100);
  }

  /** What is unknown is an empty Optional. */
  public Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("sets", sets);
    fields.put("disturbed", disturbed);
    fields.put("walk_forward_net_usd", rounded(walkForwardNet));
    fields.put("chosen_now", chosenNow < 0 ? Optional.empty() : chosenNow);
    fields.put("hold_throughout_net_usd", rounded(holding.net()));
    fields.put("hold_throughout_out_of_sample_usd", rounded(holding.outOfSample()));
    fields.put("share_beating_hold", rounded(holding.beatenBy()));
    fields.put("pbo", rounded(choice.probabilityOfOverfitting()));
    fields.put("pbo_null", rounded(choice.nullOfOverfitting()));
    fields.put("deflated_sharpe", rounded(choice.deflatedSharpe()));
    fields.put("expected_maximum_sharpe", rounded(choice.expectedMaximumSharpe()));
    fields.put("cpcv_median_usd", rounded(choice.purgedMedian()));
    fields.put("cpcv_worst_usd", rounded(choice.purgedWorst()));
    fields.put("digest", digest);
    fields.put("warnings", warnings());
    return fields;
  }

  private static Object rounded(double value) {
    return Double.isNaN(value)
        ? Optional.empty()
        : BigDecimal.valueOf(value).setScale(6, RoundingMode.HALF_EVEN);
  }
}
