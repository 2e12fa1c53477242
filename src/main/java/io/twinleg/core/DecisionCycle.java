package io.twinleg.core;

import io.twinleg.core.event.Event;
import io.twinleg.core.event.LogEvent;
import io.twinleg.core.event.SequencedEvent;
import io.twinleg.core.execution.DecisionInputs;
import io.twinleg.core.execution.ExecutionSettings;
import io.twinleg.core.execution.Timers;
import io.twinleg.core.market.PairMarketData;
import io.twinleg.core.model.Denial;
import io.twinleg.core.model.EntryCheck;
import io.twinleg.core.model.Exposure;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.RiskDirective;
import io.twinleg.core.model.TargetPosition;
import io.twinleg.core.model.Usd;
import io.twinleg.core.portfolio.PairLedger;
import io.twinleg.core.risk.EntryGates;
import io.twinleg.core.risk.RiskContext;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * What one event makes the markets decide: strategy says what to hold, risk what must be, the pair
 * how.
 */
final class DecisionCycle {
  private static final Duration PNL_EVERY = Duration.ofMinutes(1);

  private final Engine engine;
  private final SequencedEvent event;
  private final CommandBuffer dispatch;
  private final Instant now;

  DecisionCycle(Engine engine, SequencedEvent event, CommandBuffer dispatch) {
    this.engine = engine;
    this.event = event;
    this.dispatch = dispatch;
    this.now = event.receivedTime();
  }

  void run() {
    if (!engine.mode().isRunning()) {
      return;
    }
    new AccountReconciler(engine, event, dispatch).run();
    new MarginSupervisor(engine, event, dispatch).run();
    watchEquity();
    watchLimits();
    for (MarketState unit : affected()) {
      engine.view().market(unit.id()).ifPresent(market -> evaluate(unit, market));
    }
    new RunLifecycle(engine, event, dispatch).run();
  }

  /** A market's own facts concern that market; everything else may concern all. */
  private Collection<MarketState> affected() {
    return switch (event.fact()) {
      case Event.BookUpdated fact -> of(fact.instrument());
      case Event.MarkPriceUpdated fact -> underWay(fact.instrument());
      case Event.FundingRateUpdated fact -> of(fact.instrument());
      case Event.FundingRateSettled fact -> of(fact.instrument());
      case Event.TradingHalted fact -> of(fact.instrument());
      default -> engine.units();
    };
  }

  private Collection<MarketState> of(InstrumentId instrument) {
    return engine.unit(instrument.market()).map(List::of).orElse(List.of());
  }

  /**
   * The mark values what is held; what a market at rest decides by are its books and rates, which
   * have facts of their own. Only a drawdown, and a residual that has become worth an order, come
   * by the mark alone.
   */
  private Collection<MarketState> underWay(InstrumentId instrument) {
    if (engine.monitor().isAlarmed() || engine.margin().demand().forbidsNewRisk()) {
      return engine.units();
    }
    return of(instrument).stream()
        .filter(unit -> !unit.pair().isAtRest() || unit.lastTarget().isEmpty() || standsApart(unit))
        .toList();
  }

  private boolean standsApart(MarketState unit) {
    PairLedger ledger = engine.portfolio().ledger(unit.id());
    boolean holding = ledger.ownedSpot().isPositive() || ledger.shortPerp().isPositive();
    return holding
        && engine
            .view()
            .market(unit.id())
            .filter(market ->
                market
                    .perpValue()
                    .filter(price -> unit.pair().delta(market, ledger, price).isUnhedged())
                    .isPresent())
            .isPresent();
  }

  /** The tripwires, and what the venue still grants: it decides how we quote. */
  private void watchLimits() {
    engine.tripwires().look(engine.units()).forEach(dispatch::tell);
    engine.risk().quota().news().ifPresent(dispatch::tell);
    engine.units().forEach(unit -> unit.spare(engine.risk().quota().thrift()));
  }

  private void watchEquity() {
    engine
        .equity()
        .flatMap(equity -> engine.monitor().observe(equity, now))
        .ifPresent(dispatch::tell);
  }

