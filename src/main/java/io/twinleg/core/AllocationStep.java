package io.twinleg.core;

import io.twinleg.core.event.LogEvent;
import io.twinleg.core.execution.CarryPair;
import io.twinleg.core.execution.pricing.ClipPricer;
import io.twinleg.core.market.PairMarketData;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.MarketId;
import io.twinleg.core.model.MarketId.VenueId;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.RiskDirective;
import io.twinleg.core.model.Side;
import io.twinleg.core.model.Usd;
import io.twinleg.core.portfolio.PairLedger;
import io.twinleg.core.risk.EntryGates;
import io.twinleg.core.strategy.Allocation;
import io.twinleg.core.strategy.Allocation.Assignment;
import io.twinleg.core.strategy.Allocation.Candidate;
import io.twinleg.core.strategy.Allocation.Standing;
import io.twinleg.core.strategy.CarryOutlook;
import io.twinleg.core.strategy.PortfolioSettings;
import io.twinleg.core.strategy.VenueShares;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The first half of the deciding step, where one capital is spread over many markets: once an hour,
 * after the rates have settled, it decides which are held ({@link Allocation}). Each market's
 * execution then goes towards that, one clip at a time over all of them. Without a portfolio it
 * does nothing.
 */
final class AllocationStep {
  private static final int BPS_DECIMALS = 2;

  private final State state;
  private final PortfolioSettings settings;
  private final Instant now;

  private AllocationStep(State state, PortfolioSettings settings, Instant now) {
    this.state = state;
    this.settings = settings;
    this.now = now;
  }

  /** Returns whether it decided anew, so that every market has to answer. */
  static boolean decide(State state, Instant now, EngineOutput.Builder output) {
    return state
        .settings
        .portfolio()
        .map(settings -> new AllocationStep(state, settings, now).decide(output))
        .orElse(false);
  }

  private boolean decide(EngineOutput.Builder output) {
    state.all().forEach(this::follow);
    boolean isAnyAway = state.venues.values().stream().anyMatch(State.VenueState::isAwaited);
    state.allocation.venues(isAnyAway);
    if (state.run.isStopping() || !state.allocation.isDue(now, isComplete())) {
      return false;
    }
    List<Candidate> candidates = new ArrayList<>();
    state.all().forEach(market -> candidates.add(candidate(market)));
    Map<MarketId, Assignment> before = new TreeMap<>(state.allocation.assignments());
    Map<MarketId, Assignment> decided =
        Allocation.decide(settings, shares(), candidates, before, now);
    state.allocation.decided(decided, isAnyAway, now);
    for (Candidate candidate : candidates) {
      Assignment assignment = decided.get(candidate.market());
      if (assignment != null && isNew(before.get(candidate.market()), assignment)) {
        output.log(line(candidate, assignment));
      }
    }
    return true;
  }

  /** Only where there are several venues does it matter where the money lies. */
  private VenueShares shares() {
    if (state.venues.size() == 1) {
      return VenueShares.OF_ONE;
    }
    Map<VenueId, Usd> lying = new TreeMap<>();
    state
        .venues
        .values()
        .forEach(venue -> lying.put(venue.id(), state.capitalAt(venue).orElse(Usd.ZERO)));
    Map<MarketId, Usd> needed = new TreeMap<>();
    state.all().forEach(market -> needed.put(market.id(), needed(market)));
    return new VenueShares(lying, needed);
  }

  /** What its target takes of the money that lies there. */
  private Usd needed(MarketState market) {
    BigDecimal collateral = state.settings.risk().marginBands().target().max(initial(market));
    return market.settings().strategy().targetUsdNotional().times(perUsd(market, collateral));
  }

  private static BigDecimal initial(MarketState market) {
    return BigDecimal.ONE.divide(
        BigDecimal.valueOf(market.settings().execution().perpLeverage()), MathContext.DECIMAL64);
  }

  private BigDecimal perUsd(MarketState market, BigDecimal collateral) {
    return EntryGates.capitalShare(
        market.settings().execution().maxSlippageBps(),
        collateral,
        state.venue(market).fees.taker(Leg.PERP));
  }

  private void follow(MarketState market) {
    PairLedger ledger = state.ledger(market);
    state.allocation.follow(market.id(), isHeld(market), ledger, now);
    if (market.pair().isLeaving()) {
      state.allocation.rotating(market.id(), now);
    }
  }

