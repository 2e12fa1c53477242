package io.hypercarry.core;

import io.hypercarry.core.execution.EntryDesk;
import io.hypercarry.core.execution.EntryPricing;
import io.hypercarry.core.execution.ExecutionSettings;
import io.hypercarry.core.execution.Sizing;
import io.hypercarry.core.market.PairMarket;
import io.hypercarry.core.model.Capabilities;
import io.hypercarry.core.model.Demand;
import io.hypercarry.core.model.EntryPlan;
import io.hypercarry.core.model.Exposure;
import io.hypercarry.core.model.FeeSchedule;
import io.hypercarry.core.model.Gate;
import io.hypercarry.core.model.MarketId;
import io.hypercarry.core.model.Refusal;
import io.hypercarry.core.model.Target;
import io.hypercarry.core.model.Usd;
import io.hypercarry.core.portfolio.Account;
import io.hypercarry.core.portfolio.PairLedger;
import io.hypercarry.core.risk.EntryQuestion;
import io.hypercarry.core.risk.RiskGate;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The entry gates of semantics 1.7 in their order, each answered by the room it belongs to. The
 * pair adds its own (cooldown, open orders). Nothing here decides: it only asks in turn.
 *
 * @param carried what speaks against a clip by the ratio of collateral that it would leave
 */
record EntryGates(
    MarketId id,
    PairMarket market,
    PairLedger ledger,
    Account account,
    Target target,
    Usd fullTarget,
    Demand demand,
    Optional<Refusal> notReady,
    ExecutionSettings settings,
    EntryPricing pricing,
    FeeSchedule fees,
    Capabilities capabilities,
    RiskGate risk,
    Function<EntryPlan, Optional<Refusal>> carried,
    Supplier<Collection<Exposure>> exposures,
    Instant now)
    implements EntryDesk {

  @Override
  public Optional<Refusal> interruption() {
    return notReady
        .or(() -> risk.refuseStale(market, account.isFresh()))
        .or(() -> risk.basis(question(NO_PLAN)))
        .or(this::guard)
        .or(this::coin);
  }

  private static final Optional<EntryPlan> NO_PLAN = Optional.empty();

  @Override
  public boolean isRateLeft() {
    return risk.rate(now).isEmpty();
  }

  @Override
  public boolean isGapTooWide() {
    return risk.isGapTooWide(market);
  }

  @Override
  public boolean isBudgetSpent() {
    return risk.budget().isSpent();
  }

  @Override
  public Verdict nextClip() {
    Optional<Refusal> first =
        notReady
            .or(() -> risk.refuseStale(market, account.isFresh()))
            .or(target::refusal)
            .or(() -> risk.basis(question(NO_PLAN)))
            .or(this::guard)
            .or(this::targetReached)
            .or(this::capped)
            .or(this::coin);
    return first.<Verdict>map(Verdict.Refused::new).orElseGet(this::planned);
  }

  private Optional<Refusal> guard() {
    return demand.forbidsNewRisk()
        ? Optional.of(Refusal.named(Gate.GUARD, "guard_halted", demand.reason(), "running"))
        : Optional.empty();
  }

  private Optional<Refusal> coin() {
    return risk.coin(market);
  }

  private Usd remaining() {
    return fullTarget.minus(ledger.invested());
  }

  @Override
  public Optional<Refusal> targetReached() {
    Usd least = Sizing.leastRemaining(fullTarget, Sizing.leastTrade(market));
    return remaining().isBelow(least)
        ? Optional.of(
            Refusal.named(Gate.TARGET_REACHED, "target_reached", ledger.invested(), fullTarget))
        : Optional.empty();
  }

  private Usd room() {
    return remaining().min(risk.room(id, exposures.get()));
  }

  private Optional<Refusal> capped() {
    Usd room = room();
    Usd least = Sizing.leastRemaining(fullTarget, Sizing.leastTrade(market));
    return room.isBelow(least)
        ? Optional.of(Refusal.named(Gate.NOTIONAL_CAP, "notional_cap_block", room, least))
        : Optional.empty();
  }

  private Usd clip() {
    return Sizing.clip(room(), settings.maxClip(), Sizing.leastTrade(market));
  }

  private Verdict planned() {
    Optional<EntryPlan> plan = pricing.plan(market, ledger, clip(), fees, capabilities);
    if (plan.isEmpty()) {
      return new Verdict.Refused(
          Refusal.blocked(Gate.DEPTH, "no_quote", "none", "a quote on both legs"));
    }
    return risk.refuseEntry(question(plan))
        .or(() -> plan.flatMap(carried))
        .<Verdict>map(Verdict.Refused::new)
        .orElseGet(() -> new Verdict.Allowed(plan.get()));
  }

  private EntryQuestion question(Optional<EntryPlan> plan) {
    return new EntryQuestion(
        market, account, fees, plan, settings.perpLeverage(), settings.maxSlippageBps(), now);
  }
}
