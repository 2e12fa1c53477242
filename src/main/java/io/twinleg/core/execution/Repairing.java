package io.twinleg.core.execution;

import io.twinleg.core.event.LogEvent;
import io.twinleg.core.execution.orders.OrderOutcome;
import io.twinleg.core.execution.orders.WorkingOrder;
import io.twinleg.core.execution.pricing.QuotePricer;
import io.twinleg.core.market.BookReader;
import io.twinleg.core.market.BookWalk;
import io.twinleg.core.market.PairMarketData;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.OrderIntent;
import io.twinleg.core.model.OrderPurpose;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Side;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The legs stand apart and the missing one is being completed: first by quoting it at the touch
 * (stage A), then by taking it at a capped price (stage B). What takes too long, or costs more than
 * giving the filled leg back, is unwound.
 *
 * @param since from when the age of the repair runs: the instant the market became un-hedged
 */
record Repairing(Instant since, String cause, Stage stage) implements PairState {

  /** How far the repair has come. */
  enum Stage {
    STARTING,
    A,
    B
  }

  static Repairing begin(PairSnapshot snapshot, String cause) {
    Instant since = snapshot.history().unhedgedSince().orElse(snapshot.now());
    return new Repairing(since, cause, Stage.STARTING);
  }

  @Override
  public String label() {
    return stage == Stage.B ? "REPAIR_B" : "REPAIR_A";
  }

  @Override
  public Transition on(PairSnapshot snapshot) {
    if (stage == Stage.STARTING) {
      return Transition.to(at(Stage.A), snapshot).log(startedLog(snapshot));
    }
    Instant stageEnd = since.plus(snapshot.settings().repairStage());
    if (stage == Stage.A && snapshot.isDue(stageEnd)) {
      return Transition.to(at(Stage.B), snapshot);
    }
    Transition step =
        Transition.to(this, snapshot).cancel(snapshot.orders().with(OrderPurpose.ENTRY));
    return repair(snapshot, stage == Stage.A ? step.wakeAt(stageEnd) : step);
  }

  private Repairing at(Stage next) {
    return new Repairing(since, cause, next);
  }

  private Transition repair(PairSnapshot snapshot, Transition begun) {
    if (!snapshot.isUnhedged()) {
      return complete(snapshot, begun);
    }
    Leg leg = snapshot.isSpotHeavy() ? Leg.PERP : Leg.SPOT;
    List<WorkingOrder> live = snapshot.orders().inTheWayOn(leg);
    if (snapshot.isSpotHeavy() && snapshot.directive().isReduction()) {
      return live.isEmpty() ? giveUp(snapshot, begun, "margin") : begun.cancel(resting(live));
    }
    Instant timeout = since.plus(snapshot.settings().repairTimeout());
    if (snapshot.isDue(timeout)) {
      return live.isEmpty() ? giveUp(snapshot, begun, "timeout") : begun.cancel(resting(live));
    }
    Transition step = begun.wakeAt(timeout);
    Optional<OrderOutcome> hopeless = snapshot.rejects().hopelessRepair(snapshot.ended());
    if (live.isEmpty() && hopeless.isPresent()) {
      PairHistory blocked = Entering.blocked(snapshot, hopeless.get());
      return giveUp(snapshot, step.with(blocked), "rejected");
    }
    if (live.isEmpty() && snapshot.entry().quotaSpent()) {
      return giveUp(snapshot, step, "budget");
    }
    if (!live.isEmpty()) {
      return manage(snapshot, step, leg, live.get(0));
    }
    Instant allowed = snapshot.rejects().riskFrom();
    if (!snapshot.isDue(allowed)) {
      return step.wakeAt(allowed);
    }
    return isUnwindingCheaper(snapshot)
        ? giveUp(snapshot, step, "cheaper")
        : attempt(snapshot, step, leg);
  }

  private Transition complete(PairSnapshot snapshot, Transition step) {
    if (!snapshot.orders().isEmpty()) {
      return step.cancel(snapshot.orders().resting());
    }
    long tookMs = Duration.between(since, snapshot.now()).toMillis();
    return EntryRound.complete(
        snapshot,
        step.log(
            LogEvent.info("hedge_repair_completed").in(snapshot.id()).with("took_ms", tookMs)));
  }

  private static Transition giveUp(PairSnapshot snapshot, Transition step, String why) {
    return step.going(Unwinding.begin(snapshot, why));
  }

  private static List<WorkingOrder> resting(List<WorkingOrder> orders) {
    return orders.stream().filter(order -> !order.isIoc()).toList();
  }

