package io.twinleg.research.walk;

import io.twinleg.core.strategy.BlendedForecast;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How far forecasts of the mean rate of the next two weeks were off, once a day: the root of the
 * mean square, in yearly rates.
 *
 * @param blended half the average and half the base rate, or as it is set
 * @param average of the same window alone
 * @param regression the first-order regression that a single market is entered by
 */
public record ForecastErrors(
    String coin, int days, double blended, double average, double regression) {
  private static final int AHEAD = 336;
  private static final int DAY = 24;
  private static final int MOST_SHOWN = 20;
  private static final double HOURS_A_YEAR = 8760;

  /** Of every coin with enough hours. */
  static List<ForecastErrors> of(RateTable rates, BlendedForecast forecast) {
    List<ForecastErrors> all = new ArrayList<>();
    for (RateTable.Coin coin : rates.coins()) {
      double[] squares = new double[3];
      int days = 0;
      for (int hour = DAY - 1; hour + AHEAD < rates.hours(); hour += DAY) {
        if (!coin.hasMean(hour, forecast.windowHours()) || !coin.hasMean(hour + AHEAD, AHEAD)) {
          continue;
        }
        BigDecimal mean = coin.mean(hour, forecast.windowHours()).orElseThrow();
        double came = coin.about(hour + AHEAD, AHEAD);
        add(squares, 0, forecast.perHour(mean).doubleValue() - came);
        add(squares, 1, mean.doubleValue() - came);
        add(squares, 2, PlainRules.forecast(coin, hour).sum(AHEAD).doubleValue() / AHEAD - came);
        days++;
      }
      if (days > 0) {
        all.add(
            new ForecastErrors(
                coin.market.name(),
                days,
                root(squares[0], days),
                root(squares[1], days),
                root(squares[2], days)));
      }
    }
    return all;
  }

  private static void add(double[] squares, int at, double off) {
    squares[at] += off * off * HOURS_A_YEAR * HOURS_A_YEAR;
  }

  private static double root(double squares, int days) {
    return Math.sqrt(squares / days);
  }

  public Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("coin", coin);
    fields.put("days", days);
    fields.put("blended", rounded(blended));
    fields.put("average", rounded(average));
    fields.put("regression", rounded(regression));
    return fields;
  }

  private static BigDecimal rounded(double value) {
    return BigDecimal.valueOf(value).setScale(6, RoundingMode.HALF_EVEN);
  }

  /** Of at most so many coins, and how often the blend was nearest over all of them. */
  public static List<String> lines(List<ForecastErrors> all) {
    List<String> lines = new ArrayList<>();
    lines.add("errors of forecasts of the next 14 days, in % a year");
    lines.add("%-10s %8s %8s %10s".formatted("coin", "blended", "average", "regression"));
    for (ForecastErrors each : all.subList(0, Math.min(MOST_SHOWN, all.size()))) {
      lines.add(
          String.format(
              Locale.ROOT,
              "%-10s %8.1f %8.1f %10.1f",
              each.coin,
              100 * each.blended,
              100 * each.average,
              100 * each.regression));
    }
    long nearer = all.stream().filter(each -> each.blended < each.regression).count();
    lines.add(
        "the blend was nearer than the regression on %d of %d coins".formatted(nearer, all.size()));
    return lines;
  }
}
