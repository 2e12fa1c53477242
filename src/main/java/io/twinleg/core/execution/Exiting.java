package io.twinleg.core.execution;

import io.twinleg.core.event.Command.QueryAccount;
import io.twinleg.core.event.LogEvent;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.OrderPurpose;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Side;
import io.twinleg.core.model.TimeInForce;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Both legs are being closed, altogether or down to what the collateral carries, in clips of the
 * same size on both, until nothing worth an order is left. A clip is never larger than what both
 * books can give within the cap: what cannot be sold stays hedged.
 *
 * @param forced by risk or by an operator: twice the slippage, no patience
 * @param keep of the short, in perp units; nothing in an exit
 * @param apartSince since when the legs stand apart by more than their lots
 * @param fruitless attempts in a row that closed nothing: the pause after them grows to two seconds
 * @param nextProgress when the next look at the venue's own account is due
 */
record Exiting(
    boolean forced,
    Quantity keep,
    Optional<Instant> apartSince,
    int fruitless,
    Instant nextAttempt,
    Instant nextProgress)
    implements PairState {
  private static final Duration LEG_GRACE = Duration.ofSeconds(1);
  private static final Duration PROGRESS = Duration.ofSeconds(1);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

  static Exiting ordinary(PairSnapshot s) {
    return new Exiting(false, Quantity.ZERO, Optional.empty(), 0, s.now(), s.now().plus(PROGRESS));
  }

  static Exiting forced(PairSnapshot s) {
    return new Exiting(true, Quantity.ZERO, Optional.empty(), 0, s.now(), s.now().plus(PROGRESS));
  }

  /** Whether what is demanded can be reduced by an order; a little less than that is nothing. */
  static boolean isWorthReducing(PairSnapshot s) {
    Quantity goes = s.ledger().shortPerp().times(s.demand().share());
    return s.demand().isReduction() && !s.price().times(goes).isBelow(s.leastTrade());
  }

  /** As much goes as is demanded; what would be too small to stand alone goes too. */
  static Exiting reducing(PairSnapshot s) {
    Quantity shortPerp = s.ledger().shortPerp();
    BigDecimal stays = BigDecimal.ONE.subtract(s.demand().share());
    Quantity keep = s.instrument(Leg.PERP).floor(shortPerp.times(stays));
    boolean tooSmall = s.price().times(keep).isBelow(s.leastTrade().times(BigDecimal.TWO));
    return new Exiting(
        s.demand().isUrgent(),
        tooSmall ? Quantity.ZERO : keep,
        Optional.empty(),
        0,
        s.now(),
        s.now().plus(PROGRESS));
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
  public Transition on(PairSnapshot s) {
    boolean mustHurry = forced || s.demand().isUrgent();
    Quantity stays = s.demand().isExit() ? Quantity.ZERO : keep;
    Exiting now =
        new Exiting(mustHurry, stays, apart(s), fruitlessSoFar(s), nextAttempt, nextProgress);
    Transition step = Transition.to(now, s).cancel(notOurs(s));
    if (s.orders().isEmpty() && !s.isHolding()) {
      return now.done(s, step);
    }
    if (s.orders().isEmpty() && now.isReduced(s)) {
      return now.reduced(s, step);
    }
    if (s.deadlines().passed(nextProgress)) {
      Exiting later =
          new Exiting(
              mustHurry, stays, now.apartSince, now.fruitless, nextAttempt, s.now().plus(PROGRESS));
      return later.proceed(
          s,
          step.going(later).tell(progress(s)).and(new PairAction.AskAccount(new QueryAccount())));
    }
    return now.proceed(s, step);
  }

  /** Everything that rests, and anything that was sent for another purpose. */
  private static List<WorkingOrder> notOurs(PairSnapshot s) {
    return s.orders().all().stream()
        .filter(order -> order.order().timeInForce() != TimeInForce.IOC)
        .toList();
  }

  private int fruitlessSoFar(PairSnapshot s) {
    boolean closedSomething = s.ended().stream().anyMatch(end -> end.order().filled().isPositive());
    return closedSomething ? 0 : fruitless;
  }

  private Optional<Instant> apart(PairSnapshot s) {
    boolean apart = s.delta().value().abs().exceeds(s.delta().tolerance());
    return apart ? Optional.of(apartSince.orElse(s.now())) : Optional.empty();
  }

  /**
   * While one of the books is broken (specification 2.8) what nobody forces does not buy the one
   * dear and sell the other cheap: it stays hedged.
   */
  private Transition proceed(PairSnapshot s, Transition step) {
    if (!s.orders().isEmpty()) {
      return step;
    }
    if (s.isUnhedged() && apartSince.isPresent()) {
      boolean due =
          s.deadlines().passed(apartSince.get().plus(LEG_GRACE))
              && s.deadlines().passed(nextAttempt);
      return due ? catchUp(s, step) : step;
    }
    boolean due = s.deadlines().passed(nextAttempt) && (forced || !s.desk().isGapTooWide());
    return due ? pairedClip(s, step) : step;
  }

  /** The leg that lags is forced. */
  private Transition catchUp(PairSnapshot s, Transition step) {
    Quantity gap = s.delta().value().abs();
    Transition tried = step.going(pausing(s));
    return s.delta().isSpotHeavy()
        ? sell(s, tried, ClipSizer.spotToSell(s, gap))
        : buyBack(s, tried, lagging(s, gap));
  }

  /** All that is short when no spot is left to be sold with its last lot. */
  private static Quantity lagging(PairSnapshot s, Quantity gap) {
    Quantity shortPerp = s.ledger().shortPerp();
    return ClipSizer.sellableSpot(s).isZero()
        ? shortPerp
        : s.instrument(Leg.PERP).nearest(gap).min(shortPerp);
  }

  private Exiting pausing(PairSnapshot s) {
    Duration first = s.settings().entryThrottle();
    Duration grown = FIRST_PAUSE.multipliedBy(1L << Math.min(fruitless, 10));
    Duration backoff = grown.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : grown;
    Duration pause = fruitless == 0 || first.compareTo(backoff) > 0 ? first : backoff;
    return new Exiting(forced, keep, apartSince, fruitless + 1, s.now().plus(pause), nextProgress);
  }

  private Transition pairedClip(PairSnapshot s, Transition step) {
    ExitSlice clip = ExitSlice.of(s, this::cap, keep);
    Transition tried = step.going(pausing(s));
    if (clip.isEmpty()) {
      return tried;
    }
    return sell(s, buyBack(s, tried, clip.perp()), clip.spot());
  }

  private Transition buyBack(PairSnapshot s, Transition step, Quantity size) {
    return take(s, step, Leg.PERP, Side.BUY, size);
  }

  private Transition sell(PairSnapshot s, Transition step, Quantity size) {
    return take(s, step, Leg.SPOT, Side.SELL, size);
  }

  private Transition take(PairSnapshot s, Transition step, Leg leg, Side side, Quantity size) {
    return size.isPositive()
        ? cap(s, leg, side)
            .map(price ->
                step.place(OrderFactory.take(s, leg, side, price, size, OrderPurpose.EXIT)))
            .orElse(step)
        : step;
  }

  private Optional<Price> cap(PairSnapshot s, Leg leg, Side side) {
    return forced ? QuotePricer.widerCap(s, leg, side) : QuotePricer.cap(s, leg, side);
  }

  /** What is left to go is too small for an order, and the legs agree. */
  private boolean isReduced(PairSnapshot s) {
    Quantity tooMuch = s.ledger().shortPerp().minus(keep);
    return isReduction()
        && !s.isUnhedged()
        && s.price().times(tooMuch.max(Quantity.ZERO)).isBelow(s.leastTrade());
  }

  /** Not to be followed by an entry soon: what was carried before cannot be carried now. */
  private Transition reduced(PairSnapshot s, Transition step) {
    return step.tell(
            LogEvent.info("delever")
                .in(s.id())
                .with("stage", "completed")
                .with("perp_sz", s.ledger().shortPerp())
                .with("spot_sz", s.ledger().ownedSpot()))
        .remember(ExternalChangeHandler.blocked(s.memory(), "reduction", s.settings(), s.now()))
        .and(new PairAction.AskAccount(new QueryAccount()))
        .going(new Hedged());
  }

  private Transition done(PairSnapshot s, Transition step) {
    return RoundCompletion.withDust(s, step)
        .tell(EntryLog.exited(s))
        .remember(s.memory().exited(s.now()))
        .going(new Flat());
  }

  private static LogEvent progress(PairSnapshot s) {
    return LogEvent.info("exit_finalize_progress")
        .in(s.id())
        .with("perp_abs", s.ledger().shortPerp())
        .with("spot_base", s.ledger().ownedSpot())
        .with("opens_spot", s.orders().on(Leg.SPOT).size())
        .with("opens_perp", s.orders().on(Leg.PERP).size());
  }
}
