package io.twinleg.research.walk;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a rule came to over a time, on capital.
 *
 * @param apr net, a simple yearly rate, with its interval
 * @param ahead how far the rule that is judged is ahead of this one, a yearly rate; null for itself
 * @param byYear net yearly rates by calendar year
 */
public record RuleRow(
    String rule,
    double apr,
    double low,
    double high,
    double drawdown,
    double tripsAYear,
    @Nullable Interval ahead,
    Map<Integer, Double> byYear) {

  /** Of a difference; 95 % of the draws are between the two. */
  public record Interval(double low, double high) {
    String words() {
      return low > 0 ? "ahead" : high < 0 ? "behind" : "not distinct";
    }
  }

  public Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("rule", rule);
    fields.put("apr_on_capital", rounded(apr));
    fields.put("apr_low", rounded(low));
    fields.put("apr_high", rounded(high));
    fields.put("max_drawdown", rounded(drawdown));
    fields.put("round_trips_a_year", rounded(tripsAYear));
    if (ahead != null) {
      fields.put("judged_ahead_low", rounded(ahead.low()));
      fields.put("judged_ahead_high", rounded(ahead.high()));
    }
    Map<String, Object> years = new LinkedHashMap<>();
    byYear.forEach((year, value) -> years.put(String.valueOf(year), rounded(value)));
    fields.put("apr_by_year", years);
    return fields;
  }

  private static BigDecimal rounded(double value) {
    return BigDecimal.valueOf(value).setScale(6, RoundingMode.HALF_EVEN);
  }

  /** For people: rates in percent a year. */
  String line() {
    StringBuilder years = new StringBuilder();
    byYear.forEach((year, value) ->
        years.append(String.format(Locale.ROOT, "  %d: %5.1f", year, 100 * value)));
    String difference =
        ahead == null
            ? ""
            : String.format(
                Locale.ROOT,
                "  %s by %.1f to %.1f",
                ahead.words(),
                100 * ahead.low(),
                100 * ahead.high());
    return String.format(
        Locale.ROOT,
        "%-30s %6.1f  (%5.1f to %5.1f)  %6.2f  %6.1f%s%s",
        rule,
        100 * apr,
        100 * low,
        100 * high,
        100 * drawdown,
        tripsAYear,
        years,
        difference);
  }
}