  /** Every market that trades has its books, and its rate of this hour. */
  private boolean isComplete() {
    Instant hour = now.truncatedTo(ChronoUnit.HOURS);
    return state.all().stream()
        .allMatch(market ->
            market.pair().isQuarantined()
                || state.venue(market).isAwaited()
                || state
                    .data(market)
                    .filter(data ->
                        data.isHalted()
                            || data.isDelisted()
                            || (data.staleness().isEmpty() && data.funding().isSettled(hour)))
                    .isPresent());
  }

  private boolean isHeld(MarketState market) {
    CarryPair pair = market.pair();
    return state.ledger(market).shortPerp().isPositive()
        || (!pair.isFlat() && !pair.isQuarantined());
  }

  // ---- one market as it stands

  private Candidate candidate(MarketState market) {
    MarketId id = market.id();
    return new Candidate(
        id,
        standing(market),
        outlook(market),
        state.allocation.heldSince(id),
        state.allocation.rotatedAt(id),
        most(market));
  }

  private Standing standing(MarketState market) {
    boolean trades =
        state
            .data(market)
            .filter(data -> !data.isHalted() && !data.isDelisted() && data.staleness().isEmpty())
            .isPresent();
    boolean quarantined = market.pair().isQuarantined();
    if (!isHeld(market)) {
      return trades && !quarantined && mayEnter(market) ? Standing.FLAT : Standing.BARRED;
    }
    if (!market.pair().isAtRest()
        || (market.mismatchDue().isPresent() && !quarantined)
        || market.isAdopting()) {
      return Standing.UNRESOLVED;
    }
    return trades && !quarantined ? Standing.HELD : Standing.FROZEN;
  }

  /** Nothing is left for a market that could not be entered: paused, halted by a guard. */
  private boolean mayEnter(MarketState market) {
    return state
        .data(market)
        .filter(data -> !RiskProtection.directive(state, market, data).forbidsNewRisk())
        .isPresent();
  }

  private CarryOutlook outlook(MarketState market) {
    Optional<PairMarketData> data = state.data(market);
    return new CarryOutlook(
        market.settings().strategy(),
        data.flatMap(each -> settings.forecast().perHour(each.funding(), now)).orElse(null),
        data.flatMap(each -> market.strategy().costs(each, state.venue(market).fees)).orElse(null),
        data.map(each -> earnings(market, each)).orElse(null));
  }

  private CarryOutlook.@Nullable Earnings earnings(MarketState market, PairMarketData data) {
    PairLedger ledger = state.ledger(market);
    Optional<Price> price = state.mark(InstrumentId.perp(market.id()));
    if (price.isEmpty() || !ledger.shortPerp().isPositive()) {
      return null;
    }
    return new CarryOutlook.Earnings(
        price.get().times(ledger.shortPerp()),
        ledger.invested(),
        state.allocation.feesPaid(market.id(), ledger),
        state.allocation.funding(market.id(), ledger),
        exitDepth(market, data).compareTo(ledger.shortPerp()) >= 0);
  }

  /** What could be closed at once within the slippage cap, by the thinner book; in perp units. */
  private static Quantity exitDepth(MarketState market, PairMarketData data) {
    return ClipPricer.depth(data, market.pair().settings(), Leg.SPOT, Side.SELL)
        .min(ClipPricer.depth(data, market.pair().settings(), Leg.PERP, Side.BUY));
  }

  /**
   * What the cap of a market, the depth to leave it again, its collateral, and its volume and open
   * interest, where the venue says them, allow; nothing without a price.
   */
  private Usd most(MarketState market) {
    Optional<Price> price = state.mark(InstrumentId.perp(market.id()));
    return state
        .data(market)
        .flatMap(
            data -> price.map(at -> at.times(exitDepth(market, data)).min(carried(market, data))))
        .map(depth -> depth.min(state.settings.risk().perSymbolNotionalCap()))
        .map(most -> market.most(settings.liquidity()).map(most::min).orElse(most))
        .orElse(Usd.ZERO);
  }

