package io.twinleg.core;

import io.twinleg.core.execution.EntryAssessment;
import io.twinleg.core.execution.EntryAssessment.Verdict;
import io.twinleg.core.execution.PairSnapshot;
import io.twinleg.core.execution.pricing.ClipSizer;
import io.twinleg.core.execution.pricing.ExecutionSettings;
import io.twinleg.core.execution.pricing.HedgeImbalance;
import io.twinleg.core.model.Denial;
import io.twinleg.core.model.EntryCheck;
import io.twinleg.core.model.EntryClip;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.TargetPosition;
import io.twinleg.core.model.Usd;
import io.twinleg.core.risk.ActionQuota;
import io.twinleg.core.risk.EntryGates;
import io.twinleg.core.risk.RiskSettings;
import io.twinleg.core.strategy.StrategySettings;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The entry gates of specification 1.7 in their order. The pair adds its own (cooldown, pause, open
 * orders). Each is evaluated at most once for a market and an event.
 */
final class EntryEvaluation {
  private final State state;
  private final MarketState market;
  private final PairSnapshot.Inputs inputs;
  private final RiskSettings risk;

  private EntryEvaluation(State state, MarketState market, PairSnapshot.Inputs inputs) {
    this.state = state;
    this.market = market;
    this.inputs = inputs;
    this.risk = state.settings.risk();
  }

  /** All but the next clip, which is evaluated where a state considers one. */
  static EntryAssessment gates(State state, MarketState market, PairSnapshot.Inputs inputs) {
    return new EntryEvaluation(state, market, inputs).gates();
  }

  /** The next clip, or the first gate that denies it. */
  static Verdict nextClip(State state, MarketState market, PairSnapshot.Inputs inputs) {
    return new EntryEvaluation(state, market, inputs).nextClip();
  }

  /** Every gate by itself, whatever the others say, for people. */
  static List<GateReading> readings(State state, MarketState market, PairSnapshot.Inputs inputs) {
    EntryEvaluation evaluation = new EntryEvaluation(state, market, inputs);
    List<GateReading> readings = new ArrayList<>(evaluation.ofTheTarget());
    readings.addAll(evaluation.ofTheMarket());
    readings.addAll(evaluation.ofTheClip());
    return readings;
  }

  private List<GateReading> ofTheTarget() {
    StrategySettings strategy = market.settings().strategy();
    TargetPosition.Edge edge = inputs.target().edge();
    List<GateReading> readings = new ArrayList<>();
    readings.add(
        GateReading.atLeast(
            EntryCheck.APR, "apr", edge.apr().orElse(null), strategy.enterThresholdApr()));
    if (strategy.evGate()) {
      readings.add(
          GateReading.atLeast(
              EntryCheck.EXPECTED_VALUE,
              "ev_bps",
              edge.expectedValueBps().orElse(null),
              strategy.minEdgeBps()));
      readings.add(
          GateReading.atMost(
              EntryCheck.EXPECTED_VALUE,
              "break_even_h",
              edge.breakEvenHours().map(BigDecimal::valueOf).orElse(null),
              BigDecimal.valueOf(strategy.maxBreakEvenHours())));
    }
    if (risk.minSpreadTicks() > 0) {
      readings.add(
          GateReading.atLeast(
              EntryCheck.BASIS,
              "min_spread_ticks",
              inputs
                  .market()
                  .spreadTicks()
                  .map(ticks -> ticks.setScale(2, RoundingMode.FLOOR))
                  .orElse(null),
              BigDecimal.valueOf(risk.minSpreadTicks())));
    }
    readings.add(
        GateReading.atMost(
            EntryCheck.BASIS,
            "unit_gap",
            inputs
                .market()
                .midBasis()
                .map(gap -> gap.abs().setScale(6, RoundingMode.HALF_EVEN))
                .orElse(null),
            risk.maxUnitGap()));
    return readings;
  }

  private List<GateReading> ofTheMarket() {
    BigDecimal ordersLeft = BigDecimal.valueOf(state.risk.ordersLeft(inputs.now()));
    return List.of(
        GateReading.of(EntryCheck.STATE, "ready", notReady().orElse(null), "ready"),
        GateReading.of(
            EntryCheck.DATA_FRESH,
            "stale_data",
            EntryGates.stale(inputs.market(), state.account(market).isFresh()).orElse(null),
            "fresh"),
        GateReading.of(EntryCheck.GUARD, "guard_halted", guard().orElse(null), "running"),
        GateReading.of(
            EntryCheck.ROUND_PAUSE,
            "pause",
            market.pair().snapshot(inputs, gates()).ownDenial().orElse(null),
            "over"),
        new GateReading(
            EntryCheck.TARGET_REACHED,
            "target_reached",
            inputs.ledger().invested().toString(),
            target().toString(),
            targetReached().isEmpty()),
        GateReading.atLeast(
            EntryCheck.NOTIONAL_CAP,
            "notional_cap_block",
            state.risk.headroom(market.id(), state.exposures()).plain(),
            least().plain()),
        GateReading.atLeast(EntryCheck.RATE_BUDGET, "rate_limited", ordersLeft, BigDecimal.ONE),
        GateReading.of(EntryCheck.COIN, "coin", coin().orElse(null), "traded"));
  }

