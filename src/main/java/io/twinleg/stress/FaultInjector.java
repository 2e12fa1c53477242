package io.twinleg.stress;

import io.twinleg.core.event.Event.FeedStatusChanged.Feed;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.MarketId.VenueId;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Side;
import io.twinleg.core.model.TimeInForce;
import io.twinleg.journal.MemoryJournal;
import io.twinleg.simulator.AccountId;
import io.twinleg.simulator.Exchange;
import io.twinleg.simulator.Request;
import io.twinleg.simulator.SeededRandom;
import io.twinleg.stress.FaultSchedule.InjectedFault;
import io.twinleg.stress.invariants.Checker;
import io.twinleg.venue.simulated.SimulatedVenue;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Injects the scheduled faults that are neither of the books nor of single messages. */
final class FaultInjector {
  private static final Running NONE = new Running(null, null);

  /** The process that runs now; null where it does not. */
  private record Running(@Nullable SimulatedVenue venue, @Nullable MemoryJournal journal) {}

  private final long seed;
  private final Exchange exchange;
  private final FaultSchedule schedule;
  private final StressScenario scenario;
  private final Checker checker;
  private final CrashPoint crashPoint;
  private final TraceBuffer trace;
  private final AdjustableClock wall;
  private final SeededRandom downtimes;
  private Running running = NONE;
  private boolean unavailable;

  FaultInjector(
      long seed,
      Exchange exchange,
      FaultSchedule schedule,
      StressScenario scenario,
      Checker checker,
      CrashPoint crashPoint,
      TraceBuffer trace) {
    this.seed = seed;
    this.exchange = exchange;
    this.schedule = schedule;
    this.scenario = scenario;
    this.checker = checker;
    this.crashPoint = crashPoint;
    this.trace = trace;
    wall = new AdjustableClock(exchange::now);
    downtimes = SeededRandom.of(seed, "downtimes");
  }

  InstantSource wall() {
    return wall;
  }

  boolean isUnavailable() {
    return unavailable;
  }

  /** A supervisor restarts the process within seconds; one time in ten a person has to. */
  Duration downtime() {
    long maxMs = downtimes.oneIn(10) ? 4 * 3_600_000L : 20_000;
    return Duration.ofMillis(downtimes.between(1_000, maxMs));
  }

  void scheduleFaults() {
    for (InjectedFault fault : schedule.faults()) {
      exchange.at(fault.at(), () -> start(fault));
      if (!fault.duration().isZero()) {
        exchange.at(fault.end(), () -> end(fault));
      }
    }
  }

  /** A new connection: feeds that are cut are cut for it too. */
  void connected(SimulatedVenue venue) {
    running = new Running(venue, null);
    Instant now = exchange.now();
    for (InjectedFault fault : schedule.faults()) {
      if (fault.isOn(now)) {
        cut(fault, venue);
      }
    }
  }

  void started(MemoryJournal journal) {
    running = new Running(running.venue(), journal);
    updateAvailability();
  }

  void crashed() {
    running = NONE;
    checker.setUnavailable(scenario.venues());
  }

  private void start(InjectedFault fault) {
    trace.note(exchange.now(), "starts: " + fault);
    SeededRandom random = fault.random(seed);
    StressScenario.Market market = scenario.markets().get(random.below(scenario.markets().size()));
    switch (fault.kind()) {
      case OUTAGE, SILENT_FEED -> ifConnected(venue -> cut(fault, venue));
      case HALT -> setStatus(market, false, true);
      case DELISTING -> setStatus(market, true, false);
      case DELEVERAGING ->
          partOfShort(market, random)
              .ifPresent(
                  part -> exchange.admin().deleverage(account(market), market.perp().id(), part));
      case LIQUIDATION ->
          partOfShort(market, random)
              .ifPresent(
                  part -> exchange.admin().liquidate(account(market), market.perp().id(), part));
      case MANUAL_PERP ->
          partOfShort(market, random)
              .ifPresent(part -> byHand(market.perp().id(), Side.BUY, part, TimeInForce.IOC, 1));
      case MANUAL_SPOT -> manualSpot(market, random);
      case FOREIGN_ORDER -> byHand(market.spot().id(), Side.BUY, lots(market), TimeInForce.GTC, 2);
      case KILL_SWITCH -> ifStarted(journal -> journal.addToInbox(exchange.now(), "kill", "1"));
      case KILL -> crashPoint.crashIn(random.between(1, 40));
      case KILL_AT_ORDER -> crashPoint.crashAfterNextOrder(random.between(1, 24));
      case DISK_FULL -> ifStarted(MemoryJournal::failNextCommit);
      case CLOCK_STEP -> wall.step(Duration.ofSeconds(random.between(-300, 300)));
      default -> {
        // a fault of the books or of single messages
      }
    }
    updateAvailability();
  }

  private void ifConnected(Consumer<SimulatedVenue> action) {
    if (running.venue() != null) {
      action.accept(running.venue());
    }
  }

  private void ifStarted(Consumer<MemoryJournal> action) {
    if (running.journal() != null) {
      action.accept(running.journal());
    }
  }