  /** One live order at a time: it is replaced only after its terminal state is known. */
  private Transition manage(PairSnapshot snapshot, Transition step, Leg leg, WorkingOrder order) {
    if (order.isIoc()) {
      return step;
    }
    boolean outlived = stage == Stage.B || order.purpose() != OrderPurpose.REPAIR;
    boolean off =
        snapshot
            .touch(leg, order.order().side())
            .filter(price -> QuotePricer.isOff(snapshot.instrument(order.leg()), order, price))
            .isPresent();
    Instant old = order.sentAt().plus(snapshot.settings().repriceInterval());
    Transition managed = off ? step.wakeAt(old) : step;
    return outlived || (off && snapshot.isDue(old)) ? managed.cancel(List.of(order)) : managed;
  }

  private Transition attempt(PairSnapshot snapshot, Transition step, Leg leg) {
    Side side = leg == Leg.PERP ? Side.SELL : Side.BUY;
    Quantity size =
        leg == Leg.PERP
            ? snapshot.instrument(Leg.PERP).nearest(snapshot.gap())
            : snapshot.spotToBuy(snapshot.gap());
    Optional<Price> price = stage == Stage.B ? snapshot.cap(leg, side) : snapshot.touch(leg, side);
    if (price.isEmpty() || !size.isPositive()) {
      return step;
    }
    OrderIntent order =
        stage == Stage.B
            ? snapshot.take(leg, side, price.get(), size, OrderPurpose.REPAIR)
            : snapshot.rest(leg, side, price.get(), size, OrderPurpose.REPAIR);
    return order.meetsMinimum(Quantity.ZERO)
        ? step.place(order)
        : giveUp(snapshot, step, "too_small");
  }

  /**
   * Completing costs what taking the missing leg costs, and when the position is not wanted any
   * more also leaving both again; unwinding costs taking the filled leg back, and when it is still
   * wanted the way in once more. Judged only where both books can give the whole size within the
   * cap.
   */
  static boolean isUnwindingCheaper(PairSnapshot snapshot) {
    boolean perpMissing = snapshot.isSpotHeavy();
    Side side = perpMissing ? Side.SELL : Side.BUY;
    Optional<BigDecimal> takeMissing =
        takingCost(snapshot, perpMissing ? Leg.PERP : Leg.SPOT, side);
    Optional<BigDecimal> giveBack = takingCost(snapshot, perpMissing ? Leg.SPOT : Leg.PERP, side);
    if (takeMissing.isEmpty() || giveBack.isEmpty()) {
      return false;
    }
    boolean leaves = snapshot.target().isLeave() || snapshot.directive().isExit();
    BigDecimal complete =
        leaves ? takeMissing.get().add(leavingCost(snapshot, giveBack.get())) : takeMissing.get();
    BigDecimal unwind = leaves ? giveBack.get() : giveBack.get().add(enteringFees(snapshot));
    return complete.compareTo(unwind) > 0;
  }

  /** Both legs would have to be closed again: the one that was filled, and the one just taken. */
  private static BigDecimal leavingCost(PairSnapshot snapshot, BigDecimal giveBack) {
    return giveBack.add(snapshot.fees().taker(snapshot.isSpotHeavy() ? Leg.PERP : Leg.SPOT));
  }

  /** The same leg would rest again, and the same one take. */
  private static BigDecimal enteringFees(PairSnapshot snapshot) {
    return snapshot.isSpotHeavy()
        ? snapshot.fees().maker(Leg.SPOT).add(snapshot.fees().taker(Leg.PERP))
        : snapshot.fees().maker(Leg.PERP).add(snapshot.fees().taker(Leg.SPOT));
  }

  /** Fee and distance from the mid, as a fraction of notional. */
  private static Optional<BigDecimal> takingCost(PairSnapshot snapshot, Leg leg, Side side) {
    PairMarketData market = snapshot.market();
    Quantity size = leg == Leg.PERP ? snapshot.gap() : snapshot.gap().times(market.multiplier());
    Optional<Price> mid = market.mid(leg);
    Optional<Price> cap = snapshot.cap(leg, side);
    if (mid.isEmpty() || cap.isEmpty()) {
      return Optional.empty();
    }
    BookWalk walk = BookWalk.of(BookReader.within(market.book(leg), side, cap.get()), size);
    return walk.filled().compareTo(size) < 0
        ? Optional.empty()
        : walk.averagePrice()
            .map(average ->
                mid.get()
                    .value()
                    .subtract(average)
                    .abs()
                    .divide(mid.get().value(), MathContext.DECIMAL64))
            .map(slippage -> slippage.add(snapshot.fees().taker(leg)));
  }

  private LogEvent startedLog(PairSnapshot snapshot) {
    return LogEvent.warn("hedge_repair_started")
        .in(snapshot.id())
        .with("side", snapshot.isSpotHeavy() ? "perp" : "spot")
        .with("target_sz", snapshot.gap())
        .with("cause", cause)
        .with("leg_mode", snapshot.settings().legMode().name().toLowerCase(Locale.ROOT));
  }
}
