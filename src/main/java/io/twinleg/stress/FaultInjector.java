package io.twinleg.stress;

import io.twinleg.core.event.Event.FeedStatusChanged.Feed;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Side;
import io.twinleg.core.model.TimeInForce;
import io.twinleg.journal.MemoryJournal;
import io.twinleg.simulator.Exchange;
import io.twinleg.simulator.Request;
import io.twinleg.simulator.SeededRandom;
import io.twinleg.stress.invariants.Checker;
import io.twinleg.venue.simulated.SimulatedVenue;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Makes the plan's faults happen that are neither of the books nor of single messages. */
final class FaultInjector {
  private static final AtHand NOBODY = new AtHand(Optional.empty(), Optional.empty());

  private record AtHand(Optional<SimulatedVenue> venue, Optional<MemoryJournal> journal) {}

  private final long seed;
  private final Exchange exchange;
  private final FaultSchedule plan;
  private final StressScenario scenario;
  private final Checker checker;
  private final CrashPoint mortality;
  private final TraceBuffer tape;
  private final AdjustableClock wall;
  private final SeededRandom downtimes;
  private AtHand hand = NOBODY;
  private boolean away;

  FaultInjector(
      long seed,
      Exchange exchange,
      FaultSchedule plan,
      StressScenario scenario,
      Checker checker,
      CrashPoint mortality,
      TraceBuffer tape) {
    this.seed = seed;
    this.exchange = exchange;
    this.plan = plan;
    this.scenario = scenario;
    this.checker = checker;
    this.mortality = mortality;
    this.tape = tape;
    wall = new AdjustableClock(exchange::now);
    downtimes = SeededRandom.of(seed, "downtimes");
  }

  AdjustableClock wall() {
    return wall;
  }

  boolean isAway() {
    return away;
  }

  /** A supervisor brings it back within seconds; now and then a person has to. */
  Duration downtime() {
    long most = downtimes.oneIn(10) ? 4 * 3_600_000L : 20_000;
    return Duration.ofMillis(downtimes.between(1_000, most));
  }

  void schedule() {
    for (InjectedFault fault : plan.faults()) {
      exchange.at(fault.at(), () -> begin(fault));
      if (!fault.lasting().isZero()) {
        exchange.at(fault.end(), () -> finish(fault));
      }
    }
  }

  /** A new connection: what is cut, is cut for it too. */
  void opened(SimulatedVenue venue) {
    hand = new AtHand(Optional.of(venue), Optional.empty());
    Instant now = exchange.now();
    for (InjectedFault fault : plan.faults()) {
      if (fault.isOn(now)) {
        cut(fault, venue);
      }
    }
  }

  void born(MemoryJournal journal) {
    hand = new AtHand(hand.venue(), Optional.of(journal));
    isAwayNow();
  }

  void died() {
    hand = NOBODY;
    checker.away(true);
  }

  private void begin(InjectedFault fault) {
    tape.say(exchange.now(), "begins: " + fault);
    SeededRandom dice = fault.dice(seed);
    StressScenario.Market market = scenario.markets().get(dice.below(scenario.markets().size()));
    switch (fault.hazard()) {
      case OUTAGE, SILENT_FEED -> hand.venue().ifPresent(it -> cut(fault, it));
      case HALT -> setStatus(market, false, true);
      case DELISTING -> setStatus(market, true, false);
      case DELEVERAGING ->
          partOfShort(market, dice)
              .ifPresent(part ->
                  exchange
                      .admin()
                      .deleverage(SimulatedVenue.ACCOUNT, market.perp().id(), part));
      case LIQUIDATION ->
          partOfShort(market, dice)
              .ifPresent(part ->
                  exchange
                      .admin()
                      .liquidate(SimulatedVenue.ACCOUNT, market.perp().id(), part));
      case MANUAL_PERP ->
          partOfShort(market, dice)
              .ifPresent(part -> byHand(market.perp().id(), Side.BUY, part, TimeInForce.IOC, 1));
      case MANUAL_SPOT -> manualSpot(market, dice);
      case FOREIGN_ORDER -> byHand(market.spot().id(), Side.BUY, lots(market), TimeInForce.GTC, 2);
      case KILL_SWITCH ->
          hand.journal().ifPresent(it -> it.addToInbox(exchange.now(), "kill", "1"));
      case KILL -> mortality.dieIn(dice.between(1, 40));
      case KILL_AT_ORDER -> mortality.dieAfterNextOrder(dice.between(1, 24));
      case DISK_FULL -> hand.journal().ifPresent(MemoryJournal::failNextCommit);
      case CLOCK_STEP -> wall.jump(Duration.ofSeconds(dice.between(-300, 300)));
      default -> {
        // of the books, or of single messages
      }
    }
    isAwayNow();
  }

