package io.twinleg.acceptance;

import io.twinleg.acceptance.SafetyRules.UnhedgedClock;
import io.twinleg.acceptance.SafetyRules.Working;
import io.twinleg.core.Engine;
import io.twinleg.core.Settings;
import io.twinleg.core.Settings.MarketSettings;
import io.twinleg.core.event.Command.PlaceOrder;
import io.twinleg.core.model.BookSnapshot;
import io.twinleg.core.model.Fill;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.MarketId;
import io.twinleg.core.model.MarketId.VenueId;
import io.twinleg.core.model.OrderPurpose;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Side;
import io.twinleg.core.model.Usd;
import io.twinleg.core.portfolio.PairLedger;
import io.twinleg.research.ExchangeAudit;
import io.twinleg.simulator.AuditSnapshot;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Holds the exchange's accounts against the safety invariants, after every event and before every
 * order, and against the program's own ledgers whenever it has received all there is.
 */
final class InvariantRecorder {
  /** Beyond the repair's own time (I3). */
  private static final Duration UNHEDGED_GRACE = Duration.ofSeconds(2);

  /** An unknown outcome takes so much longer (I3). */
  private static final Duration UNKNOWN = Duration.ofSeconds(4);

  private static final BigDecimal UNWIND_SLIPPAGE = new BigDecimal("0.004");

  private final MarketFixture fixture;
  private final Engine engine;
  private final Settings settings;
  private final UnhedgedClock clock = new UnhedgedClock();
  private Optional<RecordingVenue> recorder = Optional.empty();
  private Duration grace = UNHEDGED_GRACE;
  private boolean venueAnswers = true;
  private boolean ownerGoesLong;
  private boolean catchingUp;
  private boolean survivor;
  private Usd largestGap = Usd.ZERO;

  InvariantRecorder(MarketFixture fixture, Engine engine, Settings settings) {
    this.fixture = fixture;
    this.engine = engine;
    this.settings = settings;
  }

  /** The same checks after a restart, which needs time to resolve what was under way. */
  InvariantRecorder after(Engine next) {
    InvariantRecorder invariants = new InvariantRecorder(fixture, next, settings);
    invariants.grace = UNHEDGED_GRACE.plus(UNKNOWN);
    invariants.venueAnswers = venueAnswers;
    invariants.ownerGoesLong = ownerGoesLong;
    invariants.catchingUp = true;
    invariants.survivor = true;
    return invariants;
  }

  /** The start has delivered all that was missed. */
  void caughtUp() {
    catchingUp = false;
  }

  void attachTo(RecordingVenue where) {
    recorder = Optional.of(where);
  }

  /** From here on the perp is the owner's own: I3 and I5 are not checked. */
  void ownerGoesLong() {
    ownerGoesLong = true;
  }

  /**
   * I3's clock stands still from here on: the venue refuses every action, or the coin is halted.
   */
  void venueDoesNotAnswer() {
    venueAnswers = false;
    clock.forget();
  }

  void venueAnswersAgain() {
    venueAnswers = true;
  }

  /** The most that has been un-hedged at any check, each fill at its own price. */
  Usd largestUnhedged() {
    return largestGap;
  }

  void check() {
    if (fixture.isDisputed()) {
      return;
    }
    for (MarketSettings market : settings.markets()) {
      observe(market.market()).ifPresent(seen -> check(market, seen));
    }
    if (settings.portfolio().isPresent() && !ownerGoesLong) {
      checkAllTogether();
    }
    if (!catchingUp && isQuiet()) {
      fixture.venues().forEach(this::compareBooks);
    }
  }

  /** I3 over all markets of one capital: no more than one clip stands alone. */
  private void checkAllTogether() {
    Usd all = Usd.ZERO;
    Usd clip = Usd.ZERO;
    for (MarketSettings market : settings.markets()) {
      BigDecimal ratio = market.execution().hedgeRatio();
      all =
          observe(market.market())
              .filter(seen -> seen.isUnhedged(ratio) && !isChangedFromOutside(seen))
              .map(seen -> seen.unhedgedUsd(ratio))
              .orElse(Usd.ZERO)
              .plus(all);
      clip = clip.max(market.execution().maxClip());
    }
    SafetyRules.checkTogether(all, clip);
  }

