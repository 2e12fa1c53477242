package io.twinleg.core.execution;

import io.twinleg.core.event.Command.QueryAccount;
import io.twinleg.core.event.LogEvent;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.OrderPurpose;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Side;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Both legs are being closed, altogether or down to what the collateral carries, in clips of the
 * same size on both, until nothing worth an order is left. A clip is never larger than what both
 * books can give within the cap: what cannot be sold stays hedged.
 *
 * @param forced by risk or by an operator: twice the slippage, and no waiting for a better book
 * @param keep of the short, in perp units; nothing in an exit
 * @param apartSince since when the legs stand apart by more than their lots
 * @param unfilled attempts in a row that closed nothing: the pause after them grows to two seconds
 * @param nextProgress when the venue's account is queried next
 */
record Exiting(
    boolean forced,
    Quantity keep,
    @Nullable Instant apartSince,
    int unfilled,
    Instant nextAttempt,
    Instant nextProgress)
    implements PairState {
  private static final Duration LEG_GRACE = Duration.ofSeconds(1);
  private static final Duration PROGRESS = Duration.ofSeconds(1);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

  static Exiting ordinary(PairSnapshot snapshot) {
    return begin(snapshot, false, Quantity.ZERO);
  }

  static Exiting forced(PairSnapshot snapshot) {
    return begin(snapshot, true, Quantity.ZERO);
  }

  private static Exiting begin(PairSnapshot snapshot, boolean forced, Quantity keep) {
    Instant now = snapshot.now();
    Instant progress = now.plus(snapshot.capabilities().onTheWire(PROGRESS));
    return new Exiting(forced, keep, null, 0, now, progress);
  }

  /** Whether what is demanded can be reduced by an order; a little less than that is nothing. */
  static boolean isWorthReducing(PairSnapshot snapshot) {
    Quantity goes = snapshot.ledger().shortPerp().times(snapshot.directive().share());
    return snapshot.directive().isReduction()
        && !snapshot.price().times(goes).isBelow(snapshot.leastPair());
  }

  /** As much goes as is demanded; what would be too small to stand alone goes too. */
  static Exiting reducing(PairSnapshot snapshot) {
    BigDecimal stays = BigDecimal.ONE.subtract(snapshot.directive().share());
    Quantity keep = snapshot.instrument(Leg.PERP).floor(snapshot.ledger().shortPerp().times(stays));
    boolean tooSmall =
        snapshot.price().times(keep).isBelow(snapshot.leastPair().times(BigDecimal.TWO));
    return begin(snapshot, snapshot.directive().isUrgent(), tooSmall ? Quantity.ZERO : keep);
  }

  @Override
  public String label() {
    return isReduction() ? "DELEVER" : "EXITING";
  }

  /** What the collateral does not carry is not to be completed again. */
  boolean isReduction() {
    return keep.isPositive();
  }

  @Override
  public Transition on(PairSnapshot snapshot) {
    Exiting now =
        new Exiting(
            forced || snapshot.directive().isUrgent(),
            snapshot.directive().isExit() ? Quantity.ZERO : keep,
            apart(snapshot),
            unfilledSoFar(snapshot),
            nextAttempt,
            nextProgress);
    Transition step = Transition.to(now, snapshot).cancel(snapshot.orders().resting());
    if (snapshot.orders().isEmpty() && !snapshot.isHolding()) {
      return done(snapshot, step);
    }
    if (snapshot.orders().isEmpty() && now.isReduced(snapshot)) {
      return reduced(snapshot, step);
    }
    if (!snapshot.isDue(nextProgress)) {
      return now.proceed(snapshot, step.wakeAt(nextProgress));
    }
    Exiting later =
        new Exiting(
            now.forced,
            now.keep,
            now.apartSince,
            now.unfilled,
            nextAttempt,
            snapshot.now().plus(snapshot.capabilities().onTheWire(PROGRESS)));
    return later.proceed(
        snapshot, step.going(later).log(progressLog(snapshot)).send(new QueryAccount()));
  }

  private int unfilledSoFar(PairSnapshot snapshot) {
    boolean closedSomething =
        snapshot.ended().stream().anyMatch(end -> end.order().filled().isPositive());
    return closedSomething ? 0 : unfilled;
  }

  private @Nullable Instant apart(PairSnapshot snapshot) {
    if (!snapshot.gap().exceeds(snapshot.delta().tolerance())) {
      return null;
    }
    return apartSince == null ? snapshot.now() : apartSince;
  }

  /**
   * While one of the books is broken (specification 2.8) an exit that is not forced does not buy
   * the one dear and sell the other cheap: it stays hedged. Nor does it begin a clip while one of
   * another market is under way.
   */
  private Transition proceed(PairSnapshot snapshot, Transition step) {
    if (!snapshot.orders().isEmpty()) {
      return step;
    }
    boolean catchesUp = snapshot.isUnhedged() && apartSince != null;
    Instant graceEnd = apartSince == null ? snapshot.now() : apartSince.plus(LEG_GRACE);
    if (catchesUp && !snapshot.isDue(graceEnd)) {
      return step.wakeAt(graceEnd);
    }
    if (!snapshot.isDue(nextAttempt)) {
      return step.wakeAt(nextAttempt);
    }
    if (catchesUp) {
      return catchUp(snapshot, step);
    }
    boolean mayBegin = !snapshot.entry().gapTooWide() && !snapshot.entry().othersUnderWay();
    return forced || mayBegin ? pairedClip(snapshot, step) : step;
  }

  /** The leg that lags is forced. */
  private Transition catchUp(PairSnapshot snapshot, Transition step) {
    Transition tried = step.going(pausing(snapshot));
    return snapshot.isSpotHeavy()
        ? sell(snapshot, tried, snapshot.spotToSell(snapshot.gap()))
        : buyBack(snapshot, tried, lagging(snapshot));
  }

  /** All that is short when no spot is left to be sold with its last lot. */
  private static Quantity lagging(PairSnapshot snapshot) {
    Quantity shortPerp = snapshot.ledger().shortPerp();
    return snapshot.sellableSpot().isZero()
        ? shortPerp
        : snapshot.instrument(Leg.PERP).nearest(snapshot.gap()).min(shortPerp);
  }

  private Exiting pausing(PairSnapshot snapshot) {
    Duration first = snapshot.settings().entryThrottle();
    Duration grown = FIRST_PAUSE.multipliedBy(1L << Math.min(unfilled, 10));
    Duration backoff = grown.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : grown;
    Duration pause = unfilled == 0 || first.compareTo(backoff) > 0 ? first : backoff;
    return new Exiting(
        forced, keep, apartSince, unfilled + 1, snapshot.now().plus(pause), nextProgress);
  }

  private Transition pairedClip(PairSnapshot snapshot, Transition step) {
    ExitSlice clip = ExitSlice.of(snapshot, forced, keep);
    Transition tried = step.going(pausing(snapshot));
    return clip.isEmpty()
        ? tried
        : sell(snapshot, buyBack(snapshot, tried, clip.perp()), clip.spot());
  }

  private Transition buyBack(PairSnapshot snapshot, Transition step, Quantity size) {
    return take(snapshot, step, Leg.PERP, Side.BUY, size);
  }

  private Transition sell(PairSnapshot snapshot, Transition step, Quantity size) {
    return take(snapshot, step, Leg.SPOT, Side.SELL, size);
  }

  private Transition take(
      PairSnapshot snapshot, Transition step, Leg leg, Side side, Quantity size) {
    if (!size.isPositive()) {
      return step;
    }
    Optional<Price> cap = ExitSlice.cap(snapshot, forced, leg, side);
    return cap.map(price -> step.place(snapshot.take(leg, side, price, size, OrderPurpose.EXIT)))
        .orElse(step);
  }

  /** What is left to go is too small for an order, and the legs agree. */
  private boolean isReduced(PairSnapshot snapshot) {
    Quantity tooMuch = snapshot.ledger().shortPerp().minus(keep);
    return isReduction()
        && !snapshot.isUnhedged()
        && snapshot.price().times(tooMuch.max(Quantity.ZERO)).isBelow(snapshot.leastPair());
  }

  /** Not to be followed by an entry soon: what was carried before cannot be carried now. */
  private static Transition reduced(PairSnapshot snapshot, Transition step) {
    return step.log(
            LogEvent.info("position_reduced")
                .in(snapshot.id())
                .with("stage", "completed")
                .with("perp_sz", snapshot.ledger().shortPerp())
                .with("spot_sz", snapshot.ledger().ownedSpot()))
        .with(
            ExternalChange.blocked(
                snapshot.history(), "reduction", snapshot.settings(), snapshot.now()))
        .send(new QueryAccount())
        .going(new Hedged());
  }

  private static Transition done(PairSnapshot snapshot, Transition step) {
    return EntryRound.withDust(snapshot, step)
        .log(
            LogEvent.info("exit_completed")
                .in(snapshot.id())
                .with("apr", snapshot.target().edge().apr())
                .with("realized_spot", snapshot.ledger().realised().realisedSpot())
                .with("realized_perp", snapshot.ledger().realised().realisedPerp())
                .with("fees_total", snapshot.ledger().fees())
                .with("funding", snapshot.ledger().funding())
                .with("pnl_net", snapshot.ledger().realised().net()))
        .with(snapshot.history().exited(snapshot.now()))
        .going(new Flat());
  }

  private static LogEvent progressLog(PairSnapshot snapshot) {
    return LogEvent.info("exit_finalize_progress")
        .in(snapshot.id())
        .with("perp_abs", snapshot.ledger().shortPerp())
        .with("spot_base", snapshot.ledger().ownedSpot())
        .with("opens_spot", snapshot.orders().on(Leg.SPOT).size())
        .with("opens_perp", snapshot.orders().on(Leg.PERP).size());
  }
}
