package io.hypercarry.core.execution;

import io.hypercarry.core.model.Gate;
import io.hypercarry.core.model.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Whether a market that is at rest begins an entry round, and the pair's own gates for that. */
final class Entry {
  static final String THROTTLED = "throttled";

  private Entry() {}

  /**
   * Begins a round where every gate agrees; otherwise stays, and tells the first gate that does
   * not.
   *
   * @param withCooldown a top-up of what is held does not wait for the entry cooldown
   */
  static Step begin(PairState at, Situation s, boolean withCooldown) {
    if (s.stopping()) {
      return Step.to(at, s);
    }
    Optional<Refusal> own = refuse(s, withCooldown);
    return switch (s.desk().nextClip()) {
      case EntryDesk.Verdict.Allowed allowed ->
          own.map(refusal -> refused(at, s, refusal)).orElseGet(() -> round(s));
      case EntryDesk.Verdict.Refused refused ->
          refused(
              at, s, own.map(mine -> earlier(mine, refused.refusal())).orElse(refused.refusal()));
    };
  }

  private static Step round(Situation s) {
    Entering round = Entering.begin(s);
    Step step = Step.to(round, s);
    return switch (s.settings().legMode()) {
      case AUTO, BATCH -> step.tell(EntryNotes.legsChosen(s, round.approach()));
      case SPOT_FIRST, PERP_FIRST, BOTH -> step;
    };
  }

  private static Step refused(PairState at, Situation s, Refusal refusal) {
    return Step.to(at, s).refused(refusal);
  }

  private static Refusal earlier(Refusal one, Refusal other) {
    return one.gate().compareTo(other.gate()) <= 0 ? one : other;
  }

  private static Optional<Refusal> refuse(Situation s, boolean withCooldown) {
    Optional<Refusal> byCooldown = withCooldown ? cooldown(s) : Optional.empty();
    return byCooldown
        .or(() -> openOrders(s))
        .or(() -> pause(s))
        .or(() -> quiet(s))
        .or(() -> block(s));
  }

  private static Optional<Refusal> cooldown(Situation s) {
    return s.memory()
        .lastExit()
        .map(exit -> exit.plus(s.settings().cooldown()))
        .filter(until -> !s.deadlines().passed(until))
        .map(until -> Refusal.blocked(Gate.COOLDOWN, "enter_exit_cooldown", s.now(), until));
  }

  private static Optional<Refusal> openOrders(Situation s) {
    return s.orders().isEmpty()
        ? Optional.empty()
        : Optional.of(
            Refusal.named(Gate.OPEN_ORDERS, "skip_due_to_open_orders", s.orders().all().size(), 0));
  }

  private static Optional<Refusal> pause(Situation s) {
    Instant next = s.memory().nextRound();
    return s.deadlines().passed(next)
        ? Optional.empty()
        : Optional.of(Refusal.named(Gate.RATE_BUDGET, THROTTLED, s.now(), next));
  }

  /** The venue has had too much of us: what reduces risk goes first. */
  private static Optional<Refusal> quiet(Situation s) {
    Instant from = s.aftermath().entriesFrom();
    return s.deadlines().passed(from)
        ? Optional.empty()
        : Optional.of(Refusal.named(Gate.RATE_BUDGET, "venue_rate_limit", s.now(), from));
  }

  private static Optional<Refusal> block(Situation s) {
    return s.memory()
        .block()
        .filter(block -> !s.deadlines().passed(block.until()))
        .map(block -> Refusal.blocked(Gate.COIN, block.reason(), s.now(), block.until()));
  }

  /** When the next entry order may follow the last. */
  static boolean mayQuote(Situation s) {
    Duration throttle = s.settings().entryThrottle();
    return s.memory()
        .lastEntryOrder()
        .map(at -> s.deadlines().passed(at.plus(throttle)))
        .orElse(true);
  }
}