  /** Of a full clip, also where the target or the caps leave nothing for one. */
  private List<GateReading> ofTheClip() {
    Optional<EntryClip> clip = market.pair().nextClip(inputs, execution().maxClip());
    if (clip.isEmpty()) {
      return List.of(
          new GateReading(EntryCheck.DEPTH, "no_quote", "none", "a quote on both legs", false));
    }
    EntryGates.Terms terms = terms();
    Optional<Denial> balances = EntryGates.balances(clip.get(), inputs.market(), terms);
    Optional<Denial> depth = EntryGates.depth(clip.get(), inputs.market(), terms);
    Optional<Denial> margin = RiskProtection.marginAfter(state, market, clip.get(), inputs);
    return List.of(
        GateReading.of(
            EntryCheck.NOTIONAL_CAP,
            "hedge_below_minimum",
            hedgeable(clip.get()).orElse(null),
            "enough"),
        GateReading.of(EntryCheck.BALANCES, "balances", balances.orElse(null), "enough"),
        GateReading.of(EntryCheck.DEPTH, "depth", depth.orElse(null), "enough"),
        GateReading.of(EntryCheck.BALANCES, "margin_ratio", margin.orElse(null), "enough"));
  }

  private EntryAssessment gates() {
    Denial interruption =
        market.pair().isEntering()
            ? ready().or(this::basis).or(this::guard).or(this::coin).orElse(null)
            : null;
    return new EntryAssessment(
        EntryAssessment.NOT_EVALUATED,
        interruption,
        targetReached().orElse(null),
        rate(1).isEmpty(),
        quota().isSpent(),
        EntryGates.isGapTooWide(inputs.market(), risk),
        AllocatedTarget.underWayElsewhere(state, market).isPresent());
  }

  private Verdict nextClip() {
    Optional<Denial> first =
        ready()
            .or(() -> inputs.target().refusal())
            .or(this::basis)
            .or(this::guard)
            .or(this::targetReached)
            .or(this::capped)
            .or(this::coin)
            .or(this::underWayElsewhere);
    return first.<Verdict>map(Verdict.Denied::new).orElseGet(this::sized);
  }

  private Verdict sized() {
    Usd size = ClipSizer.clip(payable(headroom()), execution().maxClip(), leastClip());
    Optional<EntryClip> clip = market.pair().nextClip(inputs, size);
    if (clip.isEmpty()) {
      return new Verdict.Denied(
          Denial.blocked(EntryCheck.DEPTH, "no_quote", "none", "a quote on both legs"));
    }
    return hedgeable(clip.get())
        .or(() -> affordable(clip.get()))
        .<Verdict>map(Verdict.Denied::new)
        .orElseGet(() -> new Verdict.Allowed(clip.get()));
  }

  /**
   * A hedge that is worth no order leaves its clip alone, to be given back and bought again. What
   * stands alone already is closed by the hedge of the leg that fills first, or counts against it.
   */
  private Optional<Denial> hedgeable(EntryClip clip) {
    HedgeImbalance gap = market.pair().delta(inputs.market(), inputs.ledger(), inputs.price());
    Quantity before =
        switch (execution().legMode()) {
          case SPOT_FIRST -> gap.value();
          case PERP_FIRST -> gap.value().negated();
          case AUTO, BATCH, BOTH -> gap.value().abs().negated();
        };
    Usd hedge = clip.perpPrice().times(clip.perp().plus(before));
    return hedge.isBelow(gap.least())
        ? Optional.of(
            Denial.blocked(EntryCheck.NOTIONAL_CAP, "hedge_below_minimum", hedge, gap.least()))
        : Optional.empty();
  }

  private Optional<Denial> affordable(EntryClip clip) {
    EntryGates.Terms terms = terms();
    return EntryGates.balances(clip, inputs.market(), terms)
        .or(() -> EntryGates.depth(clip, inputs.market(), terms))
        .or(() -> rate(clip.orders()))
        .or(() -> RiskProtection.marginAfter(state, market, clip, inputs));
  }

  private EntryGates.Terms terms() {
    return new EntryGates.Terms(
        EntriesElsewhere.funds(state, market),
        inputs.fees(),
        execution().perpLeverage(),
        execution().maxSlippageBps());
  }

  private ExecutionSettings execution() {
    return market.settings().execution();
  }

  // ---- the gates

  private Optional<Denial> ready() {
    return notReady().or(() -> EntryGates.stale(inputs.market(), state.account(market).isFresh()));
  }

  private Optional<Denial> basis() {
    return EntryGates.basis(inputs.market(), risk);
  }

