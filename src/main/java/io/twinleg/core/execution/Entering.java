package io.twinleg.core.execution;

import io.twinleg.core.execution.EntryAssessment.Verdict;
import io.twinleg.core.execution.orders.OrderOutcome;
import io.twinleg.core.execution.orders.WorkingOrder;
import io.twinleg.core.execution.pricing.LegSequence;
import io.twinleg.core.execution.pricing.QuotePricer;
import io.twinleg.core.model.EntryClip;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.OrderIntent;
import io.twinleg.core.model.OrderPurpose;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.RejectReason;
import io.twinleg.core.model.Side;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An entry round: the position is built clip by clip, and each fill is hedged before the next clip.
 *
 * @param since when the round began
 * @param sequence which leg rests and which takes; chosen when the round began
 * @param aborting how the round is being given up: its orders are being cancelled, nothing new
 *     begins; null while it is not
 */
record Entering(Instant since, LegSequence sequence, @Nullable Abort aborting)
    implements PairState {

  /** How a round that is given up goes on once its orders have ended. */
  enum Abort {
    /** Keep what is hedged. */
    KEEP,
    /** A hedge failed in a way that a repair may cure. */
    REPAIR,
    /** A hedge was rejected for good: take the filled leg back. */
    UNWIND
  }

  private static final int POST_ONLY_REJECTS_MAX = 3;
  private static final Duration ORDINARY_BLOCK = Duration.ofMinutes(10);
  private static final Duration CROWDED_BLOCK = Duration.ofHours(1);

  /** With both legs resting, a fill may wait this long for its partner's. */
  private static final Duration LEG_GRACE = Duration.ofMillis(500);

  static Entering begin(PairSnapshot snapshot) {
    LegSequence sequence =
        LegSequence.of(snapshot.settings(), snapshot.market(), snapshot.capabilities());
    return new Entering(snapshot.now(), sequence, null);
  }

  @Override
  public String label() {
    return "ENTERING";
  }

  @Override
  public Transition on(PairSnapshot snapshot) {
    Optional<Transition> afterHedge = afterFailedHedge(snapshot);
    if (afterHedge.isPresent()) {
      return afterHedge.get();
    }
    if (aborting != Abort.UNWIND && isHedgeOverdue(snapshot)) {
      return abort(snapshot, Abort.REPAIR);
    }
    if (aborting != null) {
      return windDown(snapshot, aborting);
    }
    Optional<Transition> afterEntry = afterRejectedEntry(snapshot);
    if (afterEntry.isPresent()) {
      return afterEntry.get();
    }
    if (snapshot.isStopping()) {
      return abort(snapshot, Abort.KEEP);
    }
    Instant timeout = since.plus(snapshot.settings().entryTimeout());
    if (snapshot.isDue(timeout)
        || !snapshot.target().worthFinishing()
        || snapshot.entry().interruption().isPresent()) {
      return abort(snapshot, Abort.KEEP).wakeAt(timeout);
    }
    Transition step =
        switch (sequence) {
          case SPOT_FIRST, PERP_FIRST -> oneLegFirst(snapshot);
          case BOTH -> bothLegs(snapshot);
          case BATCH -> oneMessage(snapshot);
        };
    return step.wakeAt(timeout);
  }

  // ---- what went wrong

  /** A hedge that is not sent, as one too small for an order, is a repair's, which gives back. */
  private static boolean isHedgeOverdue(PairSnapshot snapshot) {
    return snapshot.isUnhedged()
        && snapshot.orders().with(OrderPurpose.HEDGE).isEmpty()
        && snapshot
            .history()
            .unhedgedSince()
            .filter(since -> snapshot.isDue(since.plus(snapshot.settings().repairTimeout())))
            .isPresent();
  }

  /** A hedge that ended badly decides how the round goes on, also one that is being given up. */
  private Optional<Transition> afterFailedHedge(PairSnapshot snapshot) {
    return snapshot.ended().stream()
        .filter(end -> end.order().purpose() == OrderPurpose.HEDGE && !end.isWhole())
        .findFirst()
        .map(end -> hedgeFailed(snapshot, end));
  }

  private Transition hedgeFailed(PairSnapshot snapshot, OrderOutcome end) {
    if (snapshot.rejects().isFinal(end)) {
      return abort(snapshot.with(blocked(snapshot, end)), Abort.UNWIND);
    }
    return abort(snapshot, aborting == Abort.UNWIND ? Abort.UNWIND : Abort.REPAIR);
  }

  private Optional<Transition> afterRejectedEntry(PairSnapshot snapshot) {
    return snapshot.ended().stream()
        .filter(end -> end.order().purpose() == OrderPurpose.ENTRY)
        .flatMap(end -> end.rejected().stream().map(reason -> entryRejected(snapshot, end, reason)))
        .findFirst();
  }

  private Transition entryRejected(PairSnapshot snapshot, OrderOutcome end, RejectReason reason) {
    PairHistory history = snapshot.history();
    if (reason == RejectReason.BAD_ALO_PRICE && history.postOnlyRejects() < POST_ONLY_REJECTS_MAX) {
      return Transition.to(this, snapshot).with(history.postOnlyRejected());
    }
    if (reason == RejectReason.TICK && !snapshot.rejects().isFinal(end)) {
      return Transition.to(this, snapshot);
    }
    PairHistory after = end.isRejectedForGood() ? blocked(snapshot, end) : history;
    return abort(snapshot.with(after), afterRejected(end));
  }

  /** In a batch the rejected order was the other's hedge too. */
  private Abort afterRejected(OrderOutcome end) {
    if (sequence != LegSequence.BATCH) {
      return Abort.KEEP;
    }
    return end.isRejectedForGood() ? Abort.UNWIND : Abort.REPAIR;
  }

  static PairHistory blocked(PairSnapshot snapshot, OrderOutcome end) {
    RejectReason reason = end.rejected().orElse(RejectReason.OTHER);
    Duration pause =
        switch (reason) {
          case ORACLE_BAND, OPEN_INTEREST_CAP, POSITION_LIMIT, DELISTED, HALTED -> CROWDED_BLOCK;
          default -> ORDINARY_BLOCK;
        };
    return snapshot
        .history()
        .blocked("rejected_" + reason.name().toLowerCase(Locale.ROOT), snapshot.now().plus(pause));
  }

  private Transition abort(PairSnapshot snapshot, Abort how) {
    return new Entering(since, sequence, how).windDown(snapshot, how);
  }

  /**
   * Cancels what rests, waits until it has ended, then goes where the legs say. Hedges go on
   * meanwhile.
   */
  private Transition windDown(PairSnapshot snapshot, Abort how) {
    Transition step = Transition.to(this, snapshot).cancel(cancellable(snapshot));
    boolean mayRepair =
        snapshot.orders().with(OrderPurpose.HEDGE).isEmpty()
            && snapshot.orders().on(missing(snapshot)).isEmpty();
    if (snapshot.isUnhedged() && mayRepair && how == Abort.UNWIND) {
      return step.going(Unwinding.begin(snapshot, "hedge_rejected"));
    }
    if (snapshot.isUnhedged() && mayRepair && how == Abort.REPAIR) {
      return step.going(Repairing.begin(snapshot, "hedge_failed"));
    }
    if (mayRepair && how == Abort.KEEP && isNotWanted(snapshot)) {
      return step.going(Unwinding.begin(snapshot, "cheaper"));
    }
    Optional<OrderIntent> hedge =
        how == Abort.KEEP
            ? sequence.hedger().flatMap(leg -> Hedger.cover(snapshot, leg))
            : Optional.empty();
    if (hedge.isPresent()) {
      return step.place(hedge.get());
    }
    if (!snapshot.orders().isEmpty()) {
      return step;
    }
    if (snapshot.isUnhedged()) {
      return step.going(Repairing.begin(snapshot, "entry_withdrawn"));
    }
    return EntryRound.complete(snapshot, step);
  }

  /** A fill that came too late: it is hedged only where that costs less than to give it back. */
  private static boolean isNotWanted(PairSnapshot snapshot) {
    boolean leaves = snapshot.target().isLeave() || snapshot.directive().isExit();
    return leaves && snapshot.isUnhedged() && Repairing.isUnwindingCheaper(snapshot);
  }

  /** The two orders of a batch end by themselves, before any cancel could reach them. */
  private List<WorkingOrder> cancellable(PairSnapshot snapshot) {
    return sequence == LegSequence.BATCH ? List.of() : snapshot.orders().with(OrderPurpose.ENTRY);
  }

  private static Leg missing(PairSnapshot snapshot) {
    return snapshot.isSpotHeavy() ? Leg.PERP : Leg.SPOT;
  }

  // ---- one leg rests, the other takes

  private Transition oneLegFirst(PairSnapshot snapshot) {
    Transition stays = Transition.to(this, snapshot);
    Optional<OrderIntent> hedge = sequence.hedger().flatMap(leg -> Hedger.cover(snapshot, leg));
    Transition step = hedge.map(stays::place).orElse(stays);
    List<WorkingOrder> quotes = snapshot.orders().with(OrderPurpose.ENTRY);
    if (!quotes.isEmpty()) {
      return requote(snapshot, step, quotes.get(0));
    }
    boolean hedging = hedge.isPresent() || !snapshot.orders().isEmpty();
    return hedging || snapshot.isUnhedged() ? step : nextClip(snapshot, step);
  }

  private Transition requote(PairSnapshot snapshot, Transition step, WorkingOrder quote) {
    if (quote.isCancelling() || !quote.isResting() || quote.isUnknown()) {
      return step;
    }
    boolean off =
        QuotePricer.passive(
                snapshot.market(),
                snapshot.orders(),
                snapshot.settings(),
                quote.leg(),
                quote.order().side(),
                snapshot.history().postOnlyRejects())
            .filter(wanted -> QuotePricer.isOff(snapshot.instrument(quote.leg()), quote, wanted))
            .isPresent();
    if (!off) {
      return step;
    }
    Instant old = quote.sentAt().plus(snapshot.settings().repriceInterval());
    return snapshot.isDue(old) && snapshot.entry().rateLeft()
        ? step.cancel(List.of(quote))
        : step.wakeAt(old);
  }

  private Transition nextClip(PairSnapshot snapshot, Transition step) {
    Optional<Instant> throttled =
        snapshot
            .history()
            .lastEntryOrder()
            .map(at -> at.plus(snapshot.settings().entryThrottle()))
            .filter(until -> !snapshot.isDue(until));
    if (throttled.isPresent()) {
      return step.wakeAt(throttled.get());
    }
    return switch (snapshot.entry().nextClip()) {
      case Verdict.Denied denied -> EntryRound.complete(snapshot, step.denied(denied.denial()));
      case Verdict.Allowed allowed -> place(snapshot, step, allowed.clip());
      case Verdict.NotEvaluated not ->
          throw new IllegalStateException("no entry assessed: " + this);
    };
  }

  private Transition place(PairSnapshot snapshot, Transition step, EntryClip clip) {
    Transition sent = step.with(snapshot.history().entryOrderSent(snapshot.now()));
    return switch (sequence) {
      case SPOT_FIRST -> sent.place(spotQuote(snapshot, clip));
      case PERP_FIRST -> sent.place(perpQuote(snapshot, clip));
      case BOTH -> sent.place(spotQuote(snapshot, clip)).place(perpQuote(snapshot, clip));
      case BATCH ->
          placeBatch(snapshot, sent, clip).orElseGet(() -> EntryRound.complete(snapshot, step));
    };
  }

  private static OrderIntent spotQuote(PairSnapshot snapshot, EntryClip clip) {
    return snapshot.rest(Leg.SPOT, Side.BUY, clip.spotPrice(), clip.spot(), OrderPurpose.ENTRY);
  }

  private static OrderIntent perpQuote(PairSnapshot snapshot, EntryClip clip) {
    return snapshot.rest(Leg.PERP, Side.SELL, clip.perpPrice(), clip.perp(), OrderPurpose.ENTRY);
  }

  // ---- both legs take, in one message

  private Transition oneMessage(PairSnapshot snapshot) {
    Transition step = Transition.to(this, snapshot);
    if (!snapshot.orders().isEmpty()) {
      return step;
    }
    return snapshot.isUnhedged() ? abort(snapshot, Abort.REPAIR) : nextClip(snapshot, step);
  }

  /** Empty where one of the two could not be sent: then the other must not leave alone. */
  private static Optional<Transition> placeBatch(
      PairSnapshot snapshot, Transition step, EntryClip clip) {
    Optional<OrderIntent> spot =
        snapshot
            .cap(Leg.SPOT, Side.BUY)
            .map(cap -> take(snapshot, Leg.SPOT, Side.BUY, cap, clip.spot()));
    Optional<OrderIntent> perp =
        snapshot
            .cap(Leg.PERP, Side.SELL)
            .map(cap -> take(snapshot, Leg.PERP, Side.SELL, cap, clip.perp()));
    boolean both =
        spot.filter(order -> order.meetsMinimum(Quantity.ZERO)).isPresent()
            && perp.filter(order -> order.meetsMinimum(Quantity.ZERO)).isPresent();
    return both ? Optional.of(step.place(spot.get()).place(perp.get())) : Optional.empty();
  }

  private static OrderIntent take(
      PairSnapshot snapshot, Leg leg, Side side, Price cap, Quantity size) {
    return snapshot.take(leg, side, cap, size, OrderPurpose.ENTRY);
  }

  // ---- both legs rest

  private Transition bothLegs(PairSnapshot snapshot) {
    Transition stays = Transition.to(this, snapshot);
    Optional<Instant> graceEnd =
        snapshot.history().unhedgedSince().map(unhedged -> unhedged.plus(LEG_GRACE));
    if (graceEnd.filter(snapshot::isDue).isPresent()) {
      return abort(snapshot, Abort.REPAIR);
    }
    Transition step = graceEnd.map(stays::wakeAt).orElse(stays);
    if (snapshot.orders().isEmpty()) {
      return snapshot.isUnhedged() ? step : nextClip(snapshot, step);
    }
    for (WorkingOrder quote : snapshot.orders().with(OrderPurpose.ENTRY)) {
      step = snapshot.isUnhedged() ? step : requote(snapshot, step, quote);
    }
    return step;
  }
}
