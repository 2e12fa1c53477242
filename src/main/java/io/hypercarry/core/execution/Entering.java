package io.hypercarry.core.execution;

import io.hypercarry.core.model.EntryPlan;
import io.hypercarry.core.model.Leg;
import io.hypercarry.core.model.Purpose;
import io.hypercarry.core.model.RejectReason;
import io.hypercarry.core.model.Side;
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
record Entering(Instant since, Approach approach, Optional<Withdrawal> withdrawn)
    implements PairState {

  /** How a round that is given up goes on once its orders are over. */
  enum Withdrawal {
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

  static Entering begin(Situation s) {
    Approach approach = Approach.of(s.settings(), s.market(), s.capabilities());
    return new Entering(s.now(), approach, Optional.empty());
  }

  @Override
  public String label() {
    return "ENTERING";
  }

  @Override
  public Step on(Situation s) {
    Optional<Step> hedge = afterHedgeFailure(s);
    if (hedge.isPresent()) {
      return hedge.get();
    }
    if (withdrawn.isPresent()) {
      return windDown(s, withdrawn.get());
    }
    Optional<Step> entry = afterRejectedEntry(s);
    if (entry.isPresent()) {
      return entry.get();
    }
    if (mustWithdraw(s)) {
      return withdraw(s, Withdrawal.KEEP);
    }
    return switch (approach) {
      case SPOT_FIRST, PERP_FIRST -> oneLegFirst(s);
      case BOTH -> bothLegs(s);
      case BATCH -> oneMessage(s);
    };
  }

  // ---- what went wrong

  /** A hedge that ended badly decides how the round goes on, also one that is being given up. */
  private Optional<Step> afterHedgeFailure(Situation s) {
    return s.ended().stream()
        .filter(end -> end.order().purpose() == Purpose.HEDGE && !end.isWhole())
        .findFirst()
        .map(end -> hedgeFailed(s, end));
  }

  private Step hedgeFailed(Situation s, OrderEnd end) {
    if (s.aftermath().isFinal(end)) {
      return withdraw(s.remembering(blocked(s, end)), Withdrawal.UNWIND);
    }
    boolean hopeless = withdrawn.filter(Withdrawal.UNWIND::equals).isPresent();
    return withdraw(s, hopeless ? Withdrawal.UNWIND : Withdrawal.REPAIR);
  }

  private Optional<Step> afterRejectedEntry(Situation s) {
    return s.ended().stream()
        .filter(end -> end.order().purpose() == Purpose.ENTRY && end.rejected().isPresent())
        .findFirst()
        .map(end -> entryRejected(s, end));
  }

  private Step entryRejected(Situation s, OrderEnd end) {
    RejectReason reason = end.rejected().orElse(RejectReason.OTHER);
    if (reason == RejectReason.BAD_ALO_PRICE && s.memory().tooClose() < MOST_TOO_CLOSE) {
      Memory oneTickBack = s.memory().quotedTooClose(s.memory().tooClose() + 1);
      return Step.to(this, s).remember(oneTickBack);
    }
    if (reason == RejectReason.TICK && !s.aftermath().isFinal(end)) {
      return Step.to(this, s);
    }
    Memory memory = end.isRejectedForGood() ? blocked(s, end) : s.memory();
    return withdraw(s.remembering(memory), afterRejected(end));
  }

  /** In a batch the rejected order was the other's hedge too. */
  private Withdrawal afterRejected(OrderEnd end) {
    if (approach != Approach.BATCH) {
      return Withdrawal.KEEP;
    }
    return end.isRejectedForGood() ? Withdrawal.UNWIND : Withdrawal.REPAIR;
  }

  static Memory blocked(Situation s, OrderEnd end) {
    RejectReason reason = end.rejected().orElse(RejectReason.OTHER);
    Duration pause =
        switch (reason) {
          case ORACLE_BAND, OPEN_INTEREST_CAP, POSITION_LIMIT, DELISTED, HALTED -> CROWDED_BLOCK;
          default -> ORDINARY_BLOCK;
        };
    return s.memory().blocked("rejected_" + OrderNotes.name(reason), s.now().plus(pause));
  }

  private boolean mustWithdraw(Situation s) {
    return s.stopping()
        || s.deadlines().passed(since.plus(s.settings().entryTimeout()))
        || !s.target().worthFinishing()
        || s.desk().interruption().isPresent();
  }

  private Step withdraw(Situation s, Withdrawal how) {
    return new Entering(since, approach, Optional.of(how)).windDown(s, how);
  }

  /**
   * Cancels what rests, waits until it is over, then goes where the legs say. Hedges go on
   * meanwhile.
   */
  private Step windDown(Situation s, Withdrawal how) {
    Step step = Step.to(this, s).cancel(cancellable(s));
    boolean mayRepair =
        s.orders().with(Purpose.HEDGE).isEmpty() && s.orders().on(missing(s)).isEmpty();
    if (s.isUnhedged() && mayRepair && how == Withdrawal.UNWIND) {
      return step.going(Unwinding.begin(s, "hedge_rejected"));
    }
    if (s.isUnhedged() && mayRepair && how == Withdrawal.REPAIR) {
      return step.going(Repairing.begin(s, "hedge_failed"));
    }
    Step covered = how == Withdrawal.KEEP ? Hedging.cover(s, step, approach.hedger()) : step;
    if (!s.orders().isEmpty() || !covered.equals(step)) {
      return covered;
    }
    if (s.isUnhedged()) {
      return step.going(Repairing.begin(s, "entry_withdrawn"));
    }
    return Rest.after(s, step);
  }

  /** The two orders of a batch end by themselves, before any cancel could reach them. */
  private List<OwnOrder> cancellable(Situation s) {
    return approach == Approach.BATCH ? List.of() : s.orders().with(Purpose.ENTRY);
  }

  private static Leg missing(Situation s) {
    return s.delta().isSpotHeavy() ? Leg.PERP : Leg.SPOT;
  }

  // ---- one leg rests, the other takes

  private Step oneLegFirst(Situation s) {
    Step step = Hedging.cover(s, Step.to(this, s), approach.hedger());
    List<OwnOrder> quotes = s.orders().with(Purpose.ENTRY);
    if (!quotes.isEmpty()) {
      return requote(s, step, quotes.get(0));
    }
    boolean hedgesUnderWay = !step.actions().isEmpty() || !s.orders().isEmpty();
    return hedgesUnderWay || s.isUnhedged() ? step : nextClip(s, step);
  }

  private Step requote(Situation s, Step step, OwnOrder quote) {
    if (quote.isCancelling() || !quote.resting() || quote.isUnknown()) {
      return step;
    }
    boolean off =
        Quoter.passive(
                s.market(),
                s.orders(),
                s.settings(),
                quote.leg(),
                quote.order().side(),
                s.memory().tooClose())
            .filter(wanted -> Quoter.isOff(s, quote, wanted))
            .isPresent();
    boolean old = off && s.deadlines().passed(quote.sentAt().plus(s.settings().repriceInterval()));
    return old && s.desk().isRateLeft() ? step.cancel(List.of(quote)) : step;
  }

  private Step nextClip(Situation s, Step step) {
    if (!Entry.mayQuote(s)) {
      return step;
    }
    return switch (s.desk().nextClip()) {
      case EntryDesk.Verdict.Refused refused -> Rest.after(s, step.refused(refused.refusal()));
      case EntryDesk.Verdict.Allowed allowed -> place(s, step, allowed.plan());
    };
  }

  private Step place(Situation s, Step step, EntryPlan plan) {
    if (approach == Approach.BATCH) {
      return Batch.of(s, plan)
          .map(batch -> batch.placedBy(step).remember(s.memory().entryOrderSent(s.now())))
          .orElseGet(() -> Rest.after(s, step));
    }
    Step placed = step.remember(s.memory().entryOrderSent(s.now()));
    if (approach.rests(Leg.SPOT)) {
      placed =
          placed.place(
              Orders.rest(s, Leg.SPOT, Side.BUY, plan.spotPrice(), plan.spot(), Purpose.ENTRY));
    }
    return approach.rests(Leg.PERP)
        ? placed.place(
            Orders.rest(s, Leg.PERP, Side.SELL, plan.perpPrice(), plan.perp(), Purpose.ENTRY))
        : placed;
  }

  // ---- both legs take, in one message

  private Step oneMessage(Situation s) {
    Step step = Step.to(this, s);
    if (!s.orders().isEmpty()) {
      return step;
    }
    return s.isUnhedged() ? withdraw(s, Withdrawal.REPAIR) : nextClip(s, step);
  }

  // ---- both legs rest

  private Step bothLegs(Situation s) {
    Optional<Instant> unhedged = s.memory().unhedgedSince();
    if (unhedged.isPresent() && s.deadlines().passed(unhedged.get().plus(LEG_GRACE))) {
      return withdraw(s, Withdrawal.REPAIR);
    }
    Step step = Step.to(this, s);
    if (s.orders().isEmpty()) {
      return s.isUnhedged() ? step : nextClip(s, step);
    }
    for (OwnOrder quote : s.orders().with(Purpose.ENTRY)) {
      step = s.isUnhedged() ? step : requote(s, step, quote);
    }
    return step;
  }
}
