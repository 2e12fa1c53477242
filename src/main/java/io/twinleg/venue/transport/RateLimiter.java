package io.twinleg.venue.transport;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayDeque;
import java.util.function.LongSupplier;

/**
 * A mirror of the venue's limit on request weight in any sixty seconds. What only informs leaves a
 * reserve to what reduces risk; nothing is refused to that.
 */
public final class RateLimiter {
  private static final long MINUTE_NANOS = 60_000_000_000L;

  private record Spent(long at, int weight) {}

  private final int aMinute;
  private final int reserve;
  private final LongSupplier nanos;
  private final ArrayDeque<Spent> window = new ArrayDeque<>();
  private long windowNanos = MINUTE_NANOS;
  private int spent;

  /**
   * @param aMinute the venue's limit, {@code reserve} of it for what reduces risk
   * @param nanos a monotonic clock
   */
  public RateLimiter(int aMinute, int reserve, LongSupplier nanos) {
    this.aMinute = aMinute;
    this.reserve = reserve;
    this.nanos = nanos;
  }

  /** The venue counts its minutes by its own clock, which may run at another speed than ours. */
  public synchronized void scaleWindow(BigDecimal speed) {
    windowNanos =
        BigDecimal.valueOf(MINUTE_NANOS).divide(speed, 0, RoundingMode.CEILING).longValue();
  }

  /** For information. Returns false, and spends nothing, where only the reserve is left. */
  public synchronized boolean tryAcquire(int weight) {
    if (remaining() - weight < reserve) {
      return false;
    }
    spend(weight);
    return true;
  }

  /** For what reduces risk: counted, never refused. The venue may still refuse it. */
  public synchronized void consume(int weight) {
    remaining();
    spend(weight);
  }

  /** What is left of this minute, less than nothing where safety went beyond it. */
  public synchronized int remaining() {
    long now = nanos.getAsLong();
    while (!window.isEmpty() && now - window.getFirst().at() >= windowNanos) {
      spent -= window.removeFirst().weight();
    }
    return aMinute - spent;
  }

  /** The venue says that the limit is reached, whatever we counted: nothing is left for a while. */
  public synchronized void markExhausted() {
    int rest = remaining();
    if (rest > 0) {
      spend(rest);
    }
  }

  private void spend(int weight) {
    window.addLast(new Spent(nanos.getAsLong(), weight));
    spent += weight;
  }
}
