package io.twinleg.core.execution;

import io.twinleg.core.execution.orders.OrderOutcome;
import io.twinleg.core.model.Fill;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.OrderPurpose;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Usd;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a pair keeps from state to state: cooldowns, the pause between entry rounds, blocks, and the
 * fills of the round under way. Immutable.
 */
public final class PairHistory {
  private static final Duration FIRST_BACKOFF = Duration.ofSeconds(5);
  private static final Duration LONGEST_BACKOFF = Duration.ofMinutes(10);

  static final PairHistory NONE = new PairHistory();

  private @Nullable Instant lastEntry;
  private @Nullable Instant lastExit;
  private @Nullable Instant lastEntryOrder;
  private Instant nextRound = Instant.EPOCH;
  private Duration backoff = FIRST_BACKOFF;
  private @Nullable Block block;
  private @Nullable Instant unhedgedSince;
  private @Nullable Instant leaveSince;
  private int postOnlyRejects;
  private RoundFills round = RoundFills.NONE;
  private Failures failures = Failures.NONE;
  private @Nullable Instant residualSince;

  private PairHistory() {}

  /**
   * Hedges and unwinds that came to nothing: three in a row pause the entries, each further pause
   * twice as long, until a hedge fills.
   *
   * @param count in a row
   * @param pauses since the last hedge that filled
   * @param until no entry before
   */
  record Failures(int count, int pauses, Instant until) {
    static final Failures NONE = new Failures(0, 0, Instant.MIN);

    private static final int MAX = 3;
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(30);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(15);

    Failures another(Instant now) {
      boolean pauses = count + 1 >= MAX && !now.isBefore(until);
      return pauses
          ? new Failures(count + 1, this.pauses + 1, now.plus(pause()))
          : new Failures(count + 1, this.pauses, until);
    }

    private Duration pause() {
      Duration doubled = FIRST_PAUSE.multipliedBy(1L << Math.min(pauses, 10));
      return doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
    }
  }

  /** Entries are blocked after a reject that time may cure. */
  record Block(String reason, Instant until) {}

  /** What one entry round has bought and sold so far, for its log line. */
  record RoundFills(LegFills spot, LegFills perp) {
    static final RoundFills NONE = new RoundFills(LegFills.NONE, LegFills.NONE);

    RoundFills plus(Fill fill) {
      return fill.instrument().leg() == Leg.SPOT
          ? new RoundFills(spot.plus(fill), perp)
          : new RoundFills(spot, perp.plus(fill));
    }

    boolean isEmpty() {
      return spot.size().isZero() && perp.size().isZero();
    }
  }

  /** Of one leg. */
  record LegFills(Quantity size, Usd notional, Usd fees, List<Long> orderIds) {
    static final LegFills NONE = new LegFills(Quantity.ZERO, Usd.ZERO, Usd.ZERO, List.of());

    LegFills {
      orderIds = List.copyOf(orderIds);
    }

    LegFills plus(Fill fill) {
      List<Long> ids = new ArrayList<>(orderIds);
      if (!ids.contains(fill.orderId())) {
        ids.add(fill.orderId());
      }
      return new LegFills(
          size.plus(fill.quantity()),
          notional.plus(fill.notional()),
          fees.plus(fill.fee().usd(fill.price())),
          ids);
    }

    BigDecimal averagePrice() {
      return size.isZero()
          ? BigDecimal.ZERO
          : notional.value().divide(size.value(), MathContext.DECIMAL64);
    }

    Object lastOrderId() {
      return orderIds.isEmpty() ? "none" : orderIds.get(orderIds.size() - 1);
    }
  }

  private PairHistory copy() {
    PairHistory copy = new PairHistory();
    copy.lastEntry = lastEntry;
    copy.lastExit = lastExit;
    copy.lastEntryOrder = lastEntryOrder;
    copy.nextRound = nextRound;
    copy.backoff = backoff;
    copy.block = block;
    copy.unhedgedSince = unhedgedSince;
    copy.leaveSince = leaveSince;
    copy.postOnlyRejects = postOnlyRejects;
    copy.round = round;
    copy.failures = failures;
    copy.residualSince = residualSince;
    return copy;
  }

  /** When the last entry was completed: the exit cooldown runs from it. */
  Optional<Instant> lastEntry() {
    return Optional.ofNullable(lastEntry);
  }

  /** When the last exit was completed: the entry cooldown runs from it. */
  Optional<Instant> lastExit() {
    return Optional.ofNullable(lastExit);
  }

