package io.hypercarry.simulation;

import io.hypercarry.core.model.Leg;
import io.hypercarry.core.model.RejectReason;
import io.hypercarry.exchange.AccountId;
import io.hypercarry.exchange.Dice;
import io.hypercarry.exchange.Faults;
import io.hypercarry.exchange.Rejection;
import io.hypercarry.exchange.Report;
import io.hypercarry.exchange.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What the plan's faults do to messages. */
final class HostileWire implements Faults {
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

  private final FaultPlan plan;
  private final Dice dice;

  HostileWire(long seed, FaultPlan plan) {
    this.plan = plan;
    dice = Dice.of(seed, "hostile wire");
  }

  @Override
  public Passage request(AccountId from, Request request, Instant sent) {
    if (plan.isOn(Hazard.OUTAGE, sent)
        || (plan.isOn(Hazard.LOST_REQUESTS, sent) && dice.oneIn(4))) {
      return Passage.LOST;
    }
    return late(sent, 8_000);
  }

  @Override
  public Passage answer(AccountId to, Request request, Report answer, Instant executed) {
    if (plan.isOn(Hazard.OUTAGE, executed)
        || (plan.isOn(Hazard.LOST_ANSWERS, executed) && dice.oneIn(4))) {
      return Passage.LOST;
    }
    return doubled(executed).orElseGet(() -> late(executed, 5_000));
  }

  /** A stream loses nothing: what a broken line held back is told when it is back. */
  @Override
  public Passage stream(AccountId to, Report report, Instant executed) {
    return doubled(executed).orElseGet(() -> late(executed, 2_000));
  }

  private Optional<Passage> doubled(Instant now) {
    return plan.isOn(Hazard.DOUBLED_MESSAGES, now) && dice.oneIn(2)
        ? Optional.of(new Passage.Doubled(Duration.ofMillis(dice.between(1, 3_000))))
        : Optional.empty();
  }

  /** So late, now and then, that the next message is here before it. */
  private Passage late(Instant now, long mostMs) {
    return plan.isOn(Hazard.LATE_MESSAGES, now) && dice.oneIn(3)
        ? new Passage.Late(Duration.ofMillis(dice.between(1, mostMs)))
        : Passage.ON_TIME;
  }

  @Override
  public Optional<Rejection> verdict(AccountId from, Request request, Instant now) {
    if (!(request instanceof Request.Place place) || place.order().isEmpty()) {
      return Optional.empty();
    }
    if (plan.isOn(Hazard.RATE_LIMIT, now)) {
      return Optional.of(new Rejection(RejectReason.RATE_LIMIT, "Too many requests."));
    }
    if (plan.isOn(Hazard.REJECTS, now) && dice.oneIn(3)) {
      RejectReason reason = REASONS.get(dice.below(REASONS.size()));
      return Optional.of(new Rejection(reason, "Rejected: " + reason + " " + leg(place)));
    }
    return Optional.empty();
  }

  private static String leg(Request.Place place) {
    return place.instrument().leg() == Leg.SPOT ? "of a spot order" : "of a perp order";
  }
}
