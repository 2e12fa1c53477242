package io.twinleg.stress;

import io.twinleg.stress.invariants.CheckResult;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What a campaign came to. */
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
    counts.put("fills", worlds.stream().mapToLong(it -> it.findings().fills()).sum());
    counts.put("entries", sum("entered_position"));
    counts.put("exits", sum("exit_completed"));
    counts.put("repairs", sum("hedge_repair_started"));
    counts.put("unwinds", sum("hedge_unwound"));
    counts.put("unknown_outcomes", sum("order_unknown"));
    counts.put("collateral_moves", sum("collateral_moved"));
    counts.put("delevers", sum("position_reduced") / 2);
    counts.put("quarantines", sum("quarantined"));
    counts.put("halts", sum(OutputRecorder.HALTS));
    counts.put("restarts", worlds.stream().mapToLong(it -> it.lives() - 1L).sum());
    return counts;
  }

  private long sum(String note) {
    return worlds.stream().mapToLong(each -> each.count(note)).sum();
  }

  public List<Distribution> distributions() {
    return List.of(
        of("net", "USD", CheckResult::net),
        of("naked_usd_seconds", "USD x s", CheckResult::nakedUsdSeconds),
        of("longest_naked", "s", it -> BigDecimal.valueOf(it.longestNaked().toMillis(), 3)),
        of("largest_naked", "USD", CheckResult::largestNaked),
        of("cost_per_round_trip", "bps", CheckResult::costBps),
        of("maker_markout", "bps", CheckResult::markoutBps),
        of("traded", "USD", CheckResult::traded));
  }

  /** Of the worlds in which anything was traded. */
  private Distribution of(String name, String unit, Function<CheckResult, BigDecimal> figure) {
    List<BigDecimal> values =
        worlds.stream()
            .map(WorldResult::findings)
            .filter(it -> it.fills() > 0)
            .map(figure)
            .toList();
    return new Distribution(name, unit, values);
  }
}
