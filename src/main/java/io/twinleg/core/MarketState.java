package io.twinleg.core;

import io.twinleg.core.Settings.MarketSettings;
import io.twinleg.core.event.Event;
import io.twinleg.core.execution.CarryPair;
import io.twinleg.core.execution.orders.WorkingOrders;
import io.twinleg.core.execution.pricing.ExecutionSettings;
import io.twinleg.core.execution.pricing.HedgeImbalance;
import io.twinleg.core.execution.pricing.LegSequence;
import io.twinleg.core.market.PairMarketData;
import io.twinleg.core.model.Exposure;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.MarketId;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.QuotaLevel;
import io.twinleg.core.model.Side;
import io.twinleg.core.model.TargetPosition;
import io.twinleg.core.model.TimeInForce;
import io.twinleg.core.model.Usd;
import io.twinleg.core.model.VenueCapabilities;
import io.twinleg.core.portfolio.PairLedger;
import io.twinleg.core.strategy.FundingCarryStrategy;
import io.twinleg.core.strategy.LiquidityRoles;
import io.twinleg.core.strategy.PortfolioSettings;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is kept for one market. */
final class MarketState {
  private static final Duration BETWEEN_DECISIONS = Duration.ofMinutes(1);

  private final MarketId id;
  private final CarryPair pair;
  private transient MarketSettings settings;
  private QuotaLevel quota = QuotaLevel.NONE;
  private VenueCapabilities capabilities;
  private transient FundingCarryStrategy strategy;
  private int index;
  private @Nullable Instant wake;
  private @Nullable TargetPosition lastTarget;
  private String lastDecision = "";
  private @Nullable Instant decidedAt;
  private @Nullable Instant pnlLoggedAt;
  private @Nullable Instant mismatchSince;
  private boolean queriedAgain;
  private @Nullable PerpLeverage leverageRequested;
  private @Nullable PerpLeverage leverageSet;
  private boolean unitGapChecked;
  private boolean adopting;
  private @Nullable Usd dayVolume;
  private @Nullable Usd openInterest;

  private record PerpLeverage(int leverage, boolean cross) {}

  MarketState(MarketSettings settings, VenueCapabilities capabilities) {
    this.id = settings.market();
    this.settings = settings;
    this.capabilities = capabilities;
    this.pair = new CarryPair(id, settings.execution(), settings.strategy().defer());
    this.strategy = newStrategy();
  }

  private FundingCarryStrategy newStrategy() {
    return new FundingCarryStrategy(
        settings.strategy(), this::liquidityRoles, settings.execution().maxClip());
  }

  /** What a round that began now would rest and take. */
  private LiquidityRoles liquidityRoles(PairMarketData data) {
    ExecutionSettings execution = pair.settings();
    LegSequence sequence = LegSequence.of(execution, data, capabilities);
    boolean rests = execution.normalTif() != TimeInForce.IOC;
    return new LiquidityRoles(
        rests && sequence.rests(Leg.SPOT),
        rests && sequence.rests(Leg.PERP),
        execution.priceOffsetTicks());
  }

  /** As the venue has reported them. */
  void capabilities(VenueCapabilities reported) {
    capabilities = reported;
  }

  void liquidity(Event.LiquidityReported reported) {
    if (reported.instrument().leg() == Leg.SPOT) {
      dayVolume = reported.usd();
    } else {
      openInterest = reported.usd();
    }
  }

  /**
   * What these shares of its volume and its open interest come to; empty where neither is known.
   */
  Optional<Usd> most(PortfolioSettings.LiquidityShares shares) {
    return Stream.concat(part(dayVolume, shares.volume()), part(openInterest, shares.interest()))
        .min(Usd::compareTo);
  }

  private static Stream<Usd> part(@Nullable Usd figure, BigDecimal share) {
    return share.signum() == 0
        ? Stream.empty()
        : Stream.ofNullable(figure).map(of -> of.times(share));
  }

  void configure(MarketSettings newSettings) {
    settings = newSettings;
    strategy = newStrategy();
    pair.configure(newSettings.execution().under(quota), newSettings.strategy().defer());
  }

  MarketId id() {
    return id;
  }

  /** Quotes as often as the venue's quota of actions allows. */
  void applyQuota(QuotaLevel level) {
    if (quota != level) {
      quota = level;
      pair.configure(settings.execution().under(quota), settings.strategy().defer());
    }
  }

  MarketSettings settings() {
    return settings;
  }

  CarryPair pair() {
    return pair;
  }

  FundingCarryStrategy strategy() {
    return strategy;
  }

