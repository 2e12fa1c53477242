package io.twinleg.venue.transport;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayDeque;
import java.util.function.LongSupplier;

/**
 * Counts request weight against the venue's limit for any sixty seconds. Requests that only inform
 * leave a reserve to requests that reduce risk; the latter are counted and never refused.
 */
public final class RateLimiter {
  private static final long MINUTE_NANOS = 60_000_000_000L;

  private record Spent(long at, int weight) {}

  private final int perMinute;
  private final int reserve;
  private final LongSupplier nanos;
  private final ArrayDeque<Spent> window = new ArrayDeque<>();
  private long windowNanos = MINUTE_NANOS;
  private int spent;

  /**
   * @param perMinute the venue's limit, {@code reserve} of it for requests that reduce risk
   * @param nanos a monotonic clock
   */
  public RateLimiter(int perMinute, int reserve, LongSupplier nanos) {
    this.perMinute = perMinute;
    this.reserve = reserve;
    this.nanos = nanos;
  }

  /** Scales the window for a venue whose clock runs at another speed than ours. */
  public synchronized void scaleWindow(BigDecimal speed) {
    windowNanos =
        BigDecimal.valueOf(MINUTE_NANOS).divide(speed, 0, RoundingMode.CEILING).longValue();
  }

  /**
   * For requests that inform. Returns false, and spends nothing, where only the reserve is left.
   */
  public synchronized boolean tryAcquire(int weight) {
    if (remaining() - weight < reserve) {
      return false;
    }
    spend(weight);
    return true;
  }

  /**
   * For requests that reduce risk: counted, never refused here. The venue may still refuse them.
   */
  public synchronized void consume(int weight) {
    remaining();
    spend(weight);
  }

  /** The weight left in this window; negative where requests that reduce risk went beyond it. */
  public synchronized int remaining() {
    long now = nanos.getAsLong();
    while (!window.isEmpty() && now - window.getFirst().at() >= windowNanos) {
      spent -= window.removeFirst().weight();
    }
    return perMinute - spent;
  }

  /** Takes the venue's word that the limit is reached: nothing is left for one window. */
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