  /**
   * What an equal part of the capital carries where the short is to stand the worst rise of a day:
   * the more collateral a coin asks for, the less is held.
   */
  private Usd carried(MarketState market, PairMarketData data) {
    BigDecimal aimedAt =
        state
            .venue(market)
            .margin
            .bands(data.instrument(Leg.PERP).maxLeverage())
            .target()
            .max(initial(market));
    BigDecimal part =
        settings
            .capital()
            .value()
            .divide(BigDecimal.valueOf(settings.maxPositions()), MathContext.DECIMAL64);
    Usd target = market.settings().strategy().targetUsdNotional();
    return settings
        .volatility()
        .of(market.id(), data.worstRise().orElse(null))
        .filter(collateral -> collateral.compareTo(aimedAt) > 0)
        .map(collateral ->
            new Usd(part.divide(perUsd(market, collateral), MathContext.DECIMAL64)).min(target))
        .orElse(target);
  }

  // ---- for people

  /** Empty without a portfolio, and before the first decision. */
  static Optional<Engine.CapitalStatus> reading(State state, Instant now) {
    return state
        .settings
        .portfolio()
        .filter(settings -> !state.allocation.assignments().isEmpty())
        .map(settings -> new AllocationStep(state, settings, now).reading());
  }

  private Engine.CapitalStatus reading() {
    List<Engine.CapitalStatus.Row> rows = new ArrayList<>();
    Usd inUse = Usd.ZERO;
    for (MarketState market : state.all()) {
      CarryOutlook outlook = outlook(market);
      state
          .allocation
          .assignment(market.id())
          .ifPresent(assignment -> rows.add(row(market, assignment, outlook)));
      inUse = inUse.plus(inUse(market, outlook));
    }
    Usd idle = settings.capital().minus(inUse).max(Usd.ZERO);
    return new Engine.CapitalStatus(settings.capital(), inUse, idle, rows);
  }

  private Engine.CapitalStatus.Row row(
      MarketState market, Assignment assignment, CarryOutlook outlook) {
    boolean isLeft =
        assignment.choice() == Allocation.Choice.LEAVE
            || market.pair().isLeaving()
            || state
                .data(market)
                .filter(data -> {
                  RiskDirective risk = RiskProtection.directive(state, market, data);
                  return risk.isExit() || risk.isReduction();
                })
                .isPresent();
    boolean held = outlook.earnings() != null;
    return new Engine.CapitalStatus.Row(
        market.id(),
        assignment.choice().name().toLowerCase(Locale.ROOT),
        assignment.reason().logName(),
        assignment.other(),
        assignment.notional(),
        outlook.forecastApr().map(apr -> apr.setScale(6, RoundingMode.HALF_EVEN)).orElse(null),
        state.data(market).map(data -> data.funding().negativeHours()).orElse(0),
        held ? outlook.readiness(isLeft).words() : "",
        held ? outlook.breakEvenHoursLeft().orElse(null) : null);
  }

  /** The coins at cost, and the collateral that the ratio asks for. */
  private Usd inUse(MarketState market, CarryOutlook outlook) {
    CarryOutlook.Earnings position = outlook.earnings();
    Usd spot = state.ledger(market).cost(Leg.SPOT);
    return position == null
        ? spot
        : spot.plus(position.notional().times(state.settings.risk().marginBands().target()));
  }

  // ---- the log

  private static boolean isNew(@Nullable Assignment before, Assignment now) {
    return before == null
        || before.choice() != now.choice()
        || before.reason() != now.reason()
        || !before.inRotationWith().equals(now.inRotationWith());
  }

  private LogEvent line(Candidate candidate, Assignment assignment) {
    CarryOutlook outlook = candidate.outlook();
    LogEvent line =
        LogEvent.info("allocation")
            .in(candidate.market())
            .with("action", assignment.choice().name().toLowerCase(Locale.ROOT))
            .with("reason", assignment.reason().logName())
            .with("target_usd", assignment.notional().value().setScale(2, RoundingMode.HALF_EVEN))
            .with(
                "forecast_apr",
                outlook.forecastApr().map(apr -> apr.setScale(6, RoundingMode.HALF_EVEN)))
            .with("rotation_with", assignment.inRotationWith().map(MarketId::name));
    CarryOutlook.Costs costs = outlook.costs();
    if (costs != null) {
      line =
          line.with(
                  "enter_bps",
                  costs.enter().movePointRight(4).setScale(BPS_DECIMALS, RoundingMode.HALF_EVEN))
              .with(
                  "exit_bps",
                  costs.exit().movePointRight(4).setScale(BPS_DECIMALS, RoundingMode.HALF_EVEN));
    }
    return candidate.heldSince() == null
        ? line
        : line.with("break_even_h_left", outlook.breakEvenHoursLeft());
  }
}
