package io.twinleg.core;

import io.twinleg.core.event.Command.PlaceOrder;
import io.twinleg.core.event.Event;
import io.twinleg.core.event.LogEvent;
import io.twinleg.core.event.SequencedEvent;
import io.twinleg.core.execution.QuarantineReason;
import io.twinleg.core.execution.orders.WorkingOrder;
import io.twinleg.core.market.MarketDataCache;
import io.twinleg.core.market.PairMarketData;
import io.twinleg.core.model.AccountState;
import io.twinleg.core.model.ClientOrderId;
import io.twinleg.core.model.ClockSkew;
import io.twinleg.core.model.Denial;
import io.twinleg.core.model.EntryCheck;
import io.twinleg.core.model.Fill;
import io.twinleg.core.model.MarketId.VenueId;
import io.twinleg.core.model.RejectReason;
import io.twinleg.core.model.RiskDirective;
import io.twinleg.core.model.Side;
import io.twinleg.core.risk.HaltReason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What must never happen, and stops entries where it does (specification 2.14). It is latched: only
 * an operator's resume clears it, a restart does not. Each event is applied before the pairs take
 * it in, as their orders still stand then; the pairs are checked before they decide.
 */
final class CircuitBreakers {
  private static final int UNKNOWN_AT_ONCE = 3;
  private static final int REJECTS_MAX = 10;
  private static final Duration REJECTS_WINDOW = Duration.ofSeconds(60);

  private final Map<HaltReason, String> tripped = new EnumMap<>(HaltReason.class);
  private final Map<RejectReason, ArrayDeque<Instant>> rejects = new EnumMap<>(RejectReason.class);
  private final List<LogEvent> pending = new ArrayList<>();
  private Instant started = Instant.MIN;
  private final TreeMap<VenueId, ClockSkew> clocks = new TreeMap<>();
  private Event.@Nullable DiskSpaceReported disk;

  void apply(SequencedEvent event, Collection<MarketState> markets, MarketDataCache data) {
    switch (event.fact()) {
      case Event.RunStarted start -> {
        started = event.receivedTime();
        clocks.clear();
        disk = null;
      }
      case Event.OrderFilled filled -> filled(filled.fill(), markets, data);
      case Event.OrderRejected rejected -> rejected(rejected, event.receivedTime(), markets);
      case Event.AccountReported report -> reported(report.account());
      case Event.ClockSkewed skewed -> skewed(event.venue(), Duration.ofMillis(skewed.offsetMs()));
      case Event.DiskSpaceReported reported -> reported(reported);
      default -> {
        // trips nothing
      }
    }
  }

  private void filled(Fill fill, Collection<MarketState> markets, MarketDataCache data) {
    boolean observedSince =
        data.market(fill.instrument().market())
            .filter(PairMarketData::fillsEarlierOrders)
            .filter(market -> wasObservedSince(fill, markets, market))
            .isPresent();
    if (observedSince) {
      return;
    }
    fill.clientOrderId()
        .flatMap(id -> order(id, markets))
        .filter(order -> isImpossible(order, fill))
        .ifPresent(order ->
            trip(
                HaltReason.IMPOSSIBLE_FILL,
                "%s %s filled at %s, its limit was %s"
                    .formatted(order.instrument(), order.side(), fill.price(), order.price())));
  }

  /**
   * A backtest by the hour fills on a later observation, at what is quoted there: the order's own
   * price belongs to the earlier one. No other run has such observations: the halt holds there.
   */
  private static boolean wasObservedSince(
      Fill fill, Collection<MarketState> markets, PairMarketData market) {
    return orders(markets)
        .filter(order -> fill.clientOrderId().filter(order.id()::equals).isPresent())
        .anyMatch(order -> market.bookReceived(fill.instrument().leg()).isAfter(order.sentAt()));
  }

  private static boolean isImpossible(PlaceOrder order, Fill fill) {
    int worse = fill.price().compareTo(order.price());
    return order.side() == Side.BUY ? worse > 0 : worse < 0;
  }

  /** A reject that is reported twice counts once: after the first the order is gone. */
  private void rejected(
      Event.OrderRejected rejected, Instant now, Collection<MarketState> markets) {
    if (order(rejected.order(), markets).isPresent() && isStorm(rejected.reason(), now)) {
      trip(
          HaltReason.REJECT_STORM,
          rejected.reason() + " ten times in a minute: " + rejected.text());
    }
  }

  /** Counts a reject. That an IOC found nothing is none. */
  private boolean isStorm(RejectReason reason, Instant now) {
    if (reason == RejectReason.IOC_CANCEL) {
      return false;
    }
    ArrayDeque<Instant> times = rejects.computeIfAbsent(reason, key -> new ArrayDeque<>());
    times.removeIf(at -> !at.isAfter(now.minus(REJECTS_WINDOW)));
    times.addLast(now);
    return times.size() >= REJECTS_MAX;
  }