  private Optional<Denial> coin() {
    return EntryGates.coin(inputs.market());
  }

  private Optional<Denial> rate(int orders) {
    return state.risk.rate(inputs.now(), orders).or(quota()::refusal);
  }

  private ActionQuota quota() {
    return state.risk.quotas().of(market.id().venue());
  }

  private Optional<Denial> guard() {
    return inputs.directive().forbidsNewRisk()
        ? Optional.of(
            Denial.named(EntryCheck.GUARD, "guard_halted", inputs.directive().reason(), "running"))
        : Optional.empty();
  }

  /** One clip at a time over all markets that share a capital. */
  private Optional<Denial> underWayElsewhere() {
    return AllocatedTarget.underWayElsewhere(state, market)
        .flatMap(other -> notReady("another_market_under_way", other, "none"));
  }

  private Usd target() {
    return AllocatedTarget.notional(state, market);
  }

  private Usd remaining() {
    return target().minus(inputs.ledger().invested());
  }

  private Usd least() {
    return ClipSizer.leastRemaining(target(), leastClip());
  }

  private Usd leastClip() {
    return ClipSizer.leastClip(inputs.market(), execution().hedgeRatio());
  }

  private Optional<Denial> targetReached() {
    return remaining().isBelow(least())
        ? Optional.of(
            Denial.named(
                EntryCheck.TARGET_REACHED, "target_reached", inputs.ledger().invested(), target()))
        : Optional.empty();
  }

  private Usd headroom() {
    return remaining().min(state.risk.headroom(market.id(), state.exposures()));
  }

  /**
   * A part of one capital is entered as far as the wallets carry it: the costs of a rotation, or a
   * fee that is kept in coins, must not leave all of it idle. Less than a position is worth is not.
   */
  private Usd payable(Usd wanted) {
    if (state.settings.portfolio().isEmpty()) {
      return wanted;
    }
    Usd carried = EntryGates.carried(terms());
    Usd least = new Usd(StrategySettings.LEAST_TARGET_USD).max(leastClip());
    return carried.isBelow(least) ? wanted : wanted.min(carried);
  }

  private Optional<Denial> capped() {
    Usd headroom = headroom();
    return headroom.isBelow(least())
        ? Optional.of(
            Denial.named(EntryCheck.NOTIONAL_CAP, "notional_cap_block", headroom, least()))
        : Optional.empty();
  }

  // ---- gate 1: the run and the market

  private Optional<Denial> notReady() {
    if (inputs.stopping()) {
      return notReady("stopping", "DRAIN", "RUN");
    }
    if (market.needsLeverage()) {
      return notReady("leverage_pending", "unconfirmed", "confirmed");
    }
    State.VenueState venue = state.venue(market);
    if (!venue.strays.isEmpty()) {
      return notReady("unknown_own_order", venue.strays.firstKey(), "none at the venue");
    }
    if (venue.margin.isMoving()) {
      return notReady("collateral_moving", "under way", "done");
    }
    Optional<Denial> leverage = leverageChanged();
    if (leverage.isPresent()) {
      return leverage;
    }
    if (market.isAdopting()) {
      return notReady("adoption_pending", "found", "in the books");
    }
    Optional<Denial> outside = state.breakers.clock(venue.id()).or(state.breakers::disk);
    if (outside.isPresent()) {
      return outside;
    }
    Optional<MarketState> unpriced =
        state.all().stream().filter(this::isHeldWithoutPrice).findFirst();
    if (unpriced.isPresent()) {
      return notReady("unpriced_exposure", unpriced.get().id(), "a price");
    }
    Quantity foreign = state.portfolio.foreignPerp(market.id());
    return foreign.isPositive() ? notReady("foreign_perp_long", foreign, 0) : Optional.empty();
  }

  private static Optional<Denial> notReady(String reason, Object value, Object limit) {
    return Optional.of(Denial.blocked(EntryCheck.STATE, reason, value, limit));
  }

  /** Another leverage was set than was confirmed: nothing is added to such a position. */
  private Optional<Denial> leverageChanged() {
    int wanted = execution().perpLeverage();
    return state
        .account(market)
        .reported()
        .flatMap(account -> account.leverage(InstrumentId.perp(market.id())))
        .filter(reported -> reported != wanted)
        .flatMap(reported -> notReady("leverage_changed", reported, wanted));
  }

  /** What has no price is not worth nothing: until it has one, the caps cannot be kept. */
  private boolean isHeldWithoutPrice(MarketState other) {
    boolean holds = state.ledger(other).isHolding() || !other.pair().orders().isEmpty();
    boolean isAsBefore =
        state.venue(other).isAwaited()
            && state.data(other).flatMap(data -> data.lastValue(Leg.PERP)).isPresent();
    return holds && !isAsBefore && state.mark(InstrumentId.perp(other.id())).isEmpty();
  }
}
