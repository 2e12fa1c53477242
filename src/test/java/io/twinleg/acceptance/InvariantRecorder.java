package io.twinleg.acceptance;

import io.twinleg.acceptance.SafetyRules.NakedClock;
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
import io.twinleg.core.model.Price;
import io.twinleg.core.model.OrderPurpose;
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
 * order, and against our program's own books whenever it has heard all there is to hear.
 */
final class InvariantRecorder {
  /** Beyond the repair's own time (I3). */
  private static final Duration NAKED_GRACE = Duration.ofSeconds(2);

  /** An unknown outcome takes so much longer (I3). */
  private static final Duration UNKNOWN = Duration.ofSeconds(4);

  private static final BigDecimal UNWIND_SLIPPAGE = new BigDecimal("0.004");

  private final MarketFixture stage;
  private final Engine engine;
  private final Settings settings;
  private final NakedClock clock = new NakedClock();
  private Optional<RecordingVenue> door = Optional.empty();
  private Duration grace = NAKED_GRACE;
  private boolean venueAnswers = true;
  private boolean ownerGoesLong;
  private boolean catchingUp;
  private boolean survivor;
  private Usd largestGap = Usd.ZERO;

  InvariantRecorder(MarketFixture stage, Engine engine, Settings settings) {
    this.stage = stage;
    this.engine = engine;
    this.settings = settings;
  }

  /** The same watch over the next life, which needs time to learn what became of the last. */
  InvariantRecorder after(Engine next) {
    InvariantRecorder auditor = new InvariantRecorder(stage, next, settings);
    auditor.grace = NAKED_GRACE.plus(UNKNOWN);
    auditor.venueAnswers = venueAnswers;
    auditor.ownerGoesLong = ownerGoesLong;
    auditor.catchingUp = true;
    auditor.survivor = true;
    return auditor;
  }

  /** The start has told all that was missed. */
  void caughtUp() {
    catchingUp = false;
  }

  void listenAt(RecordingVenue where) {
    door = Optional.of(where);
  }

  /** From here on the perp is the owner's own, and says nothing about ours: I3 and I5 rest. */
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

  /** The most that has stood alone at any look, each fill at its own price. */
  Usd largestNaked() {
    return largestGap;
  }

  void look() {
    if (stage.isDisputed()) {
      return;
    }
    AuditSnapshot account = stage.account();
    for (MarketSettings market : settings.markets()) {
      sight(market.market(), account).ifPresent(seen -> look(market, seen));
    }
    if (!catchingUp && isQuiet(account)) {
      compareBooks(account);
    }
  }

  private void look(MarketSettings market, Observation seen) {
    SafetyRules rules = rules(market);
    if (ownerGoesLong) {
      return;
    }
    rules.check(seen);
    if (!isChangedFromOutside(seen)) {
      rules.checkNaked(seen);
    }
    boolean naked = seen.isNaked(rules.hedgeRatio());
    largestGap = naked ? largestGap.max(seen.nakedUsd(rules.hedgeRatio())) : largestGap;
    if (survivor && !canGiveBack(seen, rules)) {
      clock.forget();
    } else if (venueAnswers) {
      rules.check(clock.see(market.market(), naked, stage.now()));
    }
  }

  /**
   * Whether anybody is there to take what stands alone: a scenario that empties a book says itself
   * what it expects then, but not after a crash that came before it.
   */
  private boolean canGiveBack(Observation seen, SafetyRules rules) {
    boolean spotAlone = seen.delta(rules.hedgeRatio()).isPositive();
    Side side = spotAlone ? Side.SELL : Side.BUY;
    BigDecimal units = spotAlone ? seen.perp().unitMultiplier() : BigDecimal.ONE;
    BigDecimal mark = seen.mark().value().divide(units, MathContext.DECIMAL64);
    BookSnapshot book = stage.exchange().book(spotAlone ? seen.spot().id() : seen.perp().id());
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
    return stage.account().fills().stream()
        .anyMatch(fill ->
            fill.instrument().equals(seen.perp().id()) && !Observation.isOurs(fill, Trader.BOOK));
  }

  /** An order is about to leave. */
  void sending(PlaceOrder order) {
    if (stage.isDisputed()) {
      return;
    }
    AuditSnapshot account = stage.account();
    Usd atRisk = order.side() == Side.BUY ? order.notional() : Usd.ZERO;
    for (MarketSettings market : settings.markets()) {
      Optional<Observation> seen = sight(market.market(), account);
      if (seen.isPresent() && seen.get().isOf(order.instrument())) {
        rules(market).check(order, seen.get(), working(market.market()));
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
    return new SafetyRules(
        market.strategy().targetUsdNotional(),
        market.execution().maxClip(),
        settings.risk().perSymbolNotionalCap(),
        market.execution().hedgeRatio(),
        market.execution().repairTimeout().plus(grace));
  }

  private Optional<Observation> sight(MarketId market, AuditSnapshot account) {
    Instrument spot = instrument(InstrumentId.spot(market));
    Instrument perp = instrument(InstrumentId.perp(market));
    Optional<Price> mark = stage.exchange().mark(perp.id());
    return mark.map(price -> Observation.of(spot, perp, account, Trader.BOOK, price));
  }

  private Instrument instrument(InstrumentId id) {
    return stage.instruments().stream()
        .filter(each -> each.id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private Working working(MarketId market) {
    Quantity sells = Quantity.ZERO;
    Usd buys = Usd.ZERO;
    Usd perpSells = Usd.ZERO;
    RecordingVenue where = door.orElseThrow();
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

  /** What the exchange has filled of it counts as held already, heard of or not. */
  private Quantity unfilledAtVenue(PlaceOrder order) {
    Quantity filled = Quantity.ZERO;
    for (Fill fill : stage.account().fills()) {
      if (fill.clientOrderId().filter(order.order()::equals).isPresent()) {
        filled = filled.plus(fill.quantity());
      }
    }
    return order.quantity().minus(filled);
  }

  // ---- I6: our books against the exchange's

  private boolean isQuiet(AuditSnapshot account) {
    RecordingVenue where = door.orElseThrow();
    return account.fills().stream().allMatch(where::hasHeard)
        && account.fundingReceived().equals(where.fundingHeard());
  }

  private void compareBooks(AuditSnapshot account) {
    Set<Fill.Identity> counted = new LinkedHashSet<>();
    account.fills().forEach(fill -> counted.add(fill.identity()));
    if (counted.size() != account.fills().size()) {
      throw new AssertionError("I6: the exchange made two fills of one identity");
    }
    for (MarketSettings market : settings.markets()) {
      sight(market.market(), account).ifPresent(this::compareSizes);
    }
    ExchangeAudit footing = new ExchangeAudit(engine, account);
    if (!stage.ownerTrades() && !footing.agrees()) {
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
