package io.twinleg.core;

import io.twinleg.core.Settings.MarketSettings;
import io.twinleg.core.execution.CarryPair;
import io.twinleg.core.execution.ExecutionSettings;
import io.twinleg.core.execution.HedgeImbalance;
import io.twinleg.core.execution.LegSequence;
import io.twinleg.core.execution.WorkingOrders;
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
import io.twinleg.core.model.VenueCapabilities;
import io.twinleg.core.portfolio.PairLedger;
import io.twinleg.core.strategy.FundingCarryStrategy;
import io.twinleg.core.strategy.LiquidityRoles;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** All that the Engine keeps for one market. */
final class MarketState {
  private static final Duration DECISIONS_APART = Duration.ofMinutes(1);

  private final MarketId id;
  private final CarryPair pair;
  private MarketSettings settings;
  private QuotaLevel thrift = QuotaLevel.NONE;
  private VenueCapabilities capabilities;
  private FundingCarryStrategy strategy;
  private int index;
  private Optional<Instant> wake = Optional.empty();
  private Optional<TargetPosition> lastTarget = Optional.empty();
  private String decided = "";
  private Optional<Instant> decidedAt = Optional.empty();
  private Optional<Instant> pnlToldAt = Optional.empty();
  private Optional<Instant> apartFromVenueSince = Optional.empty();
  private boolean lookedAgain;
  private Optional<String> leverageAsked = Optional.empty();
  private Optional<String> leverageSet = Optional.empty();
  private boolean unitGapChecked;
  private boolean adopting;

  MarketState(MarketSettings settings, VenueCapabilities capabilities) {
    this.id = settings.market();
    this.settings = settings;
    this.capabilities = capabilities;
    this.pair = new CarryPair(id, settings.execution(), settings.strategy().defer());
    this.strategy = newStrategy();
  }

  private FundingCarryStrategy newStrategy() {
    return new FundingCarryStrategy(
        settings.strategy(), this::style, settings.execution().maxClip());
  }

  /** What a round that began now would rest and take. */
  private LiquidityRoles style(PairMarketData market) {
    ExecutionSettings execution = pair.settings();
    LegSequence approach = LegSequence.of(execution, market, capabilities);
    boolean rests = execution.normalTif() != TimeInForce.IOC;
    return new LiquidityRoles(
        rests && approach.rests(Leg.SPOT),
        rests && approach.rests(Leg.PERP),
        execution.priceOffsetTicks());
  }

  /** What the venue can do, once it has said so. */
  void capabilities(VenueCapabilities reported) {
    capabilities = reported;
  }

  void configure(MarketSettings newSettings) {
    settings = newSettings;
    strategy = newStrategy();
    pair.configure(newSettings.execution().under(thrift), newSettings.strategy().defer());
  }

  MarketId id() {
    return id;
  }

  /** Quotes as often as the venue's count of actions allows. */
  void spare(QuotaLevel needed) {
    if (thrift != needed) {
      thrift = needed;
      pair.configure(settings.execution().under(thrift), settings.strategy().defer());
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

  int index() {
    return index;
  }

  void index(int pinned) {
    index = pinned;
  }

  Optional<Instant> wake() {
    return wake;
  }

  void wake(Optional<Instant> at) {
    wake = at;
  }

  Optional<TargetPosition> lastTarget() {
    return lastTarget;
  }

  void lastTarget(TargetPosition target) {
    lastTarget = Optional.of(target);
  }

  /**
   * Returns whether this is another decision than the last one told. A rate that wavers about a
   * threshold is told once a minute, not at every change of a book.
   */
  boolean decides(String decision, Instant now) {
    boolean early = decidedAt.filter(at -> now.isBefore(at.plus(DECISIONS_APART))).isPresent();
    if (decision.equals(decided) || early) {
      return false;
    }
    decided = decision;
    decidedAt = Optional.of(now);
    return true;
  }

  Optional<Instant> pnlToldAt() {
    return pnlToldAt;
  }

  void pnlTold(Instant at) {
    pnlToldAt = Optional.of(at);
  }

  /** Since when the venue's reports have differed from our books without a break. */
  Instant alignmentMissed(Instant now) {
    Instant since = apartFromVenueSince.orElse(now);
    apartFromVenueSince = Optional.of(since);
    return since;
  }

  void aligned() {
    apartFromVenueSince = Optional.empty();
    lookedAgain = false;
  }

  /** True once for each difference: the venue is to be asked, lest no report comes by itself. */
  boolean mustLookAgain(Instant now) {
    boolean due = alignmentDue().filter(at -> !now.isBefore(at)).isPresent();
    boolean first = due && !lookedAgain && !pair.isQuarantined();
    lookedAgain |= first;
    return first;
  }

  /** When a difference is to be looked at again, if there is one. */
  Optional<Instant> alignmentDue() {
    return apartFromVenueSince.map(since -> since.plus(AccountReconciler.BETWEEN_ALIGNMENTS));
  }

  /** Leverage is asked for once for each setting, and confirmed by the venue's answer. */
  boolean mustAskLeverage() {
    return !leverageSet.equals(Optional.of(leverageWanted()));
  }

  void leverageAsked() {
    leverageAsked = Optional.of(leverageWanted());
  }

  void leverageAnswered(boolean accepted) {
    leverageSet = accepted ? leverageAsked : Optional.empty();
  }

  private String leverageWanted() {
    return settings.execution().perpLeverage()
        + (settings.execution().perpCross() ? " cross" : " isolated");
  }

  /** A position that was found is about to be taken into the books: no entry until then. */
  boolean isAdopting() {
    return adopting;
  }

  void adopting(boolean isAdopting) {
    adopting = isAdopting;
  }

  /** True once: the first look at both prices of a run. */
  boolean firstUnitGapCheck() {
    boolean first = !unitGapChecked;
    unitGapChecked = true;
    return first;
  }

  void restarted() {
    aligned();
    unitGapChecked = false;
    decided = "";
    decidedAt = Optional.empty();
    wake = Optional.empty();
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
