package io.twinleg.research.walk;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Rules over the same hours; the first of them is the one that is judged.
 *
 * @param chosen what the past chose from the menu, a quarter after the other
 */
public record WalkForwardTable(
    Instant from, Instant until, int coins, List<RuleRow> rows, List<String> chosen) {
  public WalkForwardTable {
    rows = List.copyOf(rows);
    chosen = List.copyOf(chosen);
  }

  /**
   * From equities by the hour, which another tier worked out.
   *
   * @param equities by rule, of the hours from {@code from} on, as fractions of the capital
   * @param exits by rule, how often a market was left by each of these hours
   */
  public static WalkForwardTable ofEquities(
      Instant from,
      int coins,
      Map<String, double[]> equities,
      Map<String, int[]> exits,
      int blockDays,
      long seed) {
    int hours = equities.values().stream().mapToInt(each -> each.length).min().orElse(0);
    RuleTable table =
        new RuleTable(
            hour -> from.plus(hour, ChronoUnit.HOURS),
            new BlockBootstrap(blockDays, seed),
            0,
            hours);
    equities.forEach((rule, equity) -> {
      double[] net = new double[hours];
      for (int hour = 1; hour < hours; hour++) {
        net[hour] = equity[hour] - equity[hour - 1];
      }
      table.add(rule, new NetByHour(net, Objects.requireNonNull(exits.get(rule), rule)));
    });
    return new WalkForwardTable(
        from, from.plus(Math.max(0, hours - 1), ChronoUnit.HOURS), coins, table.rows(), List.of());
  }

  /** In one sentence, also where it does not win. */
  public String verdict() {
    RuleRow judged = rows.getFirst();
    Map<String, List<String>> found = new TreeMap<>();
    for (RuleRow other : rows.subList(1, rows.size())) {
      RuleRow.Interval ahead = other.ahead();
      if (ahead != null) {
        found.computeIfAbsent(ahead.words(), word -> new ArrayList<>()).add(other.rule());
      }
    }
    List<String> parts = new ArrayList<>();
    found.forEach((word, others) ->
        parts.add(
            (word.equals("ahead")
                    ? "ahead of "
                    : word.equals("behind") ? "behind " : word + " from ")
                + String.join(", ", others)));
    return String.format(
        Locale.ROOT,
        "%s: %.1f %% a year on capital (95 %%: %.1f to %.1f); %s.",
        judged.rule(),
        100 * judged.apr(),
        100 * judged.low(),
        100 * judged.high(),
        String.join("; ", parts));
  }

  public Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("from", from.toString());
    fields.put("until", until.toString());
    fields.put("coins", coins);
    fields.put("rules", rows.stream().map(RuleRow::fields).toList());
    fields.put("chosen_by_quarter", chosen);
    fields.put("verdict", verdict());
    return fields;
  }

  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("%d coins, %s to %s".formatted(coins, from, until));
    lines.add(
        "%-30s %6s  %-16s  %6s  %6s"
            .formatted("% of capital a year", "net", "(95 %)", "deepest", "trips"));
    rows.forEach(row -> lines.add(row.line()));
    if (!chosen.isEmpty()) {
      lines.add("chosen, quarter by quarter: " + String.join(" | ", chosen));
    }
    lines.add(verdict());
    return lines;
  }
}
