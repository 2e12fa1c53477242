package io.twinleg.core.execution;

import io.twinleg.core.event.LogEvent;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.Rate;
import io.twinleg.core.model.TargetPosition;
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
  public Transition on(PairSnapshot s) {
    if (s.demand().isExit()) {
      return Transition.to(Exiting.forced(s), s).tell(exitNote(s, s.demand().reason()));
    }
    if (s.isUnhedged()) {
      return Transition.to(Unwinding.begin(s, "external_change"), s);
    }
    if (Exiting.isWorthReducing(s)) {
      return Transition.to(Exiting.reducing(s), s).tell(reductionNote(s));
    }
    if (!s.target().isLeave()) {
      PairSnapshot staying = s.remembering(s.memory().leaving(Optional.empty()));
      return s.desk()
          .targetReached()
          .map(full -> Transition.to(this, staying).refused(full))
          .orElseGet(() -> EntryConditions.begin(this, staying, false));
    }
    Instant since = s.memory().leaveSince().orElse(s.now());
    PairSnapshot wanting = s.remembering(s.memory().leaving(Optional.of(since)));
    if (mustWait(wanting, since)) {
      return Transition.to(this, wanting);
    }
    return Transition.to(Exiting.ordinary(wanting), wanting).tell(exitNote(s, why(s)));
  }

  private static boolean mustWait(PairSnapshot s, Instant since) {
    boolean lasting = s.deadlines().passed(since.plus(DEBOUNCE));
    boolean cooled =
        s.memory()
            .lastEntry()
            .map(entry -> s.deadlines().passed(entry.plus(s.settings().cooldown())))
            .orElse(true);
    return !lasting || !cooled || isDeferred(s);
  }

  /**
   * A payment that is expected to come to us is waited for, when it is near enough. The venue pays
   * at full periods of its rate.
   */
  private static boolean isDeferred(PairSnapshot s) {
    Optional<Rate> running = s.market().runningRate();
    if (running.isEmpty() || running.get().value().signum() <= 0) {
      return justBeforePaymentIsSettled(s);
    }
    Instant payment = nextPayment(s.now(), running.get().periodHours());
    boolean near = s.deadlines().passed(payment.minus(s.exitDefer()));
    return (near && !s.deadlines().passed(payment.plus(AFTER_PAYMENT)))
        || justBeforePaymentIsSettled(s);
  }

  /** In the first seconds of an hour the payment that was waited for is still on its way. */
  private static boolean justBeforePaymentIsSettled(PairSnapshot s) {
    Instant hour = s.now().truncatedTo(ChronoUnit.HOURS);
    boolean waited = s.memory().leaveSince().filter(since -> since.isBefore(hour)).isPresent();
    boolean wanted = !s.exitDefer().isZero();
    return waited && wanted && !s.deadlines().passed(hour.plus(AFTER_PAYMENT));
  }

  private static Instant nextPayment(Instant now, int periodHours) {
    long period = Duration.ofHours(periodHours).toMillis();
    return Instant.ofEpochMilli((now.toEpochMilli() / period + 1) * period);
  }

  private static String why(PairSnapshot s) {
    return s.target().stance() == TargetPosition.Stance.LEAVE_RATE ? "apr" : "expected_value";
  }

  private static LogEvent reductionNote(PairSnapshot s) {
    return LogEvent.warn("delever")
        .in(s.id())
        .with("stage", "started")
        .with("reason", s.demand().reason())
        .with("share", s.demand().share().setScale(4, RoundingMode.HALF_EVEN))
        .with("perp_sz", s.ledger().shortPerp())
        .with("spot_sz", s.ledger().ownedSpot());
  }

  private static LogEvent exitNote(PairSnapshot s, String reason) {
    return LogEvent.info("exit_condition_met")
        .in(s.id())
        .with("apr", s.target().edge().apr())
        .with("reason", reason)
        .with("ev_bps", s.target().edge().expectedValueBps())
        .with("spot_sz", s.ledger().ownedSpot())
        .with("perp_sz", s.ledger().shortPerp())
        .with("spot_mid", s.market().mid(Leg.SPOT));
  }
}
