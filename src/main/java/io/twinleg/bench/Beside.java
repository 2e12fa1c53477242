package io.twinleg.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * Measures one operation in turn with another, round by round, so that both see the same machine.
 */
final class Beside {
  private static final long WARM_UP = 700_000_000L;
  private static final long ROUND = 40_000_000L;

  private Beside() {}

  /** Both costs, and the ratio of each round. */
  static Map<String, Object> measure(int rounds, Callable<?> ours, String name, Callable<?> other) {
    int oursTimes = times(ours);
    int otherTimes = times(other);
    List<Double> costs = new ArrayList<>();
    List<Double> others = new ArrayList<>();
    List<Double> ratios = new ArrayList<>();
    double bytes = 0;
    double otherBytes = 0;
    for (int round = 0; round < rounds; round++) {
      Cost cost = Cost.of(ours, oursTimes);
      Cost beside = Cost.of(other, otherTimes);
      costs.add(cost.nanos() / 1e3);
      others.add(beside.nanos() / 1e3);
      ratios.add(cost.nanos() / beside.nanos());
      bytes = cost.bytes();
      otherBytes = beside.bytes();
    }
    return Figures.of(
        "cpu_us", Figures.median(costs),
        "bytes", Figures.whole(bytes),
        "beside", name,
        "beside_cpu_us", Figures.median(others),
        "beside_bytes", Figures.whole(otherBytes),
        "ratio", Figures.median(ratios),
        "ratio_low", Figures.rounded(ratios.stream().mapToDouble(r -> r).min().orElse(0)),
        "ratio_high", Figures.rounded(ratios.stream().mapToDouble(r -> r).max().orElse(0)),
        "rounds", rounds);
  }

  private static int times(Callable<?> operation) {
    int warm = Cost.warm(operation, WARM_UP);
    return (int) Math.max(1, warm * ROUND / WARM_UP);
  }
}
