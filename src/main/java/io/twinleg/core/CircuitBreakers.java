package io.twinleg.core;

import io.twinleg.core.event.Command.PlaceOrder;
import io.twinleg.core.event.Event;
import io.twinleg.core.event.LogEvent;
import io.twinleg.core.event.SequencedEvent;
import io.twinleg.core.execution.QuarantineReason;
import io.twinleg.core.execution.WorkingOrder;
import io.twinleg.core.model.AccountState;
import io.twinleg.core.model.ClientOrderId;
import io.twinleg.core.model.ClockSkew;
import io.twinleg.core.model.Denial;
import io.twinleg.core.model.EntryCheck;
import io.twinleg.core.model.Fill;
import io.twinleg.core.model.RiskDirective;
import io.twinleg.core.model.Side;
import io.twinleg.core.risk.HaltReason;
import io.twinleg.core.risk.RejectRateBreaker;
import io.twinleg.core.risk.TradingHalt;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What must never happen, and stops entries where it does (specification 2.14). It looks at each
 * fact before the pairs take it in, as their orders still stand then; and at the pairs before they
 * decide.
 */
final class CircuitBreakers {
  private static final int UNKNOWN_AT_ONCE = 3;

  private final TradingHalt latch = new TradingHalt();
  private final RejectRateBreaker storm = new RejectRateBreaker();
  private final List<LogEvent> untold = new ArrayList<>();
  private Instant started = Instant.MIN;
  private ClockSkew clock = ClockSkew.NONE;

  void absorb(SequencedEvent event, Collection<MarketState> units) {
    switch (event.fact()) {
      case Event.RunStarted fact -> {
        started = event.receivedTime();
        clock = ClockSkew.NONE;
      }
      case Event.OrderFilled fact -> filled(fact.fill(), units);
      case Event.OrderRejected fact -> rejected(fact, event.receivedTime(), units);
      case Event.AccountReported fact -> reported(fact.account());
      case Event.ClockSkewed fact -> skewed(Duration.ofMillis(fact.offsetMs()));
      default -> {
        // trips nothing
      }
    }
  }

  private void filled(Fill fill, Collection<MarketState> units) {
    fill.clientOrderId()
        .flatMap(id -> order(id, units))
        .filter(order -> isImpossible(order, fill))
        .ifPresent(order ->
            trip(
                HaltReason.IMPOSSIBLE_FILL,
                "%s %s filled at %s, its limit was %s"
                    .formatted(order.instrument(), order.side(), fill.price(), order.price())));
  }

  private static boolean isImpossible(PlaceOrder order, Fill fill) {
    int worse = fill.price().compareTo(order.price());
    return order.side() == Side.BUY ? worse > 0 : worse < 0;
  }

  /** A reject that is told twice counts once: after the first the order is gone. */
  private void rejected(Event.OrderRejected fact, Instant now, Collection<MarketState> units) {
    if (order(fact.order(), units).isPresent() && storm.isStorm(fact.reason(), now)) {
      trip(HaltReason.REJECT_STORM, fact.reason() + " ten times in a minute: " + fact.text());
    }
  }

  private static Optional<PlaceOrder> order(ClientOrderId id, Collection<MarketState> units) {
    return orders(units)
        .map(WorkingOrder::order)
        .filter(each -> each.order().equals(id))
        .findFirst();
  }

  private static Stream<WorkingOrder> orders(Collection<MarketState> units) {
    return units.stream().flatMap(unit -> unit.pair().orders().all().stream());
  }

  /**
   * Free <em>initial</em> margin is below zero in every rally at 1x, and the margin bands see to
   * that; what must not be is less than the positions have to keep.
   */
  private void reported(AccountState account) {
    if (!account.positions().isEmpty()
        && account.perpEquity().isBelow(account.maintenanceMargin())) {
      trip(
          HaltReason.NEGATIVE_MARGIN,
          "perp equity %s, maintenance %s"
              .formatted(account.perpEquity(), account.maintenanceMargin()));
    }
  }

  private void skewed(Duration offset) {
    clock = new ClockSkew(offset);
    LogEvent note =
        switch (clock.verdict()) {
          case FINE -> LogEvent.info("clock_skew");
          case WARN, NO_ENTRIES -> LogEvent.warn("clock_skew");
          case NO_RUN -> LogEvent.error("clock_skew");
        };
    untold.add(note.with("offset_ms", offset.toMillis()).with("entries", !clock.forbidsEntries()));
    if (isClockHopeless()) {
      trip(HaltReason.CLOCK_SKEW, "the venue's clock is " + offset.toSeconds() + " s from ours");
    }
  }

  private void trip(HaltReason trigger, String found) {
    latch.trip(trigger, found).ifPresent(untold::add);
  }

  /** Before the markets decide. */
  List<LogEvent> look(Collection<MarketState> units) {
    long unknown =
        orders(units)
            .filter(order -> order.doubt().isPresent() && order.sentAt().isAfter(started))
            .count();
    if (unknown >= UNKNOWN_AT_ONCE) {
      trip(HaltReason.UNKNOWN_INTENTS, unknown + " orders without an answer");
    }
    for (MarketState unit : units) {
      unit.pair()
          .quarantine()
          .filter(QuarantineReason::isPositionInDoubt)
          .ifPresent(why -> trip(HaltReason.RECONCILE_MISMATCH, unit.id() + ": " + why.logName()));
    }
    List<LogEvent> notes = List.copyOf(untold);
    untold.clear();
    return notes;
  }

  /** Clears by itself when the clocks agree again. */
  Optional<Denial> clock() {
    return clock.forbidsEntries()
        ? Optional.of(
            Denial.blocked(
                EntryCheck.DATA_FRESH,
                "clock_skew",
                clock.offset().toMillis(),
                ClockSkew.NO_ENTRIES.toMillis()))
        : Optional.empty();
  }

  /** What is sent now may be taken for too old: a run that needs no order any more ends. */
  boolean isClockHopeless() {
    return clock.verdict() == ClockSkew.Verdict.NO_RUN;
  }

  RiskDirective demand() {
    return latch.demand();
  }

  List<String> reasons() {
    return latch.reasons();
  }

  void resume() {
    latch.resume();
    storm.forget();
  }
}