  Optional<Instant> lastEntryOrder() {
    return Optional.ofNullable(lastEntryOrder);
  }

  /** No entry round before this. */
  Instant nextRound() {
    return nextRound;
  }

  Optional<Block> block() {
    return Optional.ofNullable(block);
  }

  /** Since when the market is un-hedged without a break. */
  Optional<Instant> unhedgedSince() {
    return Optional.ofNullable(unhedgedSince);
  }

  /** Since when leaving is wanted without a break. */
  Optional<Instant> leaveSince() {
    return Optional.ofNullable(leaveSince);
  }

  /** Post-only quotes rejected in a row. */
  int postOnlyRejects() {
    return postOnlyRejects;
  }

  RoundFills round() {
    return round;
  }

  Failures failures() {
    return failures;
  }

  /** Since when a residual of more than half an order has stood alone without a break. */
  Optional<Instant> residualSince() {
    return Optional.ofNullable(residualSince);
  }

  /** The last round filled something: the pause that follows is the first and short one. */
  boolean isAfterFilledRound() {
    return backoff.equals(FIRST_BACKOFF);
  }

  /** A round ended with a position: what is missing of it may follow after the first pause. */
  PairHistory entered(Instant now) {
    PairHistory next = roundFilled(now);
    next.lastEntry = now;
    return next;
  }

  /** A round ended with something filled: the next one may follow after the first pause. */
  PairHistory roundFilled(Instant now) {
    PairHistory next = roundOver(now.plus(FIRST_BACKOFF));
    next.backoff = FIRST_BACKOFF;
    return next;
  }

  /** A round ended with nothing filled: the pause doubles, up to ten minutes. */
  PairHistory roundUnfilled(Instant now) {
    Duration doubled = backoff.multipliedBy(2);
    PairHistory next = roundOver(now.plus(backoff));
    next.backoff = doubled.compareTo(LONGEST_BACKOFF) > 0 ? LONGEST_BACKOFF : doubled;
    return next;
  }

  PairHistory exited(Instant now) {
    PairHistory next = roundOver(now);
    next.lastExit = now;
    next.backoff = FIRST_BACKOFF;
    next.leaveSince = null;
    return next;
  }

  private PairHistory roundOver(Instant next) {
    PairHistory after = copy();
    after.nextRound = next;
    after.postOnlyRejects = 0;
    after.round = RoundFills.NONE;
    return after;
  }

  PairHistory entryOrderSent(Instant now) {
    PairHistory next = copy();
    next.lastEntryOrder = now;
    return next;
  }

  PairHistory blocked(String reason, Instant until) {
    PairHistory next = copy();
    next.block = new Block(reason, until);
    return next;
  }

  PairHistory unhedged(boolean isUnhedged, Instant now) {
    PairHistory next = copy();
    next.unhedgedSince = isUnhedged ? unhedgedSince().orElse(now) : null;
    return next;
  }

  /** What took a price and got nothing is a failure; a hedge that got something ends the row. */
  PairHistory after(OrderOutcome end, Instant now) {
    OrderPurpose purpose = end.order().purpose();
    boolean hedges = purpose == OrderPurpose.HEDGE || purpose == OrderPurpose.REPAIR;
    boolean filled = end.order().filled().isPositive();
    boolean takes = end.order().isIoc() && (hedges || purpose == OrderPurpose.UNWIND);
    if (filled) {
      return hedges ? hedgeFilled() : this;
    }
    return takes ? hedgeFailed(now) : this;
  }

  PairHistory hedgeFailed(Instant now) {
    PairHistory next = copy();
    next.failures = failures.another(now);
    return next;
  }

  PairHistory hedgeFilled() {
    PairHistory next = copy();
    next.failures = Failures.NONE;
    return next;
  }

  PairHistory residual(boolean isResidual, Instant now) {
    PairHistory next = copy();
    next.residualSince = isResidual ? residualSince().orElse(now) : null;
    return next;
  }

  PairHistory leavingSince(Instant since) {
    PairHistory next = copy();
    next.leaveSince = since;
    return next;
  }

  PairHistory staying() {
    PairHistory next = copy();
    next.leaveSince = null;
    return next;
  }

  PairHistory postOnlyRejected() {
    PairHistory next = copy();
    next.postOnlyRejects++;
    return next;
  }

  PairHistory filled(Fill fill) {
    PairHistory next = copy();
    next.round = round.plus(fill);
    return next;
  }
}
