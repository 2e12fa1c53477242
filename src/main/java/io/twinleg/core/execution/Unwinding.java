package io.twinleg.core.execution;

import io.twinleg.core.event.LogEvent;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.OrderIntent;
import io.twinleg.core.model.OrderPurpose;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Side;
import io.twinleg.core.model.TimeInForce;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The filled leg is given back: the hedge could not be completed, or somebody else took it away.
 *
 * @param attempts orders sent so far; the pause between them grows to two seconds
 * @param nextAttempt not before this
 * @param paged whether the operator has been told that it cannot be done
 * @param atOnce somebody else has closed a part of the short: nothing under way is waited for
 */
record Unwinding(
    Instant since, String cause, int attempts, Instant nextAttempt, boolean paged, boolean atOnce)
    implements PairState {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

  /** The venue takes one action in this time from an account without a budget. */
  private static final Duration WITHOUT_BUDGET = Duration.ofSeconds(10);

  private static final Duration PAGE_AFTER = Duration.ofSeconds(30);

  static Unwinding begin(PairSnapshot s, String cause) {
    return new Unwinding(s.now(), cause, 0, s.now(), false, false);
  }

  static Unwinding atOnce(PairSnapshot s, String cause) {
    return new Unwinding(s.now(), cause, 0, s.now(), false, true);
  }

  @Override
  public String label() {
    return "UNWIND";
  }

  @Override
  public Transition on(PairSnapshot s) {
    Transition step = Transition.to(this, s).cancel(resting(s));
    if (!s.isUnhedged()) {
      return s.orders().isEmpty() ? RoundCompletion.after(s, step) : step;
    }
    if (!paged && s.deadlines().passed(since.plus(PAGE_AFTER))) {
      return new Unwinding(since, cause, attempts, nextAttempt, true, atOnce).page(s);
    }
    if (atOnce && s.delta().isSpotHeavy()) {
      return s.deadlines().passed(nextAttempt) ? sell(s, step) : step;
    }
    Leg leg = s.delta().isSpotHeavy() ? Leg.SPOT : Leg.PERP;
    boolean busy = !s.orders().inTheWayOn(leg).isEmpty();
    return busy || !s.deadlines().passed(nextAttempt) ? step : attempt(s, step, leg);
  }

  private static List<WorkingOrder> resting(PairSnapshot s) {
    return s.orders().all().stream()
        .filter(order -> order.order().timeInForce() != TimeInForce.IOC)
        .toList();
  }

  private Transition page(PairSnapshot s) {
    return Transition.to(this, s)
        .tell(
            LogEvent.error("unwind_stuck")
                .in(s.id())
                .with("cause", cause)
                .with("unhedged", s.delta().value())
                .with("unhedged_usd", s.delta().usd())
                .with("attempts", attempts));
  }

  private Transition sell(PairSnapshot s, Transition step) {
    return ExternalChangeHandler.sale(s)
        .map(order -> step.place(order).going(tried(s)))
        .orElse(step);
  }

  private Unwinding tried(PairSnapshot s) {
    return new Unwinding(since, cause, attempts + 1, s.now().plus(pause(s)), paged, atOnce);
  }

  private Transition attempt(PairSnapshot s, Transition step, Leg leg) {
    Unwinding tried = tried(s);
    return order(s, leg).map(order -> step.place(order).going(tried)).orElse(step.going(tried));
  }

  private Duration pause(PairSnapshot s) {
    if (s.desk().isBudgetSpent()) {
      return WITHOUT_BUDGET;
    }
    Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(attempts, 10));
    return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
  }

  private static Optional<OrderIntent> order(PairSnapshot s, Leg leg) {
    Side side = leg == Leg.SPOT ? Side.SELL : Side.BUY;
    Quantity gap = s.delta().value().abs();
    Quantity size =
        leg == Leg.SPOT
            ? ClipSizer.spotToSell(s, gap)
            : s.instrument(Leg.PERP).nearest(gap).min(s.ledger().shortPerp());
    Optional<Price> cap = QuotePricer.widerCap(s, leg, side);
    return size.isPositive()
        ? cap.map(price -> OrderFactory.take(s, leg, side, price, size, OrderPurpose.UNWIND))
        : Optional.empty();
  }
}
