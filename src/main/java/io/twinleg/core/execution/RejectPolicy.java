package io.twinleg.core.execution;

import io.twinleg.core.market.PairMarketData;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.OrderPurpose;
import io.twinleg.core.model.RejectReason;
import io.twinleg.core.model.Usd;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the venue's refusals of late ask for beyond the state that they meet (specification 2.15).
 *
 * @param ticks prices in a row that were refused as illegal
 * @param limited orders in a row that were too many for the venue
 * @param quietUntil nothing but an unwind or an exit is sent before
 * @param tooSmall an order of less than this would be refused as too small again
 */
record RejectPolicy(int ticks, int limited, Instant quietUntil, Usd tooSmall) {
  static final RejectPolicy NONE = new RejectPolicy(0, 0, Instant.MIN, Usd.ZERO);

  /** A price is computed anew once; after that we do not know this market's rules. */
  private static final int MOST_TICKS = 2;

  private static final Duration FIRST_QUIET = Duration.ofMillis(200);
  private static final Duration LONGEST_QUIET = Duration.ofSeconds(2);
  private static final int ENTRIES_WAIT_TIMES = 5;
  private static final int JITTER = 50;
  private static final BigDecimal MARGIN = new BigDecimal("1.05");

  RejectPolicy after(List<OrderOutcome> ended, PairMarketData market, Instant now) {
    RejectPolicy all = this;
    for (OrderOutcome end : ended) {
      all = all.after(end, market.instrument(end.order().leg()), now);
    }
    return all;
  }

  private RejectPolicy after(OrderOutcome end, Instrument instrument, Instant now) {
    if (end.rejected().isEmpty()) {
      return new RejectPolicy(0, 0, Instant.MIN, tooSmall);
    }
    return switch (end.rejected().get()) {
      case TICK -> new RejectPolicy(ticks + 1, limited, quietUntil, tooSmall);
      case RATE_LIMIT -> new RejectPolicy(ticks, limited + 1, now.plus(quiet(end)), tooSmall);
      case MIN_NOTIONAL -> new RejectPolicy(ticks, limited, quietUntil, learned(end, instrument));
      default -> this;
    };
  }

  /** Doubling, and up to half as long again, so that many who were refused do not come together. */
  private Duration quiet(OrderOutcome end) {
    Duration doubled = FIRST_QUIET.multipliedBy(1L << Math.min(limited, 10));
    Duration capped = doubled.compareTo(LONGEST_QUIET) > 0 ? LONGEST_QUIET : doubled;
    int jitter = Math.floorMod(end.order().id().hex().hashCode(), JITTER);
    return capped.plus(capped.multipliedBy(jitter).dividedBy(100));
  }

  /**
   * Believed only where the order was hardly more than what the venue says it takes: whoever calls
   * a large one too small must not leave it un-hedged.
   */
  private Usd learned(OrderOutcome end, Instrument instrument) {
    Usd refused = end.order().order().notional();
    return refused.isBelow(instrument.minNotional().times(MARGIN))
        ? tooSmall.max(refused.times(MARGIN))
        : tooSmall;
  }

  /** Whether sending again, at a price computed anew, may succeed. */
  boolean isFinal(OrderOutcome end) {
    boolean firstTick = end.rejected().equals(Optional.of(RejectReason.TICK)) && ticks < MOST_TICKS;
    return end.isRejectedForGood() && !firstTick;
  }

  boolean asksForQuarantine() {
    return ticks >= MOST_TICKS;
  }

  /** When a repair may be tried again. */
  Instant riskFrom() {
    return quietUntil;
  }

  /** What reduces risk goes first: entries wait longer. */
  Instant entriesFrom() {
    return limited == 0
        ? Instant.MIN
        : quietUntil.plus(LONGEST_QUIET.multipliedBy(ENTRIES_WAIT_TIMES));
  }

  /** The venue holds something else than we believe: its word on it is asked for. */
  static boolean contradictsBooks(List<OrderOutcome> ended) {
    return ended.stream()
        .flatMap(end -> end.rejected().stream())
        .anyMatch(reason ->
            reason == RejectReason.REDUCE_ONLY || reason == RejectReason.INSUFFICIENT_SPOT_BALANCE);
  }

  /** The first repair that the venue will not take, whatever its price. */
  Optional<OrderOutcome> hopelessRepair(List<OrderOutcome> ended) {
    return ended.stream()
        .filter(end -> end.order().purpose() == OrderPurpose.REPAIR && isFinal(end))
        .findFirst();
  }

  /** An operator has looked. */
  RejectPolicy released() {
    return NONE;
  }
}
