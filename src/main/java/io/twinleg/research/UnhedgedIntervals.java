package io.twinleg.research;

import io.twinleg.core.execution.pricing.HedgeImbalance;
import io.twinleg.core.model.OrderPurpose;
import io.twinleg.core.model.Usd;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The intervals in which a position was un-hedged, as {@link HedgeImbalance#isUnhedged} defines it:
 * by more than the lots allow to close, and worth an order. Between two events nothing changes; an
 * interval of no length (two fills of one message) is not counted.
 */
final class UnhedgedIntervals {
  private static final BigDecimal MILLIS = new BigDecimal("1000");

  private final List<Interval> intervals = new ArrayList<>();
  private @Nullable Interval open;
  private Usd unhedgedUsd = Usd.ZERO;
  private long repairOrders;
  private long unwindOrders;

  /**
   * One interval without a full hedge.
   *
   * @param largest the most that was un-hedged, in USD
   * @param usdSeconds un-hedged USD times seconds
   * @param repaired whether a repair order was sent meanwhile
   * @param unwound whether an unwinding order was sent meanwhile
   */
  record Interval(
      Instant since,
      Instant until,
      Usd largest,
      BigDecimal usdSeconds,
      boolean repaired,
      boolean unwound) {
    Duration length() {
      return Duration.between(since, until);
    }

    private Interval lasting(Instant now, Usd usd) {
      BigDecimal millis = BigDecimal.valueOf(Duration.between(until, now).toMillis());
      BigDecimal more = usd.value().multiply(millis).divide(MILLIS);
      return new Interval(since, now, largest, usdSeconds.add(more), repaired, unwound);
    }

    private Interval atLeast(Usd usd) {
      return new Interval(since, until, largest.max(usd), usdSeconds, repaired, unwound);
    }

    private Interval with(OrderPurpose purpose) {
      return new Interval(
          since,
          until,
          largest,
          usdSeconds,
          repaired || purpose == OrderPurpose.REPAIR,
          unwound || purpose == OrderPurpose.UNWIND);
    }
  }

  void update(Instant now, HedgeImbalance delta) {
    advance(now);
    if (delta.isUnhedged()) {
      unhedgedUsd = delta.usd();
      Interval current =
          open == null ? new Interval(now, now, unhedgedUsd, BigDecimal.ZERO, false, false) : open;
      open = current.atLeast(unhedgedUsd);
    } else {
      if (open != null && !open.length().isZero()) {
        intervals.add(open);
      }
      open = null;
    }
  }

  /** Time passes, and nothing else changes. */
  void advance(Instant now) {
    open = open == null ? null : open.lasting(now, unhedgedUsd);
  }

  void sent(OrderPurpose purpose) {
    repairOrders += purpose == OrderPurpose.REPAIR ? 1 : 0;
    unwindOrders += purpose == OrderPurpose.UNWIND ? 1 : 0;
    open = open == null ? null : open.with(purpose);
  }

  void add(UnhedgedIntervals other) {
    intervals.addAll(other.intervals());
    repairOrders += other.repairOrders;
    unwindOrders += other.unwindOrders;
  }

  /** In order; the open one is the last. */
  List<Interval> intervals() {
    List<Interval> all = new ArrayList<>(intervals);
    if (open != null) {
      all.add(open);
    }
    return all;
  }

  boolean isUnhedgedNow() {
    return open != null;
  }

  long repairOrders() {
    return repairOrders;
  }

  long unwindOrders() {
    return unwindOrders;
  }

  long repairs() {
    return intervals().stream().filter(Interval::repaired).count();
  }

  long unwinds() {
    return intervals().stream().filter(Interval::unwound).count();
  }

  BigDecimal usdSeconds() {
    return intervals().stream().map(Interval::usdSeconds).reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  Duration total() {
    return intervals().stream().map(Interval::length).reduce(Duration.ZERO, Duration::plus);
  }

  Optional<Interval> longest() {
    return intervals().stream().max((one, other) -> one.length().compareTo(other.length()));
  }

  Usd largest() {
    return intervals().stream().map(Interval::largest).reduce(Usd.ZERO, Usd::max);
  }
}
