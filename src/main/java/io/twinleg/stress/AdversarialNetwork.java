package io.twinleg.stress;

import io.twinleg.core.model.Leg;
import io.twinleg.core.model.RejectReason;
import io.twinleg.simulator.AccountId;
import io.twinleg.simulator.ExecutionReport;
import io.twinleg.simulator.NetworkModel.FaultModel;
import io.twinleg.simulator.Request.Rejection;
import io.twinleg.simulator.Request;
import io.twinleg.simulator.SeededRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What the plan's faults do to messages. */
final class AdversarialNetwork implements FaultModel {
  private static final List<RejectReason> REASONS =
      List.of(
          RejectReason.TICK,
          RejectReason.MIN_NOTIONAL,
          RejectReason.INSUFFICIENT_MARGIN,
          RejectReason.INSUFFICIENT_SPOT_BALANCE,
          RejectReason.BAD_ALO_PRICE,
          RejectReason.IOC_CANCEL,
          RejectReason.ORACLE_BAND,
          RejectReason.OPEN_INTEREST_CAP,
          RejectReason.POSITION_LIMIT,
          RejectReason.OTHER);

  private final FaultSchedule plan;
  private final SeededRandom dice;

  AdversarialNetwork(long seed, FaultSchedule plan) {
    this.plan = plan;
    dice = SeededRandom.of(seed, "hostile wire");
  }

  @Override
  public Passage request(AccountId from, Request request, Instant sent) {
    if (plan.isOn(FaultKind.OUTAGE, sent)
        || (plan.isOn(FaultKind.LOST_REQUESTS, sent) && dice.oneIn(4))) {
      return Passage.LOST;
    }
    return late(sent, 8_000);
  }

  @Override
  public Passage answer(AccountId to, Request request, ExecutionReport answer, Instant executed) {
    if (plan.isOn(FaultKind.OUTAGE, executed)
        || (plan.isOn(FaultKind.LOST_ANSWERS, executed) && dice.oneIn(4))) {
      return Passage.LOST;
    }
    return doubled(executed).orElseGet(() -> late(executed, 5_000));
  }

  /** A stream loses nothing: what a broken line held back is told when it is back. */
  @Override
  public Passage stream(AccountId to, ExecutionReport report, Instant executed) {
    return doubled(executed).orElseGet(() -> late(executed, 2_000));
  }

  private Optional<Passage> doubled(Instant now) {
    return plan.isOn(FaultKind.DOUBLED_MESSAGES, now) && dice.oneIn(2)
        ? Optional.of(new Passage.Doubled(Duration.ofMillis(dice.between(1, 3_000))))
        : Optional.empty();
  }

  /** So late, now and then, that the next message is here before it. */
  private Passage late(Instant now, long mostMs) {
    return plan.isOn(FaultKind.LATE_MESSAGES, now) && dice.oneIn(3)
        ? new Passage.Late(Duration.ofMillis(dice.between(1, mostMs)))
        : Passage.ON_TIME;
  }

  @Override
  public Optional<Rejection> rejection(AccountId from, Request request, Instant now) {
    if (!(request instanceof Request.Place place) || place.order().isEmpty()) {
      return Optional.empty();
    }
    if (plan.isOn(FaultKind.RATE_LIMIT, now)) {
      return Optional.of(new Rejection(RejectReason.RATE_LIMIT, "Too many requests."));
    }
    if (plan.isOn(FaultKind.REJECTS, now) && dice.oneIn(3)) {
      RejectReason reason = REASONS.get(dice.below(REASONS.size()));
      return Optional.of(new Rejection(reason, "Rejected: " + reason + " " + leg(place)));
    }
    return Optional.empty();
  }

  private static String leg(Request.Place place) {
    return place.instrument().leg() == Leg.SPOT ? "of a spot order" : "of a perp order";
  }
}
