package io.twinleg.bench;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.Callable;

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
