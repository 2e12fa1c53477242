package io.twinleg.core.execution;

import io.twinleg.core.model.EntryClip;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.OrderPurpose;
import io.twinleg.core.model.RejectReason;
import io.twinleg.core.model.Side;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An entry round: the position is built clip by clip, and each fill is hedged before the next clip.
 *
 * @param since when the round began
 * @param approach which leg rests and which takes; chosen when the round began
 * @param withdrawn why the round is being given up: its orders are being cancelled, nothing new
 *     begins
 */
record Entering(Instant since, LegSequence approach, Optional<Entering.EntryAbort> withdrawn)
    implements PairState {

  /** How a round that is given up goes on once its orders are over. */
  enum EntryAbort {
    /** Keep what is hedged. */
    KEEP,
    /** A hedge failed in a way that a repair may cure. */
    REPAIR,
    /** A hedge was rejected for good: take the filled leg back. */
    UNWIND
  }

  private static final int MOST_TOO_CLOSE = 3;
  private static final Duration ORDINARY_BLOCK = Duration.ofMinutes(10);
  private static final Duration CROWDED_BLOCK = Duration.ofHours(1);

  /** With both legs resting, a fill may wait this long for its partner's. */
  private static final Duration LEG_GRACE = Duration.ofMillis(500);

  static Entering begin(PairSnapshot s) {
    LegSequence approach = LegSequence.of(s.settings(), s.market(), s.capabilities());
    return new Entering(s.now(), approach, Optional.empty());
  }

  @Override
  public String label() {
    return "ENTERING";
  }

  @Override
  public Transition on(PairSnapshot s) {
    Optional<Transition> hedge = afterHedgeFailure(s);
    if (hedge.isPresent()) {
      return hedge.get();
    }
    if (withdrawn.isPresent()) {
      return windDown(s, withdrawn.get());
    }
    Optional<Transition> entry = afterRejectedEntry(s);
    if (entry.isPresent()) {
      return entry.get();
    }
    if (mustWithdraw(s)) {
      return withdraw(s, Entering.EntryAbort.KEEP);
    }
    return switch (approach) {
      case SPOT_FIRST, PERP_FIRST -> oneLegFirst(s);
      case BOTH -> bothLegs(s);
      case BATCH -> oneMessage(s);
    };
  }

  // ---- what went wrong

  /** A hedge that ended badly decides how the round goes on, also one that is being given up. */
  private Optional<Transition> afterHedgeFailure(PairSnapshot s) {
    return s.ended().stream()
        .filter(end -> end.order().purpose() == OrderPurpose.HEDGE && !end.isWhole())
        .findFirst()
        .map(end -> hedgeFailed(s, end));
  }

  private Transition hedgeFailed(PairSnapshot s, OrderOutcome end) {
    if (s.aftermath().isFinal(end)) {
      return withdraw(s.remembering(blocked(s, end)), Entering.EntryAbort.UNWIND);
    }
    boolean hopeless = withdrawn.filter(Entering.EntryAbort.UNWIND::equals).isPresent();
    return withdraw(s, hopeless ? Entering.EntryAbort.UNWIND : Entering.EntryAbort.REPAIR);
  }

  private Optional<Transition> afterRejectedEntry(PairSnapshot s) {
    return s.ended().stream()
        .filter(end -> end.order().purpose() == OrderPurpose.ENTRY && end.rejected().isPresent())
        .findFirst()
        .map(end -> entryRejected(s, end));
  }

  private Transition entryRejected(PairSnapshot s, OrderOutcome end) {
    RejectReason reason = end.rejected().orElse(RejectReason.OTHER);
    if (reason == RejectReason.BAD_ALO_PRICE && s.memory().tooClose() < MOST_TOO_CLOSE) {
      PairHistory oneTickBack = s.memory().quotedTooClose(s.memory().tooClose() + 1);
      return Transition.to(this, s).remember(oneTickBack);
    }
    if (reason == RejectReason.TICK && !s.aftermath().isFinal(end)) {
      return Transition.to(this, s);
    }
    PairHistory memory = end.isRejectedForGood() ? blocked(s, end) : s.memory();
    return withdraw(s.remembering(memory), afterRejected(end));
  }

  /** In a batch the rejected order was the other's hedge too. */
  private Entering.EntryAbort afterRejected(OrderOutcome end) {
    if (approach != LegSequence.BATCH) {
      return Entering.EntryAbort.KEEP;
    }
    return end.isRejectedForGood() ? Entering.EntryAbort.UNWIND : Entering.EntryAbort.REPAIR;
  }

  static PairHistory blocked(PairSnapshot s, OrderOutcome end) {
    RejectReason reason = end.rejected().orElse(RejectReason.OTHER);
    Duration pause =
        switch (reason) {
          case ORACLE_BAND, OPEN_INTEREST_CAP, POSITION_LIMIT, DELISTED, HALTED -> CROWDED_BLOCK;
          default -> ORDINARY_BLOCK;
        };
    return s.memory().blocked("rejected_" + OrderEventLog.name(reason), s.now().plus(pause));
  }

  private boolean mustWithdraw(PairSnapshot s) {
    return s.stopping()
        || s.deadlines().passed(since.plus(s.settings().entryTimeout()))
        || !s.target().worthFinishing()
        || s.desk().interruption().isPresent();
  }

  private Transition withdraw(PairSnapshot s, Entering.EntryAbort how) {
    return new Entering(since, approach, Optional.of(how)).windDown(s, how);
  }

  /**
   * Cancels what rests, waits until it is over, then goes where the legs say. Hedges go on
   * meanwhile.
   */
  private Transition windDown(PairSnapshot s, Entering.EntryAbort how) {
    Transition step = Transition.to(this, s).cancel(cancellable(s));
    boolean mayRepair =
        s.orders().with(OrderPurpose.HEDGE).isEmpty() && s.orders().on(missing(s)).isEmpty();
    if (s.isUnhedged() && mayRepair && how == Entering.EntryAbort.UNWIND) {
      return step.going(Unwinding.begin(s, "hedge_rejected"));
    }
    if (s.isUnhedged() && mayRepair && how == Entering.EntryAbort.REPAIR) {
      return step.going(Repairing.begin(s, "hedge_failed"));
    }
    Transition covered =
        how == Entering.EntryAbort.KEEP ? Hedger.cover(s, step, approach.hedger()) : step;
    if (!s.orders().isEmpty() || !covered.equals(step)) {
      return covered;
    }
    if (s.isUnhedged()) {
      return step.going(Repairing.begin(s, "entry_withdrawn"));
    }
    return RoundCompletion.after(s, step);
  }

  /** The two orders of a batch end by themselves, before any cancel could reach them. */
  private List<WorkingOrder> cancellable(PairSnapshot s) {
    return approach == LegSequence.BATCH ? List.of() : s.orders().with(OrderPurpose.ENTRY);
  }

  private static Leg missing(PairSnapshot s) {
    return s.delta().isSpotHeavy() ? Leg.PERP : Leg.SPOT;
  }

  // ---- one leg rests, the other takes

  private Transition oneLegFirst(PairSnapshot s) {
    Transition step = Hedger.cover(s, Transition.to(this, s), approach.hedger());
    List<WorkingOrder> quotes = s.orders().with(OrderPurpose.ENTRY);
    if (!quotes.isEmpty()) {
      return requote(s, step, quotes.get(0));
    }
    boolean hedgesUnderWay = !step.actions().isEmpty() || !s.orders().isEmpty();
    return hedgesUnderWay || s.isUnhedged() ? step : nextClip(s, step);
  }

  private Transition requote(PairSnapshot s, Transition step, WorkingOrder quote) {
    if (quote.isCancelling() || !quote.resting() || quote.isUnknown()) {
      return step;
    }
    boolean off =
        QuotePricer.passive(
                s.market(),
                s.orders(),
                s.settings(),
                quote.leg(),
                quote.order().side(),
                s.memory().tooClose())
            .filter(wanted -> QuotePricer.isOff(s, quote, wanted))
            .isPresent();
    boolean old = off && s.deadlines().passed(quote.sentAt().plus(s.settings().repriceInterval()));
    return old && s.desk().isRateLeft() ? step.cancel(List.of(quote)) : step;
  }

  private Transition nextClip(PairSnapshot s, Transition step) {
    if (!EntryConditions.mayQuote(s)) {
      return step;
    }
    return switch (s.desk().nextClip()) {
      case EntryChecks.Verdict.Refused refused ->
          RoundCompletion.after(s, step.refused(refused.refusal()));
      case EntryChecks.Verdict.Allowed allowed -> place(s, step, allowed.plan());
    };
  }

  private Transition place(PairSnapshot s, Transition step, EntryClip plan) {
    if (approach == LegSequence.BATCH) {
      return PairedOrder.of(s, plan)
          .map(batch -> batch.placedBy(step).remember(s.memory().entryOrderSent(s.now())))
          .orElseGet(() -> RoundCompletion.after(s, step));
    }
    Transition placed = step.remember(s.memory().entryOrderSent(s.now()));
    if (approach.rests(Leg.SPOT)) {
      placed =
          placed.place(
              OrderFactory.rest(
                  s, Leg.SPOT, Side.BUY, plan.spotPrice(), plan.spot(), OrderPurpose.ENTRY));
    }
    return approach.rests(Leg.PERP)
        ? placed.place(
            OrderFactory.rest(
                s, Leg.PERP, Side.SELL, plan.perpPrice(), plan.perp(), OrderPurpose.ENTRY))
        : placed;
  }

  // ---- both legs take, in one message

  private Transition oneMessage(PairSnapshot s) {
    Transition step = Transition.to(this, s);
    if (!s.orders().isEmpty()) {
      return step;
    }
    return s.isUnhedged() ? withdraw(s, Entering.EntryAbort.REPAIR) : nextClip(s, step);
  }

  // ---- both legs rest

  private Transition bothLegs(PairSnapshot s) {
    Optional<Instant> unhedged = s.memory().unhedgedSince();
    if (unhedged.isPresent() && s.deadlines().passed(unhedged.get().plus(LEG_GRACE))) {
      return withdraw(s, Entering.EntryAbort.REPAIR);
    }
    Transition step = Transition.to(this, s);
    if (s.orders().isEmpty()) {
      return s.isUnhedged() ? step : nextClip(s, step);
    }
    for (WorkingOrder quote : s.orders().with(OrderPurpose.ENTRY)) {
      step = s.isUnhedged() ? step : requote(s, step, quote);
    }
    return step;
  }
}