  private static Optional<PlaceOrder> order(ClientOrderId id, Collection<MarketState> markets) {
    return orders(markets)
        .map(WorkingOrder::order)
        .filter(order -> order.order().equals(id))
        .findFirst();
  }

  private static Stream<WorkingOrder> orders(Collection<MarketState> markets) {
    return markets.stream().flatMap(market -> market.pair().orders().all().stream());
  }

  /**
   * Free <em>initial</em> margin is below zero in every rally at 1x, and the margin bands act on
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

  private void skewed(VenueId venue, Duration offset) {
    ClockSkew clock = new ClockSkew(offset);
    clocks.put(venue, clock);
    LogEvent line =
        switch (clock.verdict()) {
          case FINE -> LogEvent.info("clock_skew");
          case WARN, NO_ENTRIES -> LogEvent.warn("clock_skew");
          case NO_RUN -> LogEvent.error("clock_skew");
        };
    pending.add(
        line.at(venue)
            .with("offset_ms", offset.toMillis())
            .with("entries", !clock.forbidsEntries()));
    if (isClockHopeless()) {
      trip(HaltReason.CLOCK_SKEW, "the venue's clock is " + offset.toSeconds() + " s from ours");
    }
  }

  private void reported(Event.DiskSpaceReported found) {
    disk = found;
    LogEvent line =
        switch (found.space()) {
          case AMPLE -> LogEvent.info("disk_space");
          case LOW -> LogEvent.warn("disk_space");
          case NO_ENTRIES -> LogEvent.error("disk_space");
        };
    pending.add(
        line.with("free_percent", found.freePercent())
            .with("free_bytes", found.freeBytes())
            .with("entries", found.space() != Event.DiskSpaceReported.Space.NO_ENTRIES));
  }

  private void trip(HaltReason reason, String found) {
    if (tripped.putIfAbsent(reason, found) == null) {
      pending.add(
          LogEvent.error("trading_halted").with("reason", name(reason)).with("found", found));
    }
  }

  private static String name(HaltReason reason) {
    return reason.name().toLowerCase(Locale.ROOT);
  }

  /** Before the markets decide. Returns what has tripped since, once. */
  List<LogEvent> check(Collection<MarketState> markets) {
    long unknown =
        orders(markets)
            .filter(order -> order.isUnknown() && order.sentAt().isAfter(started))
            .count();
    if (unknown >= UNKNOWN_AT_ONCE) {
      trip(HaltReason.UNKNOWN_INTENTS, unknown + " orders without an answer");
    }
    for (MarketState market : markets) {
      market
          .pair()
          .quarantine()
          .filter(QuarantineReason::isPositionDisputed)
          .ifPresent(
              why -> trip(HaltReason.RECONCILE_MISMATCH, market.id() + ": " + why.logName()));
    }
    List<LogEvent> lines = List.copyOf(pending);
    pending.clear();
    return lines;
  }

  /** Of one venue; clears by itself when the clocks agree again. */
  Optional<Denial> clock(VenueId venue) {
    ClockSkew clock = clocks.getOrDefault(venue, ClockSkew.NONE);
    return clock.forbidsEntries()
        ? Optional.of(
            Denial.blocked(
                EntryCheck.DATA_FRESH,
                "clock_skew",
                clock.offset().toMillis(),
                ClockSkew.NO_ENTRIES.toMillis()))
        : Optional.empty();
  }

  /** Clears by itself when there is space again. */
  Optional<Denial> disk() {
    return Optional.ofNullable(disk)
        .filter(found -> found.space() == Event.DiskSpaceReported.Space.NO_ENTRIES)
        .map(found ->
            Denial.blocked(
                EntryCheck.STATE,
                "disk_full",
                found.freePercent() + " %, " + (found.freeBytes() >> 20) + " MB free",
                "more than %d %% and %d MB"
                    .formatted(
                        Event.DiskSpaceReported.NO_ENTRIES_PERCENT,
                        Event.DiskSpaceReported.NO_ENTRIES_BYTES >> 20)));
  }

  /** What is sent now may be taken for too old: a run that needs no order any more ends. */
  boolean isClockHopeless() {
    return clocks.values().stream().anyMatch(clock -> clock.verdict() == ClockSkew.Verdict.NO_RUN);
  }

  /** Entries stop; what hedges, repairs, exits and keeps the margin goes on. */
  RiskDirective directive() {
    return tripped.keySet().stream()
        .findFirst()
        .map(first -> new RiskDirective(RiskDirective.Strength.NO_NEW_RISK, name(first)))
        .orElse(RiskDirective.NONE);
  }

  /** For an operator, each in one phrase. */
  List<String> reasons() {
    return tripped.entrySet().stream()
        .map(entry -> name(entry.getKey()) + " (" + entry.getValue() + ")")
        .toList();
  }

  void resume() {
    tripped.clear();
    rejects.clear();
  }
}
