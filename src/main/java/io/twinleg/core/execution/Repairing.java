package io.twinleg.core.execution;

import io.twinleg.core.event.LogEvent;
import io.twinleg.core.market.BookReader;
import io.twinleg.core.market.BookWalk;
import io.twinleg.core.market.PairMarketData;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.OrderIntent;
import io.twinleg.core.model.OrderPurpose;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Side;
import io.twinleg.core.model.TimeInForce;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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

  static Repairing begin(PairSnapshot s, String cause) {
    return new Repairing(s.memory().unhedgedSince().orElse(s.now()), cause, Stage.STARTING);
  }

  @Override
  public String label() {
    return stage == Stage.B ? "REPAIR_B" : "REPAIR_A";
  }

  @Override
  public Transition on(PairSnapshot s) {
    if (stage == Stage.STARTING) {
      return Transition.to(new Repairing(since, cause, Stage.A), s).tell(started(s));
    }
    if (stage == Stage.A && s.deadlines().passed(since.plus(s.settings().repairStage()))) {
      return Transition.to(new Repairing(since, cause, Stage.B), s);
    }
    Leg leg = s.delta().isSpotHeavy() ? Leg.PERP : Leg.SPOT;
    Transition step = Transition.to(this, s).cancel(s.orders().with(OrderPurpose.ENTRY));
    if (!s.isUnhedged()) {
      return complete(s, step);
    }
    List<WorkingOrder> live = s.orders().inTheWayOn(leg);
    if (s.delta().isSpotHeavy() && s.demand().isReduction()) {
      return live.isEmpty() ? giveUp(s, step, "margin") : step.cancel(resting(live));
    }
    if (s.deadlines().passed(since.plus(s.settings().repairTimeout()))) {
      return live.isEmpty() ? giveUp(s, step, "timeout") : step.cancel(resting(live));
    }
    Optional<OrderOutcome> hopeless = s.aftermath().hopelessRepair(s.ended());
    if (live.isEmpty() && hopeless.isPresent()) {
      return giveUp(s, step.remember(Entering.blocked(s, hopeless.get())), "rejected");
    }
    if (live.isEmpty() && s.desk().isBudgetSpent()) {
      return giveUp(s, step, "budget");
    }
    if (!live.isEmpty()) {
      return manage(s, step, leg, live.get(0));
    }
    if (!s.deadlines().passed(s.aftermath().riskFrom())) {
      return step;
    }
    return isUnwindingCheaper(s) ? giveUp(s, step, "cheaper") : attempt(s, step, leg);
  }

  private Transition complete(PairSnapshot s, Transition step) {
    if (!s.orders().isEmpty()) {
      return step.cancel(resting(s.orders().all()));
    }
    return RoundCompletion.after(
        s, step.tell(LogEvent.info("hedge_repair_completed").in(s.id()).with("took_ms", ageMs(s))));
  }

  private long ageMs(PairSnapshot s) {
    return Duration.between(since, s.now()).toMillis();
  }

  private Transition giveUp(PairSnapshot s, Transition step, String why) {
    return step.going(Unwinding.begin(s, why));
  }

  private static List<WorkingOrder> resting(List<WorkingOrder> orders) {
    return orders.stream().filter(order -> order.order().timeInForce() != TimeInForce.IOC).toList();
  }

  /** One live order at a time: it is replaced only after its terminal state is known. */
  private Transition manage(PairSnapshot s, Transition step, Leg leg, WorkingOrder order) {
    if (order.order().timeInForce() == TimeInForce.IOC) {
      return step;
    }
    boolean outlived = stage == Stage.B || order.purpose() != OrderPurpose.REPAIR;
    boolean off =
        QuotePricer.touch(s, leg, order.order().side())
            .filter(price -> QuotePricer.isOff(s, order, price))
            .isPresent();
    boolean old = off && s.deadlines().passed(order.sentAt().plus(s.settings().repriceInterval()));
    return outlived || old ? step.cancel(List.of(order)) : step;
  }

  private Transition attempt(PairSnapshot s, Transition step, Leg leg) {
    Side side = leg == Leg.PERP ? Side.SELL : Side.BUY;
    Quantity size =
        leg == Leg.PERP
            ? s.instrument(Leg.PERP).nearest(s.delta().value().abs())
            : ClipSizer.spotToBuy(s, s.delta().value().abs());
    boolean stageB = stage == Stage.B;
    Optional<Price> price =
        stageB ? QuotePricer.cap(s, leg, side) : QuotePricer.touch(s, leg, side);
    if (price.isEmpty() || !size.isPositive()) {
      return step;
    }
    OrderIntent order =
        stageB
            ? OrderFactory.take(s, leg, side, price.get(), size, OrderPurpose.REPAIR)
            : OrderFactory.rest(s, leg, side, price.get(), size, OrderPurpose.REPAIR);
    return step.place(order);
  }

  /**
   * Completing costs what taking the missing leg costs, and when the position is not wanted any
   * more also leaving both again; unwinding costs taking the filled leg back, and when it is still
   * wanted the way in once more. Judged only where both books can give the whole size within the
   * cap.
   */
  private static boolean isUnwindingCheaper(PairSnapshot s) {
    boolean perpMissing = s.delta().isSpotHeavy();
    Side side = perpMissing ? Side.SELL : Side.BUY;
    Optional<BigDecimal> takeMissing = takingCost(s, perpMissing ? Leg.PERP : Leg.SPOT, side);
    Optional<BigDecimal> giveBack = takingCost(s, perpMissing ? Leg.SPOT : Leg.PERP, side);
    if (takeMissing.isEmpty() || giveBack.isEmpty()) {
      return false;
    }
    boolean leaves = s.target().isLeave() || s.demand().isExit();
    BigDecimal complete =
        leaves ? takeMissing.get().add(leavingCost(s, giveBack.get())) : takeMissing.get();
    BigDecimal unwind = leaves ? giveBack.get() : giveBack.get().add(enteringFees(s));
    return complete.compareTo(unwind) > 0;
  }

  /** Both legs would have to be closed again: the one that was filled, and the one just taken. */
  private static BigDecimal leavingCost(PairSnapshot s, BigDecimal giveBack) {
    return giveBack.add(s.fees().taker(s.delta().isSpotHeavy() ? Leg.PERP : Leg.SPOT));
  }

  /** The same leg would rest again, and the same one take. */
  private static BigDecimal enteringFees(PairSnapshot s) {
    return s.delta().isSpotHeavy()
        ? s.fees().maker(Leg.SPOT).add(s.fees().taker(Leg.PERP))
        : s.fees().maker(Leg.PERP).add(s.fees().taker(Leg.SPOT));
  }

  /** Fee and distance from the mid, as a fraction of notional. */
  private static Optional<BigDecimal> takingCost(PairSnapshot s, Leg leg, Side side) {
    PairMarketData market = s.market();
    Quantity size = legSize(s, leg);
    Optional<Price> mid = market.mid(leg);
    Optional<Price> cap = QuotePricer.cap(s, leg, side);
    if (mid.isEmpty() || cap.isEmpty()) {
      return Optional.empty();
    }
    BookWalk sweep = BookWalk.of(BookReader.within(market.book(leg), side, cap.get()), size);
    return sweep.filled().compareTo(size) < 0
        ? Optional.empty()
        : sweep
            .averagePrice()
            .map(average ->
                mid.get()
                    .value()
                    .subtract(average)
                    .abs()
                    .divide(mid.get().value(), MathContext.DECIMAL64))
            .map(slippage -> slippage.add(s.fees().taker(leg)));
  }

  private static Quantity legSize(PairSnapshot s, Leg leg) {
    Quantity gap = s.delta().value().abs();
    return leg == Leg.PERP ? gap : gap.times(s.market().multiplier());
  }

  private LogEvent started(PairSnapshot s) {
    boolean perpMissing = s.delta().isSpotHeavy();
    return LogEvent.warn("hedge_repair_started")
        .in(s.id())
        .with("side", perpMissing ? "perp" : "spot")
        .with("target_sz", s.delta().value().abs())
        .with("cause", cause)
        .with("leg_mode", OrderEventLog.name(s.settings().legMode()));
  }
}
