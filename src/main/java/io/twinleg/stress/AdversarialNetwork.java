package io.twinleg.stress;

import io.twinleg.core.model.Leg;
import io.twinleg.core.model.RejectReason;
import io.twinleg.simulator.AccountId;
import io.twinleg.simulator.ExecutionReport;
import io.twinleg.simulator.NetworkModel.FaultModel;
import io.twinleg.simulator.Request;
import io.twinleg.simulator.Request.Rejection;
import io.twinleg.simulator.SeededRandom;
import io.twinleg.stress.FaultSchedule.InjectedFault;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;

/** The scheduled faults of single messages. */
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

  private final FaultSchedule schedule;
  private final SeededRandom random;
  private final BiPredicate<InjectedFault, AccountId> concerns;

  /**
   * @param concerns whether an outage is of the venue of an account
   */
  AdversarialNetwork(
      long seed, FaultSchedule schedule, BiPredicate<InjectedFault, AccountId> concerns) {
    this.schedule = schedule;
    this.concerns = concerns;
    random = SeededRandom.of(seed, "hostile wire");
  }

  @Override
  public Passage request(AccountId from, Request request, Instant sent) {
    if (isAway(from, sent) || (schedule.isOn(FaultKind.LOST_REQUESTS, sent) && random.oneIn(4))) {
      return Passage.LOST;
    }
    return late(sent, 8_000);
  }

  @Override
  public Passage answer(AccountId to, Request request, ExecutionReport answer, Instant executed) {
    if (isAway(to, executed)
        || (schedule.isOn(FaultKind.LOST_ANSWERS, executed) && random.oneIn(4))) {
      return Passage.LOST;
    }
    return doubled(executed).orElseGet(() -> late(executed, 5_000));
  }

  private boolean isAway(AccountId account, Instant now) {
    return schedule.isOn(FaultKind.OUTAGE, now, fault -> concerns.test(fault, account));
  }

  /** A stream loses nothing: what a broken connection held back is sent when it is back. */
  @Override
  public Passage stream(AccountId to, ExecutionReport report, Instant executed) {
    return doubled(executed).orElseGet(() -> late(executed, 2_000));
  }

  private Optional<Passage> doubled(Instant now) {
    return schedule.isOn(FaultKind.DOUBLED_MESSAGES, now) && random.oneIn(2)
        ? Optional.of(new Passage.Doubled(Duration.ofMillis(random.between(1, 3_000))))
        : Optional.empty();
  }

  /** Sometimes so late that the next message arrives before it. */
  private Passage late(Instant now, long maxMs) {
    return schedule.isOn(FaultKind.LATE_MESSAGES, now) && random.oneIn(3)
        ? new Passage.Late(Duration.ofMillis(random.between(1, maxMs)))
        : Passage.ON_TIME;
  }

  @Override
  public Optional<Rejection> rejection(AccountId from, Request request, Instant now) {
    if (!(request instanceof Request.Place place) || place.order().isEmpty()) {
      return Optional.empty();
    }
    if (schedule.isOn(FaultKind.RATE_LIMIT, now)) {
      return Optional.of(new Rejection(RejectReason.RATE_LIMIT, "Too many requests."));
    }
    if (schedule.isOn(FaultKind.REJECTS, now) && random.oneIn(3)) {
      RejectReason reason = REASONS.get(random.below(REASONS.size()));
      return Optional.of(new Rejection(reason, "Rejected: " + reason + " " + leg(place)));
    }
    return Optional.empty();
  }

  private static String leg(Request.Place place) {
    return place.instrument().leg() == Leg.SPOT ? "of a spot order" : "of a perp order";
  }

  /** Forwards to a fault model that is set after the exchange was made with this one. */
  static final class FaultModelProxy implements FaultModel {
    private FaultModel delegate = FaultModel.NONE;

    public void delegateTo(FaultModel model) {
      delegate = model;
    }

    @Override
    public Passage request(AccountId from, Request request, Instant sent) {
      return delegate.request(from, request, sent);
    }

    @Override
    public Passage answer(AccountId to, Request request, ExecutionReport answer, Instant executed) {
      return delegate.answer(to, request, answer, executed);
    }

    @Override
    public Passage stream(AccountId to, ExecutionReport report, Instant executed) {
      return delegate.stream(to, report, executed);
    }

    @Override
    public Optional<Rejection> rejection(AccountId from, Request request, Instant now) {
      return delegate.rejection(from, request, now);
    }
  }
}