  private void check(MarketSettings market, Observation seen) {
    SafetyRules rules = rules(market);
    if (ownerGoesLong) {
      return;
    }
    rules.check(seen);
    if (!isChangedFromOutside(seen)) {
      rules.checkUnhedged(seen);
    }
    boolean unhedged = seen.isUnhedged(rules.hedgeRatio());
    largestGap = unhedged ? largestGap.max(seen.unhedgedUsd(rules.hedgeRatio())) : largestGap;
    if (survivor && !canGiveBack(seen, rules)) {
      clock.forget();
    } else if (venueAnswers) {
      rules.check(clock.see(market.market(), unhedged, fixture.now()));
    }
  }

  /**
   * Whether the book has a price near the mark for what is un-hedged: a scenario that empties a
   * book states what it expects then, but not after a crash that came before it.
   */
  private boolean canGiveBack(Observation seen, SafetyRules rules) {
    boolean spotAlone = seen.delta(rules.hedgeRatio()).isPositive();
    Side side = spotAlone ? Side.SELL : Side.BUY;
    BigDecimal units = spotAlone ? seen.perp().unitMultiplier() : BigDecimal.ONE;
    BigDecimal mark = seen.mark().value().divide(units, MathContext.DECIMAL64);
    BookSnapshot book = fixture.exchange().book(spotAlone ? seen.spot().id() : seen.perp().id());
    return book.best(side.opposite()).filter(price -> isNear(price, mark, side)).isPresent();
  }

  /** Within twice the slippage of an unwinding order. */
  private static boolean isNear(Price price, BigDecimal mark, Side side) {
    BigDecimal worst = BigDecimal.valueOf(side.sign()).multiply(UNWIND_SLIPPAGE);
    BigDecimal limit = mark.multiply(BigDecimal.ONE.add(worst));
    int compared = price.value().compareTo(limit);
    return side == Side.SELL ? compared >= 0 : compared <= 0;
  }

  /** The owner, a liquidation or a deleveraging has traded our perp. */
  private boolean isChangedFromOutside(Observation seen) {
    return fixture.account(seen.perp().id().market().venue()).fills().stream()
        .anyMatch(fill ->
            fill.instrument().equals(seen.perp().id()) && !Observation.isOurs(fill, Trader.BOOK));
  }

  /** An order is about to leave. */
  void sending(PlaceOrder order) {
    if (fixture.isDisputed()) {
      return;
    }
    Usd atRisk = order.side() == Side.BUY ? order.notional() : Usd.ZERO;
    for (MarketSettings market : settings.markets()) {
      Optional<Observation> seen = observe(market.market());
      if (seen.isPresent() && seen.get().isOf(order.instrument())) {
        rules(market, fallen(seen.get())).check(order, seen.get(), working(market.market()));
      }
      if (seen.isPresent()) {
        Usd buys = working(market.market()).spotBuys(seen.get());
        atRisk = atRisk.plus(seen.get().invested().max(buys));
      }
    }
    if (order.purpose() == OrderPurpose.ENTRY) {
      SafetyRules.checkPortfolio(atRisk, settings.risk().portfolioNotionalCap());
    }
  }

  private SafetyRules rules(MarketSettings market) {
    return rules(market, Usd.ZERO);
  }

  /** In a portfolio what has lost value is filled up to the target by its value. */
  private Usd fallen(Observation seen) {
    Usd worth = seen.mark().times(seen.position().abs());
    return settings.portfolio().isEmpty() ? Usd.ZERO : seen.invested().minus(worth).max(Usd.ZERO);
  }

  private SafetyRules rules(MarketSettings market, Usd refill) {
    return new SafetyRules(
        market.strategy().targetUsdNotional().plus(refill),
        market.execution().maxClip(),
        settings.risk().perSymbolNotionalCap(),
        market.execution().hedgeRatio(),
        market.execution().repairTimeout().plus(grace));
  }

