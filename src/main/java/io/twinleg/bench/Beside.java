package io.twinleg.bench;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
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

  /**
   * What one operation cost this thread: its CPU time, which other programs on the machine do not
   * lengthen by taking turns, and what it allocated.
   */
  record Cost(double nanos, double bytes) {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    static Cost of(Callable<?> operation, int times) {
      long bytes = THREADS.getCurrentThreadAllocatedBytes();
      long nanos = THREADS.getCurrentThreadCpuTime();
      for (int i = 0; i < times; i++) {
        call(operation);
      }
      nanos = THREADS.getCurrentThreadCpuTime() - nanos;
      bytes = THREADS.getCurrentThreadAllocatedBytes() - bytes;
      return new Cost((double) nanos / times, (double) bytes / times);
    }

    /** Repeats an operation for so much CPU time, so that it is compiled, and counts. */
    static int warm(Callable<?> operation, long nanos) {
      long end = THREADS.getCurrentThreadCpuTime() + nanos;
      int times = 0;
      while (THREADS.getCurrentThreadCpuTime() < end) {
        for (int i = 0; i < 16; i++) {
          call(operation);
        }
        times += 16;
      }
      return times;
    }

    private static void call(Callable<?> operation) {
      try {
        if (operation.call() == null) {
          throw new IllegalStateException("what is measured gave nothing");
        }
      } catch (RuntimeException failure) {
        throw failure;
      } catch (Exception failure) {
        throw new IllegalStateException(failure);
      }
    }
  }

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
    return RowFields.of(
        "cpu_us", RowFields.median(costs),
        "bytes", RowFields.whole(bytes),
        "beside", name,
        "beside_cpu_us", RowFields.median(others),
        "beside_bytes", RowFields.whole(otherBytes),
        "ratio", RowFields.median(ratios),
        "ratio_low", RowFields.rounded(ratios.stream().mapToDouble(r -> r).min().orElse(0)),
        "ratio_high", RowFields.rounded(ratios.stream().mapToDouble(r -> r).max().orElse(0)),
        "rounds", rounds);
  }

  private static int times(Callable<?> operation) {
    int warm = Cost.warm(operation, WARM_UP);
    return (int) Math.max(1, warm * ROUND / WARM_UP);
  }
}
