package io.twinleg.core;

import io.twinleg.core.execution.ClipSizer;
import io.twinleg.core.execution.EntryChecks;
import io.twinleg.core.execution.EntryClipPricer;
import io.twinleg.core.execution.ExecutionSettings;
import io.twinleg.core.market.PairMarketData;
import io.twinleg.core.model.Denial;
import io.twinleg.core.model.EntryCheck;
import io.twinleg.core.model.EntryClip;
import io.twinleg.core.model.Exposure;
import io.twinleg.core.model.FeeSchedule;
import io.twinleg.core.model.MarketId;
import io.twinleg.core.model.RiskDirective;
import io.twinleg.core.model.TargetPosition;
import io.twinleg.core.model.Usd;
import io.twinleg.core.model.VenueCapabilities;
import io.twinleg.core.portfolio.BuyingPower;
import io.twinleg.core.portfolio.PairLedger;
import io.twinleg.core.risk.EntryGates;
import io.twinleg.core.risk.EntryRequest;
import io.twinleg.core.risk.PreTradeRisk;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The entry gates of specification 1.7 in their order, each answered by the room it belongs to. The
 * pair adds its own (cooldown, open orders). Nothing here decides: it only asks in turn.
 *
 * @param carried what speaks against a clip by the ratio of collateral that it would leave
 */
record PreTradeChecks(
    MarketId id,
    PairMarketData market,
    PairLedger ledger,
    BuyingPower account,
    TargetPosition target,
    Usd fullTarget,
    RiskDirective demand,
    Optional<Denial> notReady,
    ExecutionSettings settings,
    EntryClipPricer pricing,
    FeeSchedule fees,
    VenueCapabilities capabilities,
    PreTradeRisk risk,
    EntryGates gates,
    Function<EntryClip, Optional<Denial>> carried,
    Supplier<Collection<Exposure>> exposures,
    Instant now)
    implements EntryChecks {

  @Override
  public Optional<Denial> interruption() {
    return notReady
        .or(() -> gates.refuseStale(market, account.isFresh()))
        .or(() -> gates.basis(question(NO_PLAN)))
        .or(this::guard)
        .or(this::coin);
  }

  private static final Optional<EntryClip> NO_PLAN = Optional.empty();

  @Override
  public boolean isRateLeft() {
    return gates.rate(now, 1).isEmpty();
  }

  @Override
  public boolean isGapTooWide() {
    return gates.isGapTooWide(market);
  }

  @Override
  public boolean isBudgetSpent() {
    return risk.quota().isSpent();
  }

  @Override
  public Verdict nextClip() {
    Optional<Denial> first =
        notReady
            .or(() -> gates.refuseStale(market, account.isFresh()))
            .or(target::refusal)
            .or(() -> gates.basis(question(NO_PLAN)))
            .or(this::guard)
            .or(this::targetReached)
            .or(this::capped)
            .or(this::coin);
    return first.<Verdict>map(Verdict.Refused::new).orElseGet(this::planned);
  }

  private Optional<Denial> guard() {
    return demand.forbidsNewRisk()
        ? Optional.of(Denial.named(EntryCheck.GUARD, "guard_halted", demand.reason(), "running"))
        : Optional.empty();
  }

  private Optional<Denial> coin() {
    return gates.coin(market);
  }

  private Usd remaining() {
    return fullTarget.minus(ledger.invested());
  }

  @Override
  public Optional<Denial> targetReached() {
    Usd least = ClipSizer.leastRemaining(fullTarget, ClipSizer.leastTrade(market));
    return remaining().isBelow(least)
        ? Optional.of(
            Denial.named(
                EntryCheck.TARGET_REACHED, "target_reached", ledger.invested(), fullTarget))
        : Optional.empty();
  }

  private Usd room() {
    return remaining().min(risk.room(id, exposures.get()));
  }

  private Optional<Denial> capped() {
    Usd room = room();
    Usd least = ClipSizer.leastRemaining(fullTarget, ClipSizer.leastTrade(market));
    return room.isBelow(least)
        ? Optional.of(Denial.named(EntryCheck.NOTIONAL_CAP, "notional_cap_block", room, least))
        : Optional.empty();
  }

  private Usd clip() {
    return ClipSizer.clip(room(), settings.maxClip(), ClipSizer.leastTrade(market));
  }

  private Verdict planned() {
    Optional<EntryClip> plan = pricing.plan(market, ledger, clip(), fees, capabilities);
    if (plan.isEmpty()) {
      return new Verdict.Refused(
          Denial.blocked(EntryCheck.DEPTH, "no_quote", "none", "a quote on both legs"));
    }
    return gates
        .refuseEntry(question(plan))
        .or(() -> plan.flatMap(carried))
        .<Verdict>map(Verdict.Refused::new)
        .orElseGet(() -> new Verdict.Allowed(plan.get()));
  }

  private EntryRequest question(Optional<EntryClip> plan) {
    return new EntryRequest(
        market, account, fees, plan, settings.perpLeverage(), settings.maxSlippageBps(), now);
  }
}
