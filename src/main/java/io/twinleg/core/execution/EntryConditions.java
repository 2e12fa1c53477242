package io.twinleg.core.execution;

import io.twinleg.core.model.Denial;
import io.twinleg.core.model.EntryCheck;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Whether a market that is at rest begins an entry round, and the pair's own gates for that. */
final class EntryConditions {
  static final String THROTTLED = "throttled";

  private EntryConditions() {}

  /**
   * Begins a round where every gate agrees; otherwise stays, and tells the first gate that does
   * not.
   *
   * @param withCooldown a top-up of what is held does not wait for the entry cooldown
   */
  static Transition begin(PairState at, PairSnapshot s, boolean withCooldown) {
    if (s.stopping()) {
      return Transition.to(at, s);
    }
    Optional<Denial> own = refuse(s, withCooldown);
    return switch (s.desk().nextClip()) {
      case EntryChecks.Verdict.Allowed allowed ->
          own.map(refusal -> refused(at, s, refusal)).orElseGet(() -> round(s));
      case EntryChecks.Verdict.Refused refused ->
          refused(
              at, s, own.map(mine -> earlier(mine, refused.refusal())).orElse(refused.refusal()));
    };
  }

  private static Transition round(PairSnapshot s) {
    Entering round = Entering.begin(s);
    Transition step = Transition.to(round, s);
    return switch (s.settings().legMode()) {
      case AUTO, BATCH -> step.tell(EntryLog.legsChosen(s, round.approach()));
      case SPOT_FIRST, PERP_FIRST, BOTH -> step;
    };
  }

  private static Transition refused(PairState at, PairSnapshot s, Denial refusal) {
    return Transition.to(at, s).refused(refusal);
  }

  private static Denial earlier(Denial one, Denial other) {
    return one.gate().compareTo(other.gate()) <= 0 ? one : other;
  }

  private static Optional<Denial> refuse(PairSnapshot s, boolean withCooldown) {
    Optional<Denial> byCooldown = withCooldown ? cooldown(s) : Optional.empty();
    return byCooldown
        .or(() -> openOrders(s))
        .or(() -> pause(s))
        .or(() -> quiet(s))
        .or(() -> block(s));
  }

  private static Optional<Denial> cooldown(PairSnapshot s) {
    return s.memory()
        .lastExit()
        .map(exit -> exit.plus(s.settings().cooldown()))
        .filter(until -> !s.deadlines().passed(until))
        .map(until -> Denial.blocked(EntryCheck.COOLDOWN, "enter_exit_cooldown", s.now(), until));
  }

  private static Optional<Denial> openOrders(PairSnapshot s) {
    return s.orders().isEmpty()
        ? Optional.empty()
        : Optional.of(
            Denial.named(
                EntryCheck.OPEN_ORDERS, "skip_due_to_open_orders", s.orders().all().size(), 0));
  }

  private static Optional<Denial> pause(PairSnapshot s) {
    Instant next = s.memory().nextRound();
    return s.deadlines().passed(next)
        ? Optional.empty()
        : Optional.of(Denial.named(EntryCheck.RATE_BUDGET, THROTTLED, s.now(), next));
  }

  /** The venue has had too much of us: what reduces risk goes first. */
  private static Optional<Denial> quiet(PairSnapshot s) {
    Instant from = s.aftermath().entriesFrom();
    return s.deadlines().passed(from)
        ? Optional.empty()
        : Optional.of(Denial.named(EntryCheck.RATE_BUDGET, "venue_rate_limit", s.now(), from));
  }

  private static Optional<Denial> block(PairSnapshot s) {
    return s.memory()
        .block()
        .filter(block -> !s.deadlines().passed(block.until()))
        .map(block -> Denial.blocked(EntryCheck.COIN, block.reason(), s.now(), block.until()));
  }

  /** When the next entry order may follow the last. */
  static boolean mayQuote(PairSnapshot s) {
    Duration throttle = s.settings().entryThrottle();
    return s.memory()
        .lastEntryOrder()
        .map(at -> s.deadlines().passed(at.plus(throttle)))
        .orElse(true);
  }
}