  private Optional<Observation> observe(MarketId market) {
    AuditSnapshot account = fixture.account(market.venue());
    Instrument spot = instrument(InstrumentId.spot(market));
    Instrument perp = instrument(InstrumentId.perp(market));
    Optional<Price> mark = fixture.exchange().mark(perp.id());
    return mark.map(price -> Observation.of(spot, perp, account, Trader.BOOK, price));
  }

  private Instrument instrument(InstrumentId id) {
    return fixture.instruments().stream()
        .filter(each -> each.id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private Working working(MarketId market) {
    Quantity sells = Quantity.ZERO;
    Usd buys = Usd.ZERO;
    Usd perpSells = Usd.ZERO;
    RecordingVenue where = recorder.orElseThrow();
    for (PlaceOrder live : where.live()) {
      boolean spot = live.instrument().equals(InstrumentId.spot(market));
      if (spot && live.side() == Side.SELL) {
        sells = sells.plus(unfilledAtVenue(live));
      } else if (spot) {
        buys = buys.plus(live.price().times(unfilledAtVenue(live)));
      } else if (isSaleOf(market, live)) {
        perpSells = perpSells.plus(live.price().times(unfilledAtVenue(live)));
      }
    }
    return new Working(sells, buys, perpSells);
  }

  private static boolean isSaleOf(MarketId market, PlaceOrder order) {
    return order.instrument().equals(InstrumentId.perp(market)) && order.side() == Side.SELL;
  }

  /** What the exchange has filled of it counts as held already, received or not. */
  private Quantity unfilledAtVenue(PlaceOrder order) {
    Quantity filled = Quantity.ZERO;
    VenueId venue = order.instrument().market().venue();
    for (Fill fill : fixture.account(venue).fills()) {
      if (fill.clientOrderId().filter(order.order()::equals).isPresent()) {
        filled = filled.plus(fill.quantity());
      }
    }
    return order.quantity().minus(filled);
  }

  // ---- I6: our books against the exchange's

  private boolean isQuiet() {
    RecordingVenue where = recorder.orElseThrow();
    Usd funding = Usd.ZERO;
    for (VenueId venue : fixture.venues()) {
      AuditSnapshot account = fixture.account(venue);
      funding = funding.plus(account.fundingReceived());
      if (!account.fills().stream().allMatch(where::hasReceived)) {
        return false;
      }
    }
    return funding.equals(where.fundingReceived());
  }

  /** Each venue's account holds the markets there, and nothing of another venue's. */
  private void compareBooks(VenueId venue) {
    AuditSnapshot account = fixture.account(venue);
    if (!account.fills().stream()
        .allMatch(fill -> fill.instrument().market().venue().equals(venue))) {
      throw new AssertionError("an order of another venue went to that of " + venue);
    }
    Set<Fill.Identity> counted = new LinkedHashSet<>();
    account.fills().forEach(fill -> counted.add(fill.identity()));
    if (counted.size() != account.fills().size()) {
      throw new AssertionError("I6: the exchange made two fills of one identity");
    }
    settings.markets().stream()
        .map(MarketSettings::market)
        .filter(market -> market.venue().equals(venue))
        .forEach(market -> observe(market).ifPresent(this::compareSizes));
    ExchangeAudit footing = new ExchangeAudit(engine, account, venue);
    if (!fixture.ownerTrades() && !footing.agrees()) {
      throw new AssertionError("I6: our books and the exchange's differ: " + footing.note());
    }
  }

  private void compareSizes(Observation seen) {
    PairLedger ledger = engine.portfolio().ledger(seen.spot().id().market());
    boolean spotAgrees = ledger.ownedSpot().equals(seen.owned());
    Quantity foreign = engine.portfolio().foreignPerp(seen.spot().id().market());
    boolean perpAgrees = foreign.minus(ledger.shortPerp()).equals(seen.position());
    if (!spotAgrees || !perpAgrees) {
      throw new AssertionError(
          "I6: we count %s and %s short, the exchange %s %s"
              .formatted(ledger.ownedSpot(), ledger.shortPerp(), seen, Leg.PERP));
    }
  }
}
