package io.twinleg.core.execution;

import io.twinleg.core.event.LogEvent;
import io.twinleg.core.execution.EntryAssessment.Verdict;
import io.twinleg.core.execution.PairHistory.RoundFills;
import io.twinleg.core.execution.pricing.ClipPricer;
import io.twinleg.core.execution.pricing.ClipSizer;
import io.twinleg.core.execution.pricing.HedgeImbalance;
import io.twinleg.core.model.Denial;
import io.twinleg.core.model.EntryCheck;
import io.twinleg.core.model.EntryClip;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Side;
import io.twinleg.core.model.Usd;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How an entry round begins and ends: the pair's own gates, and the lines that it logs. */
final class EntryRound {
  private EntryRound() {}

  /** A gate of the pair's own that is closed, and until when. */
  private record Closed(Denial denial, @Nullable Instant until) {}

  /**
   * Begins a round where every gate agrees; otherwise stays, and logs the first gate that does not.
   *
   * @param withCooldown a top-up of what is held does not wait for the entry cooldown
   */
  static Transition begin(PairState at, PairSnapshot snapshot, boolean withCooldown) {
    Transition stays = Transition.to(at, snapshot);
    if (snapshot.isStopping()) {
      return stays;
    }
    Optional<Closed> own = ownGate(snapshot, withCooldown);
    Transition waits =
        own.map(closed -> closed.until() == null ? stays : stays.wakeAt(closed.until()))
            .orElse(stays);
    return switch (snapshot.entry().nextClip()) {
      case Verdict.Allowed allowed ->
          own.map(closed -> waits.denied(closed.denial())).orElseGet(() -> started(snapshot));
      case Verdict.Denied denied ->
          waits.denied(
              own.map(closed -> earlier(closed.denial(), denied.denial())).orElse(denied.denial()));
      case Verdict.NotEvaluated not -> throw new IllegalStateException("no entry assessed: " + at);
    };
  }

  private static Transition started(PairSnapshot snapshot) {
    Entering round = Entering.begin(snapshot);
    Transition step = Transition.to(round, snapshot);
    return switch (snapshot.settings().legMode()) {
      case AUTO, BATCH -> step.log(sequenceLog(snapshot, round));
      case SPOT_FIRST, PERP_FIRST, BOTH -> step;
    };
  }

  /** For people: the cooldown, the pause between rounds, open orders, a block. */
  static Optional<Denial> ownDenial(PairSnapshot snapshot) {
    return ownGate(snapshot, true).map(Closed::denial);
  }

  private static Denial earlier(Denial one, Denial other) {
    return one.gate().compareTo(other.gate()) <= 0 ? one : other;
  }

  private static Optional<Closed> ownGate(PairSnapshot snapshot, boolean withCooldown) {
    Optional<Closed> byCooldown = withCooldown ? cooldown(snapshot) : Optional.empty();
    return byCooldown
        .or(() -> openOrders(snapshot))
        .or(() -> pause(snapshot))
        .or(() -> failedHedges(snapshot))
        .or(() -> rejects(snapshot))
        .or(() -> block(snapshot));
  }

  private static Optional<Closed> cooldown(PairSnapshot snapshot) {
    return snapshot
        .history()
        .lastExit()
        .map(exit -> exit.plus(snapshot.settings().cooldown()))
        .filter(until -> !snapshot.isDue(until))
        .map(until ->
            new Closed(
                Denial.blocked(EntryCheck.COOLDOWN, "enter_exit_cooldown", snapshot.now(), until),
                until));
  }

  private static Optional<Closed> openOrders(PairSnapshot snapshot) {
    int open = snapshot.orders().all().size();
    return open == 0
        ? Optional.empty()
        : Optional.of(
            new Closed(
                Denial.named(EntryCheck.OPEN_ORDERS, "skip_due_to_open_orders", open, 0), null));
  }

  private static Optional<Closed> pause(PairSnapshot snapshot) {
    return closedUntil(
        snapshot, snapshot.history().nextRound(), EntryCheck.ROUND_PAUSE, "throttled");
  }

  /** What cannot be hedged or given back is not bought again: not at once, and ever later. */
  private static Optional<Closed> failedHedges(PairSnapshot snapshot) {
    PairHistory.Failures failures = snapshot.history().failures();
    return snapshot.isDue(failures.until())
        ? Optional.empty()
        : Optional.of(
            new Closed(
                new Denial(
                    EntryCheck.ROUND_PAUSE,
                    "entries_paused",
                    "hedges_failed",
                    String.valueOf(failures.count()),
                    failures.until().truncatedTo(ChronoUnit.SECONDS).toString()),
                failures.until()));
  }

  /** The venue has rejected for too many orders: what reduces risk goes first. */
  private static Optional<Closed> rejects(PairSnapshot snapshot) {
    return closedUntil(
        snapshot, snapshot.rejects().entriesFrom(), EntryCheck.RATE_BUDGET, "venue_rate_limit");
  }

  private static Optional<Closed> closedUntil(
      PairSnapshot snapshot, Instant until, EntryCheck gate, String event) {
    return snapshot.isDue(until)
        ? Optional.empty()
        : Optional.of(new Closed(Denial.named(gate, event, snapshot.now(), until), until));
  }

