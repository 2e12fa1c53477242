package io.twinleg.core.execution;

import io.twinleg.core.event.LogEvent;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.OrderIntent;
import io.twinleg.core.model.Rate;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Both legs stand against each other and earn. Leaves for good reasons only, and not in a hurry.
 */
record Hedged() implements PairState {
  /** Leaving must be wanted this long without a break: one bad estimate is not a reason. */
  private static final Duration DEBOUNCE = Duration.ofSeconds(5);

  /** A payment is waited for until a little after it is made. */
  private static final Duration AFTER_PAYMENT = Duration.ofSeconds(5);

  @Override
  public String label() {
    return "HEDGED";
  }

  @Override
  public Transition on(PairSnapshot snapshot) {
    if (snapshot.directive().isExit()) {
      return Transition.to(Exiting.forced(snapshot), snapshot)
          .log(exitLog(snapshot, snapshot.directive().reason()));
    }
    if (snapshot.isUnhedged()) {
      return Transition.to(Unwinding.begin(snapshot, "external_change"), snapshot);
    }
    if (Exiting.isWorthReducing(snapshot)) {
      return Transition.to(Exiting.reducing(snapshot), snapshot).log(reductionLog(snapshot));
    }
    if (snapshot.target().isLeave()) {
      return leave(snapshot);
    }
    PairSnapshot staying = snapshot.with(snapshot.history().staying());
    Optional<Instant> trimAt =
        snapshot.history().residualSince().map(at -> at.plus(Residual.LASTING));
    if (trimAt.filter(snapshot::isDue).isPresent() && snapshot.orders().isEmpty()) {
      PairSnapshot trimmed = staying.with(staying.history().residual(false, snapshot.now()));
      Optional<OrderIntent> order =
          snapshot.isStopping() ? Optional.empty() : Residual.trim(snapshot);
      if (order.isPresent()) {
        return Transition.to(this, trimmed).log(residualLog(snapshot)).place(order.get());
      }
    }
    Transition step =
        snapshot
            .entry()
            .targetReached()
            .map(full -> Transition.to(this, staying).denied(full))
            .orElseGet(() -> EntryRound.begin(this, staying, false));
    return trimAt.map(step::wakeAt).orElse(step);
  }

  private static LogEvent residualLog(PairSnapshot snapshot) {
    return LogEvent.info("residual_reduced")
        .in(snapshot.id())
        .with("alone", snapshot.delta().value())
        .with("alone_usd", snapshot.delta().usd());
  }

  private Transition leave(PairSnapshot snapshot) {
    Instant since = snapshot.history().leaveSince().orElse(snapshot.now());
    PairSnapshot leaving = snapshot.with(snapshot.history().leavingSince(since));
    Instant lasting = since.plus(DEBOUNCE);
    Instant cooled =
        leaving
            .history()
            .lastEntry()
            .map(entry -> entry.plus(leaving.settings().cooldown()))
            .orElse(leaving.now());
    Transition stays = Transition.to(this, leaving).wakeAt(lasting);
    if (!leaving.isDue(lasting) || !leaving.isDue(cooled)) {
      return stays.wakeAt(cooled);
    }
    Optional<Instant> deferredUntil = deferredUntil(leaving);
    if (deferredUntil.isPresent()) {
      return stays.wakeAt(deferredUntil.get());
    }
    return Transition.to(Exiting.ordinary(leaving), leaving).log(exitLog(snapshot, why(snapshot)));
  }

  /**
   * A payment that is expected to come to us is waited for, when it is near enough. The venue pays
   * at full periods of its rate.
   */
  private static Optional<Instant> deferredUntil(PairSnapshot snapshot) {
    Optional<Rate> running =
        snapshot.market().runningRate().filter(rate -> rate.value().signum() > 0);
    if (running.isPresent()) {
      Instant payment = nextPayment(snapshot.now(), running.get().periodHours());
      Instant paid = payment.plus(AFTER_PAYMENT);
      if (snapshot.isDue(payment.minus(snapshot.exitDefer())) && !snapshot.isDue(paid)) {
        return Optional.of(paid);
      }
    }
    return settlementUntil(snapshot);
  }

  /** In the first seconds of an hour the payment that was waited for is still on its way. */
  private static Optional<Instant> settlementUntil(PairSnapshot snapshot) {
    Instant hour = snapshot.now().truncatedTo(ChronoUnit.HOURS);
    Instant settled = hour.plus(AFTER_PAYMENT);
    boolean waited =
        snapshot.history().leaveSince().filter(since -> since.isBefore(hour)).isPresent();
    boolean defers = !snapshot.exitDefer().isZero();
    return waited && defers && !snapshot.isDue(settled) ? Optional.of(settled) : Optional.empty();
  }

  private static Instant nextPayment(Instant now, int periodHours) {
    long period = Duration.ofHours(periodHours).toMillis();
    return Instant.ofEpochMilli((now.toEpochMilli() / period + 1) * period);
  }

  private static String why(PairSnapshot snapshot) {
    return switch (snapshot.target().stance()) {
      case LEAVE_RATE -> "apr";
      case LEAVE_ROTATION -> "rotation";
      case ENTER, KEEP, LEAVE_VALUE -> "expected_value";
    };
  }

  private static LogEvent reductionLog(PairSnapshot snapshot) {
    return LogEvent.warn("position_reduced")
        .in(snapshot.id())
        .with("stage", "started")
        .with("reason", snapshot.directive().reason())
        .with("share", snapshot.directive().share().setScale(4, RoundingMode.HALF_EVEN))
        .with("perp_sz", snapshot.ledger().shortPerp())
        .with("spot_sz", snapshot.ledger().ownedSpot());
  }

  private static LogEvent exitLog(PairSnapshot snapshot, String reason) {
    return LogEvent.info("exit_condition_met")
        .in(snapshot.id())
        .with("apr", snapshot.target().edge().apr())
        .with("reason", reason)
        .with("ev_bps", snapshot.target().edge().expectedValueBps())
        .with("spot_sz", snapshot.ledger().ownedSpot())
        .with("perp_sz", snapshot.ledger().shortPerp())
        .with("spot_mid", snapshot.market().mid(Leg.SPOT));
  }
}