  private void evaluate(MarketState unit, PairMarketData market) {
    Optional<Price> price = market.perpValue();
    if (price.isEmpty()) {
      return;
    }
    PairLedger ledger = engine.portfolio().ledger(unit.id());
    TargetPosition target = unit.strategy().target(market, engine.fees(), now);
    unit.lastTarget(target);
    Timers deadlines = new Timers(now);
    RiskDirective demand = demand(market);
    DecisionInputs around =
        new DecisionInputs(
            market,
            ledger,
            price.get(),
            target,
            demand,
            gates(unit, market, ledger, target, demand),
            engine.fees(),
            engine.capabilities(),
            engine.mode().isStopping(),
            deadlines);
    List<LogEvent> notes =
        unit.pair()
            .react(
                around,
                dispatch.outbox(unit, wider -> context(unit, market, price.get(), demand, wider)));
    tellDecision(unit, ledger, target);
    notes.forEach(dispatch::tell);
    tellPnl(unit, market, ledger);
    schedule(unit, deadlines);
  }

  /**
   * A market under way is looked at again after the fallback interval, whatever else may happen.
   */
  private void schedule(MarketState unit, Timers deadlines) {
    if (!unit.pair().isAtRest()) {
      deadlines.passed(now.plus(engine.settings().evaluationInterval()));
    }
    engine.monitor().nextLook().ifPresent(deadlines::passed);
    unit.alignmentDue().ifPresent(deadlines::passed);
    unit.wake(deadlines.next());
  }

  private RiskDirective demand(PairMarketData market) {
    boolean flattens =
        engine.mode().isStopping()
            && engine.settings().shutdown().mode() == ShutdownSettings.Mode.FLATTEN;
    RiskDirective byStop =
        flattens ? new RiskDirective(RiskDirective.Strength.EXIT, "shutdown") : RiskDirective.NONE;
    return engine
        .mode()
        .demand()
        .strongest(engine.monitor().demand(market))
        .strongest(engine.tripwires().demand())
        .strongest(engine.margin().demand())
        .strongest(byStop);
  }

  private PreTradeChecks gates(
      MarketState unit,
      PairMarketData market,
      PairLedger ledger,
      TargetPosition target,
      RiskDirective demand) {
    return new PreTradeChecks(
        unit.id(),
        market,
        ledger,
        engine.portfolio().account(),
        target,
        unit.settings().strategy().targetUsdNotional(),
        demand,
        notReady(unit),
        unit.settings().execution(),
        unit.pair()::plan,
        engine.fees(),
        engine.capabilities(),
        engine.risk(),
        new EntryGates(engine.risk()),
        plan -> new MarginSupervisor(engine, event, dispatch).refusal(plan, market),
        this::exposures,
        now);
  }

  private Optional<Denial> notReady(MarketState unit) {
    if (engine.mode().isStopping()) {
      return Optional.of(Denial.blocked(EntryCheck.STATE, "stopping", "DRAIN", "RUN"));
    }
    if (unit.mustAskLeverage()) {
      return Optional.of(
          Denial.blocked(EntryCheck.STATE, "leverage_pending", "unconfirmed", "confirmed"));
    }
    if (engine.margin().isMoving()) {
      return Optional.of(
          Denial.blocked(EntryCheck.STATE, "collateral_moving", "under way", "done"));
    }
    Optional<Denial> leverage = leverageChanged(unit);
    if (leverage.isPresent()) {
      return leverage;
    }
    if (unit.isAdopting()) {
      return Optional.of(
          Denial.blocked(EntryCheck.STATE, "adoption_pending", "found", "in the books"));
    }
    Optional<Denial> clock = engine.tripwires().clock();
    if (clock.isPresent()) {
      return clock;
    }
    Optional<MarketState> unpriced =
        engine.units().stream().filter(this::isHeldWithoutPrice).findFirst();
    if (unpriced.isPresent()) {
      return Optional.of(
          Denial.blocked(EntryCheck.STATE, "unpriced_exposure", unpriced.get().id(), "a price"));
    }
    Quantity foreign = engine.portfolio().foreignPerp(unit.id());
    return foreign.isPositive()
        ? Optional.of(Denial.blocked(EntryCheck.STATE, "foreign_perp_long", foreign, 0))
        : Optional.empty();
  }

