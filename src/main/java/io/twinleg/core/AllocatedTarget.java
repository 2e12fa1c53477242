package io.twinleg.core;

import io.twinleg.core.market.PairMarketData;
import io.twinleg.core.model.Denial;
import io.twinleg.core.model.EntryCheck;
import io.twinleg.core.model.Exposure;
import io.twinleg.core.model.MarketId;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.RiskDirective;
import io.twinleg.core.model.TargetPosition;
import io.twinleg.core.model.TargetPosition.Stance;
import io.twinleg.core.model.Usd;
import io.twinleg.core.strategy.Allocation.Assignment;
import io.twinleg.core.strategy.Allocation.Choice;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Optional;

/**
 * What one market makes of the last decision of {@link AllocationStep}: what to hold of it, when
 * its turn has come, and when it is brought back to its part. Without a portfolio its own strategy
 * decides alone.
 */
final class AllocatedTarget {
  /** Of a cap that was exceeded so much is kept: the next move is not to exceed it at once. */
  private static final BigDecimal BELOW_CAP = new BigDecimal("0.875");

  private AllocatedTarget() {}

  /** What is to be held of one market; without a portfolio what its own strategy says. */
  static TargetPosition target(State state, MarketState market, TargetPosition alone) {
    if (state.settings.portfolio().isEmpty()) {
      return alone;
    }
    Optional<Assignment> assignment = state.allocation.assignment(market.id());
    if (assignment.isEmpty()) {
      return stay(alone, true, "not_yet_allocated", "none", "a decision");
    }
    return switch (assignment.get().choice()) {
      case LEAVE -> leave(alone, assignment.get());
      case WAIT -> stay(alone, false, assignment.get().reason().logName(), "not held", "a place");
      case HOLD -> hold(state, alone, assignment.get());
    };
  }

  private static TargetPosition hold(State state, TargetPosition alone, Assignment assignment) {
    Optional<MarketId> first = assignment.inRotationWith().filter(other -> !isOut(state, other));
    return first
        .map(other -> stay(alone, true, "waits_for_exit", other.name(), "flat"))
        .orElseGet(() ->
            new TargetPosition(
                Stance.ENTER, assignment.notional(), true, alone.edge(), Optional.empty()));
  }

  private static boolean isOut(State state, MarketId id) {
    return state
        .market(id)
        .filter(market -> !market.pair().isFlat() || state.ledger(market).shortPerp().isPositive())
        .isEmpty();
  }

  private static TargetPosition leave(TargetPosition alone, Assignment assignment) {
    Stance stance =
        switch (assignment.reason()) {
          case EXIT_THRESHOLD -> Stance.LEAVE_RATE;
          case STAYING_COSTS_MORE -> Stance.LEAVE_VALUE;
          default -> Stance.LEAVE_ROTATION;
        };
    String other = assignment.inRotationWith().map(MarketId::name).orElse("none");
    return new TargetPosition(
        stance,
        Usd.ZERO,
        false,
        alone.edge(),
        Optional.of(refusal(assignment.reason().logName(), other, "held")));
  }

  private static TargetPosition stay(
      TargetPosition alone, boolean worthFinishing, String reason, String found, String needed) {
    return new TargetPosition(
        Stance.KEEP,
        Usd.ZERO,
        worthFinishing,
        alone.edge(),
        Optional.of(refusal(reason, found, needed)));
  }

  private static Denial refusal(String reason, String found, String needed) {
    return Denial.blocked(EntryCheck.ALLOCATION, reason, found, needed);
  }

  /** How much of one leg is to be held of a market. */
  static Usd notional(State state, MarketState market) {
    return state.settings.portfolio().isEmpty()
        ? market.settings().strategy().targetUsdNotional()
        : state.allocation.assignment(market.id()).map(Assignment::notional).orElse(Usd.ZERO);
  }

  /**
   * Where a cap is exceeded, as after a rally: the position is brought back to its part of the
   * capital, whatever the books or a rise would have its next entry be. Otherwise what has grown
   * stays, because its carry still pays for what it binds.
   */
  static RiskDirective directive(State state, MarketState market, Price price) {
    Quantity held = state.ledger(market).shortPerp();
    if (state.settings.portfolio().isEmpty() || !held.isPositive() || isLeft(state, market)) {
      return RiskDirective.NONE;
    }
    Usd value = price.times(held);
    Usd cap = state.settings.risk().perSymbolNotionalCap();
    Usd all = state.exposures().stream().map(Exposure::worstNotional).reduce(Usd.ZERO, Usd::plus);
    boolean tooMuch = all.exceeds(state.settings.risk().portfolioNotionalCap());
    Usd part = market.settings().strategy().targetUsdNotional();
    if ((!value.exceeds(cap) && !tooMuch) || !value.exceeds(part)) {
      return RiskDirective.NONE;
    }
    Usd keep = part.min(cap.times(BELOW_CAP));
    BigDecimal share =
        BigDecimal.ONE.subtract(keep.value().divide(value.value(), MathContext.DECIMAL64));
    return new RiskDirective(RiskDirective.Strength.REDUCE, "notional_cap", share);
  }

  private static boolean isLeft(State state, MarketState market) {
    return state
        .allocation
        .assignment(market.id())
        .filter(assignment -> assignment.choice() == Choice.LEAVE)
        .isPresent();
  }

  /**
   * The other market that something is under way in, or whose legs stand apart: while it is so, no
   * clip of this one begins, so that never more than one clip is un-hedged over all markets. A
   * market that cannot be traded, or waits for an operator, holds up no other.
   */
  static Optional<MarketId> underWayElsewhere(State state, MarketState market) {
    if (state.settings.portfolio().isEmpty()) {
      return Optional.empty();
    }
    return state.all().stream()
        .filter(other -> !other.id().equals(market.id()) && !other.pair().isQuarantined())
        .filter(other -> !other.pair().orders().isEmpty() || isApart(state, other))
        .map(MarketState::id)
        .findFirst();
  }

  private static boolean isApart(State state, MarketState other) {
    return state.isUnhedged(other) && state.data(other).filter(PairMarketData::isHalted).isEmpty();
  }
}