  /** Its number in order ids. */
  int index() {
    return index;
  }

  void index(int resolved) {
    index = resolved;
  }

  /** When to evaluate it again, though nothing happens. */
  Optional<Instant> wake() {
    return Optional.ofNullable(wake);
  }

  void wake(@Nullable Instant at) {
    wake = at;
  }

  Optional<TargetPosition> lastTarget() {
    return Optional.ofNullable(lastTarget);
  }

  void lastTarget(TargetPosition target) {
    lastTarget = target;
  }

  /**
   * Returns whether this is another decision than the last one logged. A rate that wavers about a
   * threshold is logged once a minute, not at every change of a book.
   */
  boolean isNewDecision(String decision, Instant now) {
    boolean early = decidedAt != null && now.isBefore(decidedAt.plus(BETWEEN_DECISIONS));
    if (decision.equals(lastDecision) || early) {
      return false;
    }
    lastDecision = decision;
    decidedAt = now;
    return true;
  }

  Optional<Instant> pnlLoggedAt() {
    return Optional.ofNullable(pnlLoggedAt);
  }

  void pnlLogged(Instant at) {
    pnlLoggedAt = at;
  }

  // ---- the journal against the venue

  /** Since when the venue's reports have differed from the journal without a break. */
  Instant mismatched(Instant now) {
    Instant since = mismatchSince == null ? now : mismatchSince;
    mismatchSince = since;
    return since;
  }

  void matched() {
    mismatchSince = null;
    queriedAgain = false;
  }

  /** True once for each difference: the account is queried, lest no report comes by itself. */
  boolean mustQueryAgain(Instant now) {
    boolean due = mismatchDue().filter(at -> !now.isBefore(at)).isPresent();
    boolean first = due && !queriedAgain && !pair.isQuarantined();
    queriedAgain |= first;
    return first;
  }

  /** When a difference is to be compared again, if there is one. */
  Optional<Instant> mismatchDue() {
    return Optional.ofNullable(mismatchSince).map(since -> since.plus(PositionReconciler.LASTING));
  }

  /** A position that was found is about to be booked: no entry until then. */
  boolean isAdopting() {
    return adopting;
  }

  void adopting(boolean isAdopting) {
    adopting = isAdopting;
  }

  // ---- leverage

  /** Leverage is requested once for each setting, and confirmed by the venue's answer. */
  boolean needsLeverage() {
    return !leverageWanted().equals(leverageSet);
  }

  void leverageRequested() {
    leverageRequested = leverageWanted();
  }

  void leverageAnswered(boolean accepted) {
    leverageSet = accepted ? leverageRequested : null;
  }

  private PerpLeverage leverageWanted() {
    return new PerpLeverage(settings.execution().perpLeverage(), settings.execution().perpCross());
  }

  /** True once: when both prices of a run are known for the first time. */
  boolean firstUnitGapCheck() {
    boolean first = !unitGapChecked;
    unitGapChecked = true;
    return first;
  }

  /** Both prices of this run were known before. */
  boolean isUnitGapChecked() {
    return unitGapChecked;
  }

  void restarted() {
    matched();
    unitGapChecked = false;
    lastDecision = "";
    decidedAt = null;
    wake = null;
  }

  /** The worst that what is held and what is on its way can come to. */
  Exposure exposure(PairMarketData market, PairLedger ledger, Price price) {
    WorkingOrders orders = pair.orders();
    HedgeImbalance delta = pair.delta(market, ledger, price);
    Quantity spot = ledger.ownedSpot().plus(orders.pending(Leg.SPOT, Side.BUY));
    Quantity perp = ledger.shortPerp().plus(orders.pending(Leg.PERP, Side.SELL));
    Quantity spotInPerp =
        new Quantity(spot.value().divide(market.multiplier(), MathContext.DECIMAL64));
    return new Exposure(
        id,
        new Exposure.LegRisk(
            ledger.ownedSpot(),
            orders.pending(Leg.SPOT, Side.BUY),
            orders.pending(Leg.SPOT, Side.SELL),
            ledger.cost(Leg.SPOT).plus(orders.pendingUsd(Leg.SPOT, Side.BUY)),
            price.times(spotInPerp)),
        new Exposure.LegRisk(
            ledger.shortPerp(),
            orders.pending(Leg.PERP, Side.SELL),
            orders.pending(Leg.PERP, Side.BUY),
            ledger.cost(Leg.PERP).plus(orders.pendingUsd(Leg.PERP, Side.SELL)),
            price.times(perp)),
        delta.value(),
        delta.tolerance());
  }
}