  /** Somebody has set another leverage than was confirmed: nothing is added to such a position. */
  private Optional<Denial> leverageChanged(MarketState unit) {
    int wanted = unit.settings().execution().perpLeverage();
    return engine
        .portfolio()
        .account()
        .reported()
        .flatMap(account -> account.leverage(InstrumentId.perp(unit.id())))
        .filter(reported -> reported != wanted)
        .map(reported ->
            Denial.blocked(EntryCheck.STATE, "leverage_changed", reported, String.valueOf(wanted)));
  }

  /** What nobody can value is not worth nothing: until it has a price, the caps cannot be kept. */
  private boolean isHeldWithoutPrice(MarketState unit) {
    PairLedger ledger = engine.portfolio().ledger(unit.id());
    boolean holds =
        ledger.shortPerp().isPositive()
            || ledger.ownedSpot().isPositive()
            || !unit.pair().orders().isEmpty();
    return holds && engine.view().market(unit.id()).flatMap(PairMarketData::perpValue).isEmpty();
  }

  private Collection<Exposure> exposures() {
    List<Exposure> all = new ArrayList<>();
    for (MarketState unit : engine.units()) {
      engine
          .view()
          .market(unit.id())
          .flatMap(market ->
              market
                  .perpValue()
                  .map(price -> unit.exposure(market, engine.portfolio().ledger(unit.id()), price)))
          .ifPresent(all::add);
    }
    return all;
  }

  private RiskContext context(
      MarketState unit, PairMarketData market, Price price, RiskDirective demand, boolean wider) {
    ExecutionSettings execution = unit.pair().settings();
    return new RiskContext(
        market,
        unit.exposure(market, engine.portfolio().ledger(unit.id()), price),
        elsewhere(unit),
        engine.portfolio().account(),
        engine.fees(),
        new RiskContext.Limits(
            unit.settings().strategy().targetUsdNotional(),
            execution.maxSlippageBps(),
            wider,
            execution.priceOffsetTicks(),
            execution.perpLeverage(),
            execution.hedgeRatio(),
            engine.capabilities().feeInBase()),
        demand,
        now);
  }

  private Usd elsewhere(MarketState unit) {
    return exposures().stream()
        .filter(exposure -> !exposure.market().equals(unit.id()))
        .map(Exposure::worstNotional)
        .reduce(Usd.ZERO, Usd::plus);
  }

  /** While a position is held, what would keep a new one from being entered is no news. */
  private void tellDecision(MarketState unit, PairLedger ledger, TargetPosition target) {
    boolean holding = ledger.shortPerp().isPositive();
    String action = action(target, holding);
    Optional<String> because =
        holding && !target.isLeave() ? Optional.empty() : target.refusal().map(Denial::reason);
    if (!unit.decides(because.map(reason -> action + " " + reason).orElse(action), now)) {
      return;
    }
    TargetPosition.Edge edge = target.edge();
    dispatch.tell(
        LogEvent.info("decision")
            .in(unit.id())
            .with("apr", edge.apr())
            .with("apr_running", edge.aprRunning())
            .with("ev_bps", edge.expectedValueBps())
            .with("break_even_h", edge.breakEvenHours())
            .with("basis_bps", edge.basisBps())
            .with("action", action)
            .with("because", because));
  }

  private static String action(TargetPosition target, boolean holding) {
    return switch (target.stance()) {
      case ENTER -> holding ? "hold" : "enter";
      case KEEP -> holding ? "hold" : "wait";
      case LEAVE_RATE, LEAVE_VALUE -> holding ? "leave" : "wait";
    };
  }

  private void tellPnl(MarketState unit, PairMarketData market, PairLedger ledger) {
    boolean holding = ledger.shortPerp().isPositive();
    boolean due = unit.pnlToldAt().map(at -> !now.isBefore(at.plus(PNL_EVERY))).orElse(true);
    if (holding && due && market.spotValue().isPresent()) {
      unit.pnlTold(now);
      dispatch.tell(PnlLog.update(unit.id(), ledger, market, unit.lastTarget()));
    }
  }
}