  private static Optional<Closed> block(PairSnapshot snapshot) {
    return snapshot
        .history()
        .block()
        .filter(block -> !snapshot.isDue(block.until()))
        .map(block ->
            new Closed(
                Denial.blocked(EntryCheck.COIN, block.reason(), snapshot.now(), block.until()),
                block.until()));
  }

  // ---- the end

  /** Ends an entry round, or the repair or unwinding that followed one. */
  static Transition complete(PairSnapshot snapshot, Transition step) {
    RoundFills round = step.history().round();
    Instant now = snapshot.now();
    boolean holding = snapshot.isHolding();
    Transition over = step.going(holding ? new Hedged() : new Flat());
    if (round.isEmpty()) {
      return over.with(step.history().roundUnfilled(now));
    }
    if (holding && snapshot.target().isLeave()) {
      // what was filled when it was not wanted any more is no entry that an exit waits after
      return over.log(enteredLog(snapshot, round)).with(step.history().roundFilled(now));
    }
    return holding
        ? over.log(enteredLog(snapshot, round)).with(step.history().entered(now))
        : withDust(snapshot, over).with(step.history().roundFilled(now));
  }

  /** Logs what is left that no order could sell; the next entry absorbs it. */
  static Transition withDust(PairSnapshot snapshot, Transition step) {
    Quantity dust = snapshot.ledger().ownedSpot();
    return dust.isPositive()
        ? step.log(
            LogEvent.info("dust_recorded")
                .in(snapshot.id())
                .with("spot_sz", dust)
                .with("perp_price", snapshot.price()))
        : step;
  }

  // ---- log lines

  /** Where the setting leaves the sequence to the books or to the venue. */
  private static LogEvent sequenceLog(PairSnapshot snapshot, Entering round) {
    return LogEvent.info("leg_sequence")
        .in(snapshot.id())
        .with("leg_mode", lower(snapshot.settings().legMode()))
        .with("approach", lower(round.sequence()))
        .with(
            "spot_depth",
            ClipPricer.depth(snapshot.market(), snapshot.settings(), Leg.SPOT, Side.BUY))
        .with(
            "perp_depth",
            ClipPricer.depth(snapshot.market(), snapshot.settings(), Leg.PERP, Side.SELL));
  }

  private static LogEvent enteredLog(PairSnapshot snapshot, RoundFills round) {
    List<Object> orders = new ArrayList<>();
    orders.addAll(round.spot().orderIds());
    orders.addAll(round.perp().orderIds());
    return LogEvent.info("entered_position")
        .in(snapshot.id())
        .with("apr", snapshot.target().edge().apr())
        .with("spot_symbol", snapshot.instrument(Leg.SPOT).symbol())
        .with("perp_symbol", snapshot.instrument(Leg.PERP).symbol())
        .with("spot_qty", round.spot().size())
        .with("perp_qty", round.perp().size())
        .with("spot_px", round.spot().averagePrice())
        .with("perp_px", round.perp().averagePrice())
        .with("spot_best", snapshot.market().book(Leg.SPOT).best(Side.BUY))
        .with("perp_best", snapshot.market().book(Leg.PERP).best(Side.SELL))
        .with("spot_filled_usd", round.spot().notional())
        .with("perp_filled_usd", round.perp().notional())
        .with("spot_filled_sz", round.spot().size())
        .with("perp_filled_sz", round.perp().size())
        .with("spot_filled_avg_px", round.spot().averagePrice())
        .with("perp_filled_avg_px", round.perp().averagePrice())
        .with("spot_oid", round.spot().lastOrderId())
        .with("perp_oid", round.perp().lastOrderId())
        .with("cum_spot_usd", snapshot.ledger().cost(Leg.SPOT))
        .with("cum_perp_usd", snapshot.ledger().cost(Leg.PERP))
        .with("spot_sz", snapshot.ledger().ownedSpot())
        .with("perp_sz", snapshot.ledger().shortPerp())
        .with("avg_cost_spot_usd", snapshot.ledger().averagePrice(Leg.SPOT))
        .with("avg_cost_perp_usd", snapshot.ledger().averagePrice(Leg.PERP))
        .with("cost_spot_usd", snapshot.ledger().cost(Leg.SPOT))
        .with("cost_perp_usd", snapshot.ledger().cost(Leg.PERP))
        .with("fee_spot_usd", round.spot().fees())
        .with("fee_perp_usd", round.perp().fees())
        .with("orders", orders);
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  /** The next clip at this price of its legs, empty where no size is worth an order. */
  static Optional<EntryClip> plan(
      PairSnapshot.Inputs inputs, ClipPricer pricer, Usd clip, HedgeImbalance gap) {
    BigDecimal spotFee =
        ClipSizer.feeInBase(
            inputs.capabilities().feeInBase(), inputs.fees(), pricer.mayRest(Leg.SPOT));
    return pricer.plan(clip, gap.value().abs(), spotFee);
  }

  /** A check that denies, with the numbers compared. */
  static LogEvent toLog(Denial denial) {
    return LogEvent.info(denial.event())
        .with("gate", denial.gate().name().toLowerCase(Locale.ROOT))
        .with("reason", denial.reason())
        .with("value", denial.value())
        .with("limit", denial.limit());
  }
}
