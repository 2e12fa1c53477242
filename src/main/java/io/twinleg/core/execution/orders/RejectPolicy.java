package io.twinleg.core.execution.orders;

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
 * What the venue's recent rejects ask for in every state of a pair (specification 2.15).
 *
 * @param ticks prices in a row that were rejected as illegal
 * @param limited orders in a row that were too many for the venue
 * @param quietUntil nothing but an unwind or an exit is sent before
 * @param tooSmall an order of less than this would be rejected as too small again
 */
public record RejectPolicy(int ticks, int limited, Instant quietUntil, Usd tooSmall) {
  public static final RejectPolicy NONE = new RejectPolicy(0, 0, Instant.MIN, Usd.ZERO);

  /** A price is computed anew once; after that the rules of this market are not known. */
  private static final int TICK_REJECTS_MAX = 2;

  private static final Duration FIRST_QUIET = Duration.ofMillis(200);
  private static final Duration LONGEST_QUIET = Duration.ofSeconds(2);
  private static final int ENTRIES_WAIT_TIMES = 5;
  private static final int JITTER = 50;
  private static final BigDecimal MARGIN = new BigDecimal("1.05");

  public RejectPolicy after(List<OrderOutcome> ended, PairMarketData market, Instant now) {
    RejectPolicy policy = this;
    for (OrderOutcome end : ended) {
      policy = policy.after(end, market.instrument(end.order().leg()), now);
    }
    return policy;
  }

  private RejectPolicy after(OrderOutcome end, Instrument instrument, Instant now) {
    Optional<RejectReason> reason = end.rejected();
    if (reason.isEmpty()) {
      return new RejectPolicy(0, 0, Instant.MIN, tooSmall);
    }
    return switch (reason.get()) {
      case TICK -> new RejectPolicy(ticks + 1, limited, quietUntil, tooSmall);
      case RATE_LIMIT -> new RejectPolicy(ticks, limited + 1, now.plus(quiet(end)), tooSmall);
      case MIN_NOTIONAL ->
          new RejectPolicy(ticks, limited, quietUntil, minimumAfter(end, instrument));
      default -> this;
    };
  }

  /**
   * Doubling, and up to half as long again, so that many rejected clients do not return together.
   */
  private Duration quiet(OrderOutcome end) {
    Duration doubled = FIRST_QUIET.multipliedBy(1L << Math.min(limited, 10));
    Duration capped = doubled.compareTo(LONGEST_QUIET) > 0 ? LONGEST_QUIET : doubled;
    int jitter = Math.floorMod(end.order().id().hex().hashCode(), JITTER);
    return capped.plus(capped.multipliedBy(jitter).dividedBy(100));
  }

  /**
   * Applied only where the order was hardly more than the venue's own minimum: a venue that rejects
   * a large one as too small must not leave it un-hedged.
   */
  private Usd minimumAfter(OrderOutcome end, Instrument instrument) {
    Usd rejected = end.order().order().notional();
    return rejected.isBelow(instrument.minNotional().times(MARGIN))
        ? tooSmall.max(rejected.times(MARGIN))
        : tooSmall;
  }

  /** Whether sending again, at a price computed anew, may succeed. */
  public boolean isFinal(OrderOutcome end) {
    boolean firstTick =
        end.rejected().equals(Optional.of(RejectReason.TICK)) && ticks < TICK_REJECTS_MAX;
    return end.isRejectedForGood() && !firstTick;
  }

  public boolean asksForQuarantine() {
    return ticks >= TICK_REJECTS_MAX;
  }

  /** When a repair may be tried again. */
  public Instant riskFrom() {
    return quietUntil;
  }

  /** What reduces risk goes first: entries wait longer. */
  public Instant entriesFrom() {
    return limited == 0
        ? Instant.MIN
        : quietUntil.plus(LONGEST_QUIET.multipliedBy(ENTRIES_WAIT_TIMES));
  }

  /** The venue holds something else than the books: the account is queried. */
  public static boolean contradictsBooks(List<OrderOutcome> ended) {
    return !ended.isEmpty()
        && ended.stream()
            .flatMap(end -> end.rejected().stream())
            .anyMatch(reason ->
                reason == RejectReason.REDUCE_ONLY
                    || reason == RejectReason.INSUFFICIENT_SPOT_BALANCE);
  }

  /** The first repair that the venue will not take, whatever its price. */
  public Optional<OrderOutcome> hopelessRepair(List<OrderOutcome> ended) {
    return ended.stream()
        .filter(end -> end.order().purpose() == OrderPurpose.REPAIR && isFinal(end))
        .findFirst();
  }
}