  private void end(InjectedFault fault) {
    trace.note(exchange.now(), "ends: " + fault);
    SeededRandom random = fault.random(seed);
    StressScenario.Market market = scenario.markets().get(random.below(scenario.markets().size()));
    switch (fault.kind()) {
      case OUTAGE, SILENT_FEED -> ifConnected(venue -> restore(fault, venue));
      case HALT -> setStatus(market, false, false);
      default -> {
        // ends without an action
      }
    }
    updateAvailability();
  }

  /** Whether the runner cannot act. Computed after each change, since faults overlap. */
  private void updateAvailability() {
    Instant now = exchange.now();
    Set<VenueId> away = new TreeSet<>();
    scenario.venues().stream().filter(venue -> isAway(venue, now)).forEach(away::add);
    unavailable = !away.isEmpty();
    checker.setUnavailable(running.journal() == null ? scenario.venues() : away);
  }

  private boolean isAway(VenueId venue, Instant now) {
    return schedule.isOn(FaultKind.OUTAGE, now, fault -> concerns(fault, venue))
        || schedule.isOn(
            FaultKind.SILENT_FEED,
            now,
            fault -> feed(fault) == Feed.ACCOUNT && concerns(fault, venue));
  }

  private boolean concerns(InjectedFault fault, VenueId venue) {
    return scenario.concerns(fault, seed, venue);
  }

  private Feed feed(InjectedFault fault) {
    Feed[] feeds = Feed.values();
    return feeds[fault.random(seed).below(feeds.length)];
  }

  private List<Feed> feeds(InjectedFault fault) {
    return switch (fault.kind()) {
      case OUTAGE -> List.of(Feed.values());
      case SILENT_FEED -> List.of(feed(fault));
      default -> List.of();
    };
  }

  private void cut(InjectedFault fault, SimulatedVenue venue) {
    for (VenueId each : scenario.venues()) {
      if (concerns(fault, each)) {
        feeds(fault).forEach(feed -> venue.cut(feed, each));
      }
    }
  }

  /** Restores the feeds that no other fault cuts. */
  private void restore(InjectedFault ended, SimulatedVenue venue) {
    Instant now = exchange.now();
    for (VenueId at : scenario.venues()) {
      for (Feed feed : concerns(ended, at) ? feeds(ended) : List.<Feed>of()) {
        boolean cutElsewhere =
            schedule.faults().stream()
                .anyMatch(
                    each -> each.isOn(now) && feeds(each).contains(feed) && concerns(each, at));
        if (!cutElsewhere) {
          venue.restore(feed, at);
        }
      }
    }
  }

  private static AccountId account(StressScenario.Market market) {
    return SimulatedVenue.accountAt(market.names().market().venue());
  }

  private void setStatus(StressScenario.Market market, boolean delisted, boolean halted) {
    exchange.admin().setStatus(market.perp().id(), delisted, halted);
    exchange.admin().setStatus(market.spot().id(), delisted, halted);
  }

  /** Between a tenth and all of the short; empty when there is none. */
  private Optional<Quantity> partOfShort(StressScenario.Market market, SeededRandom random) {
    Quantity held = exchange.audit(account(market)).position(market.perp().id()).negated();
    Quantity part =
        market
            .perp()
            .floor(held.times(BigDecimal.valueOf(random.between(10, 100)).movePointLeft(2)));
    return part.isPositive() ? Optional.of(part) : Optional.empty();
  }

  private void manualSpot(StressScenario.Market market, SeededRandom random) {
    exchange.admin().depositCoins(account(market), market.spot().id(), lots(market));
    if (random.oneIn(2)) {
      byHand(market.spot().id(), Side.SELL, lots(market), TimeInForce.IOC, 1);
    }
  }

  /** Worth about 20 USD. */
  private Quantity lots(StressScenario.Market market) {
    BigDecimal units = BigDecimal.valueOf(20).divide(market.price().value(), MathContext.DECIMAL64);
    return market.spot().nearest(new Quantity(units)).max(market.spot().lot());
  }

  /** At the market, or out of its way. */
  private void byHand(
      InstrumentId leg, Side side, Quantity quantity, TimeInForce tif, int halfAway) {
    Optional<Price> best = exchange.book(leg).best(side.opposite());
    if (best.isEmpty()) {
      return;
    }
    long e8 = best.get().e8();
    long wanted = halfAway == 2 ? e8 / 2 : side == Side.BUY ? e8 + e8 / 100 : e8 - e8 / 100;
    StressScenario.Market market =
        scenario.markets().stream()
            .filter(each -> each.spot().id().market().equals(leg.market()))
            .findFirst()
            .orElseThrow();
    var instrument = leg.equals(market.spot().id()) ? market.spot() : market.perp();
    Price price = instrument.prices().round(side, new Price(wanted));
    Request.Place order =
        new Request.Place(
            Optional.empty(),
            leg,
            side,
            price,
            quantity,
            tif,
            leg.equals(market.perp().id()),
            Optional.empty());
    exchange.admin().executeManually(account(market), order);
  }

  /** The machine's wall clock, which a fault steps. */
  private static final class AdjustableClock implements InstantSource {
    private final InstantSource source;
    private Duration offset = Duration.ZERO;

    AdjustableClock(InstantSource source) {
      this.source = source;
    }

    void step(Duration by) {
      offset = offset.plus(by);
    }

    @Override
    public Instant instant() {
      return source.instant().plus(offset);
    }
  }
}