  private void finish(InjectedFault fault) {
    tape.say(exchange.now(), "ends: " + fault);
    SeededRandom dice = fault.dice(seed);
    StressScenario.Market market = scenario.markets().get(dice.below(scenario.markets().size()));
    switch (fault.hazard()) {
      case OUTAGE, SILENT_FEED -> hand.venue().ifPresent(it -> restore(fault, it));
      case HALT -> setStatus(market, false, false);
      default -> {
        // is over by itself
      }
    }
    isAwayNow();
  }

  /** Whether nobody could act: asked after each change, as several things may be true at once. */
  private void isAwayNow() {
    Instant now = exchange.now();
    away =
        plan.isOn(FaultKind.OUTAGE, now)
            || plan.of(FaultKind.SILENT_FEED).stream()
                .anyMatch(each -> each.isOn(now) && feed(each) == Feed.ACCOUNT);
    checker.away(away || hand.journal().isEmpty());
  }

  private Feed feed(InjectedFault fault) {
    Feed[] feeds = Feed.values();
    return feeds[fault.dice(seed).below(feeds.length)];
  }

  private List<Feed> feeds(InjectedFault fault) {
    return switch (fault.hazard()) {
      case OUTAGE -> List.of(Feed.values());
      case SILENT_FEED -> List.of(feed(fault));
      default -> List.of();
    };
  }

  private void cut(InjectedFault fault, SimulatedVenue venue) {
    feeds(fault).forEach(feed -> venue.cut(feed));
  }

  /** Unless something else keeps it silent. */
  private void restore(InjectedFault ended, SimulatedVenue venue) {
    Instant now = exchange.now();
    for (Feed feed : feeds(ended)) {
      boolean cutElsewhere =
          plan.faults().stream().anyMatch(each -> each.isOn(now) && feeds(each).contains(feed));
      if (!cutElsewhere) {
        venue.restore(feed);
      }
    }
  }

  private void setStatus(StressScenario.Market market, boolean delisted, boolean halted) {
    exchange.admin().setStatus(market.perp().id(), delisted, halted);
    exchange.admin().setStatus(market.spot().id(), delisted, halted);
  }

  /** Between a tenth and all of it. */
  private Optional<Quantity> partOfShort(StressScenario.Market market, SeededRandom dice) {
    Quantity held = exchange.audit(SimulatedVenue.ACCOUNT).position(market.perp().id()).negated();
    Quantity part =
        market.perp().floor(held.times(BigDecimal.valueOf(dice.between(10, 100)).movePointLeft(2)));
    return part.isPositive() ? Optional.of(part) : Optional.empty();
  }

  private void manualSpot(StressScenario.Market market, SeededRandom dice) {
    exchange.admin().depositCoins(SimulatedVenue.ACCOUNT, market.spot().id(), lots(market));
    if (dice.oneIn(2)) {
      byHand(market.spot().id(), Side.SELL, lots(market), TimeInForce.IOC, 1);
    }
  }

  /** Worth some twenty dollars. */
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
    exchange.admin().executeManually(SimulatedVenue.ACCOUNT, order);
  }
}
