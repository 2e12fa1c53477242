package io.twinleg.core.execution;

import io.twinleg.core.event.LogEvent;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.OrderIntent;
import io.twinleg.core.model.OrderPurpose;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Side;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The filled leg is given back: the hedge could not be completed, or an external change took it
 * away.
 *
 * @param attempts orders sent so far; the pause between them grows to two seconds
 * @param nextAttempt not before this
 * @param paged whether the operator was alerted that it cannot be done
 * @param atOnce an external change has closed a part of the short: nothing under way is waited for
 */
record Unwinding(
    Instant since, String cause, int attempts, Instant nextAttempt, boolean paged, boolean atOnce)
    implements PairState {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

  /** The venue takes one action in this time from an account without a quota. */
  private static final Duration WITHOUT_QUOTA = Duration.ofSeconds(10);

  private static final Duration PAGE_AFTER = Duration.ofSeconds(30);

  static Unwinding begin(PairSnapshot snapshot, String cause) {
    return new Unwinding(snapshot.now(), cause, 0, snapshot.now(), false, false);
  }

  static Unwinding atOnce(PairSnapshot snapshot, String cause) {
    return new Unwinding(snapshot.now(), cause, 0, snapshot.now(), false, true);
  }

  @Override
  public String label() {
    return "UNWIND";
  }

  @Override
  public Transition on(PairSnapshot snapshot) {
    Transition begun = Transition.to(this, snapshot).cancel(snapshot.orders().resting());
    if (!snapshot.isUnhedged() || isDust(snapshot)) {
      return snapshot.orders().isEmpty() ? EntryRound.complete(snapshot, begun) : begun;
    }
    Instant pageAt = since.plus(PAGE_AFTER);
    if (!paged && snapshot.isDue(pageAt)) {
      return page(snapshot);
    }
    Transition step = paged ? begun : begun.wakeAt(pageAt);
    Leg leg = snapshot.isSpotHeavy() ? Leg.SPOT : Leg.PERP;
    boolean sellsAtOnce = atOnce && snapshot.isSpotHeavy();
    if (!sellsAtOnce && !snapshot.orders().inTheWayOn(leg).isEmpty()) {
      return step;
    }
    if (!snapshot.isDue(nextAttempt)) {
      return step.wakeAt(nextAttempt);
    }
    return sellsAtOnce
        ? ExternalChange.sale(snapshot)
            .map(order -> step.place(order).going(tried(snapshot)))
            .orElse(step)
        : attempt(snapshot, step, leg);
  }

  /**
   * Coins that no order can sell, where no short is to be opened: of a hedge ratio above 1 their
   * hedge is worth an order all the same, which would be closed again, and placed again.
   */
  private boolean isDust(PairSnapshot snapshot) {
    boolean leaves = snapshot.directive().isExit() || snapshot.target().isLeave();
    return !snapshot.isHolding() && (atOnce || leaves);
  }

  private Transition page(PairSnapshot snapshot) {
    return Transition.to(new Unwinding(since, cause, attempts, nextAttempt, true, atOnce), snapshot)
        .log(
            LogEvent.error("unwind_stuck")
                .in(snapshot.id())
                .with("cause", cause)
                .with("unhedged", snapshot.delta().value())
                .with("unhedged_usd", snapshot.delta().usd())
                .with("attempts", attempts));
  }

  private Unwinding tried(PairSnapshot snapshot) {
    Instant next = snapshot.now().plus(pause(snapshot));
    return new Unwinding(since, cause, attempts + 1, next, paged, atOnce);
  }

  private Transition attempt(PairSnapshot snapshot, Transition step, Leg leg) {
    Transition tried = step.going(tried(snapshot));
    return order(snapshot, leg).map(tried::place).orElse(tried);
  }

  private Duration pause(PairSnapshot snapshot) {
    if (snapshot.entry().quotaSpent()) {
      return WITHOUT_QUOTA;
    }
    Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(attempts, 10));
    return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
  }

  /** Of more perp than coins, the coins alone may be too few for an order: then all is hedged. */
  private static Optional<OrderIntent> order(PairSnapshot snapshot, Leg leg) {
    Side side = leg == Leg.SPOT ? Side.SELL : Side.BUY;
    Quantity size =
        leg == Leg.SPOT
            ? snapshot.spotToSell(snapshot.gap())
            : snapshot
                .instrument(Leg.PERP)
                .nearest(snapshot.gap())
                .min(snapshot.ledger().shortPerp());
    Optional<Price> cap = snapshot.widerCap(leg, side);
    if (cap.isEmpty() || !size.isPositive()) {
      return Optional.empty();
    }
    OrderIntent order = snapshot.take(leg, side, cap.get(), size, OrderPurpose.UNWIND);
    return order.meetsMinimum(snapshot.ledger().shortPerp())
        ? Optional.of(order)
        : Residual.trim(snapshot).or(() -> Hedger.cover(snapshot, leg.other()));
  }
}
