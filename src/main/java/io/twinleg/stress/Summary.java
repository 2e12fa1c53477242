package io.twinleg.stress;

import io.twinleg.stress.invariants.CheckResult;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** The results of a batch. */
public record Summary(List<WorldResult> worlds) {
  public Summary {
    worlds = List.copyOf(worlds);
  }

  public List<WorldResult> broken() {
    return worlds.stream().filter(each -> each.violation().isPresent()).toList();
  }

  public Map<String, Long> counts() {
    Map<String, Long> counts = new LinkedHashMap<>();
    counts.put("events", worlds.stream().mapToLong(WorldResult::events).sum());
    counts.put("fills", worlds.stream().mapToLong(world -> world.result().fills()).sum());
    counts.put("worlds_without_fills", untraded().count());
    counts.put("entries", sum("entered_position"));
    counts.put("exits", sum("exit_completed"));
    counts.put("repairs", sum("hedge_repair_started"));
    counts.put("unwinds", sum("hedge_unwound"));
    counts.put("unknown_outcomes", sum("order_unknown"));
    counts.put("collateral_moves", sum("collateral_moved"));
    counts.put("delevers", sum("position_reduced") / 2);
    counts.put("quarantines", sum("quarantined"));
    counts.put("halts", sum(OutputRecorder.HALTS));
    counts.put("restarts", worlds.stream().mapToLong(world -> world.starts() - 1L).sum());
    return counts;
  }

  private Stream<WorldResult> untraded() {
    return worlds.stream().filter(world -> world.result().fills() == 0);
  }

  /**
   * What is to be said where nothing was traded in any world: then no promise was tried. Empty
   * else.
   */
  public Optional<String> untried() {
    if (untraded().count() < worlds.size()) {
      return Optional.empty();
    }
    String why =
        worlds.stream()
            .map(WorldResult::lastEnd)
            .filter(end -> !end.isBlank())
            .findFirst()
            .map(end -> "each run ended itself, the first with: " + end)
            .orElse("no entry was worth its costs, or none fits the limits");
    return Optional.of(
        "nothing was traded in any of these worlds, so no promise was tried: " + why);
  }

  private long sum(String note) {
    return worlds.stream().mapToLong(each -> each.count(note)).sum();
  }

  public List<Distribution> distributions() {
    return List.of(
        of("net", "USD", CheckResult::net),
        of("naked_usd_seconds", "USD x s", CheckResult::nakedUsdSeconds),
        of("longest_naked", "s", result -> BigDecimal.valueOf(result.longestNaked().toMillis(), 3)),
        of("largest_naked", "USD", CheckResult::largestNaked),
        of("largest_naked_together", "USD", CheckResult::largestNakedTogether),
        of("cost_per_round_trip", "bps", CheckResult::costBps),
        of("maker_markout", "bps", CheckResult::markoutBps),
        of("traded", "USD", CheckResult::traded));
  }

  /** Of the worlds in which anything was traded. */
  private Distribution of(String name, String unit, Function<CheckResult, BigDecimal> figure) {
    List<BigDecimal> values =
        worlds.stream()
            .map(WorldResult::result)
            .filter(result -> result.fills() > 0)
            .map(figure)
            .toList();
    return new Distribution(name, unit, values);
  }

  /** One figure over all worlds, sorted. */
  public record Distribution(String name, String unit, List<BigDecimal> sorted) {
    private static final int DECIMALS = 4;

    public Distribution {
      sorted = sorted.stream().sorted().toList();
    }

    public BigDecimal percentile(int percent) {
      if (sorted.isEmpty()) {
        return BigDecimal.ZERO;
      }
      int at = Math.min(sorted.size() - 1, sorted.size() * percent / 100);
      return rounded(sorted.get(at));
    }

    public BigDecimal mean() {
      BigDecimal sum = sorted.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
      return sorted.isEmpty()
          ? BigDecimal.ZERO
          : rounded(sum.divide(BigDecimal.valueOf(sorted.size()), MathContext.DECIMAL64));
    }

    private static BigDecimal rounded(BigDecimal value) {
      BigDecimal plain = value.setScale(DECIMALS, RoundingMode.HALF_EVEN).stripTrailingZeros();
      return plain.scale() < 0 ? plain.setScale(0) : plain;
    }

    public Map<String, BigDecimal> figures() {
      Map<String, BigDecimal> figures = new LinkedHashMap<>();
      figures.put("min", percentile(0));
      figures.put("p1", percentile(1));
      figures.put("p5", percentile(5));
      figures.put("median", percentile(50));
      figures.put("p95", percentile(95));
      figures.put("p99", percentile(99));
      figures.put("max", percentile(100));
      figures.put("mean", mean());
      return figures;
    }
  }
}
