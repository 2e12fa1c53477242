package io.hypercarry.core;

import io.hypercarry.core.event.Fact;
import io.hypercarry.core.event.LogEvent;
import io.hypercarry.core.event.SequencedEvent;
import io.hypercarry.core.market.PairMarketData;
import io.hypercarry.core.model.Denial;
import io.hypercarry.core.model.EntryClip;
import io.hypercarry.core.model.InstrumentId;
import io.hypercarry.core.model.Leg;
import io.hypercarry.core.model.Price;
import io.hypercarry.core.model.Usd;
import io.hypercarry.core.portfolio.BuyingPower;
import io.hypercarry.core.portfolio.PairLedger;
import io.hypercarry.core.portfolio.Pnl;
import io.hypercarry.core.risk.MarginManager;
import io.hypercarry.core.risk.MarginSnapshot;
import java.util.Optional;

/** Holds the perp wallet before the {@link MarginManager} whenever it may have changed. */
final class MarginSupervisor {
  private final Engine engine;
  private final SequencedEvent event;
  private final CommandBuffer dispatch;

  MarginSupervisor(Engine engine, SequencedEvent event, CommandBuffer dispatch) {
    this.engine = engine;
    this.event = event;
    this.dispatch = dispatch;
  }

  void run() {
    MarginManager guard = engine.margin();
    guard.absorb(event).forEach(dispatch::tell);
    guard.ask(event.receivedTime(), engine.capabilities().clockSpeed()).ifPresent(dispatch::send);
    if (event.fact() instanceof Fact.StartupCompleted) {
      tellRight();
    }
    if (mayHaveChanged()) {
      wallet().ifPresent(wallet -> look(guard, wallet));
    }
  }

  private boolean mayHaveChanged() {
    return switch (event.fact()) {
      case Fact.MarkPriceUpdated fact -> true;
      case Fact.AccountReported fact -> true;
      case Fact.OrderFilled fact -> true;
      case Fact.TransferResult fact -> true;
      case Fact.FundingReceived fact -> true;
      case Fact.TimerFired fact -> true;
      default -> false;
    };
  }

  /** An owner who must move money himself should know it before he has to. */
  private void tellRight() {
    if (!canMove() && !isPooled()) {
      dispatch.tell(
          LogEvent.warn("collateral_cannot_be_moved")
              .with("because", "the key may not move money between the wallets")
              .with("instead", "both legs are reduced when the short's collateral grows thin"));
    }
  }

  private boolean canMove() {
    return engine.margin().canMove(engine.capabilities().moveCollateral(), event.receivedTime())
        && !isPooled();
  }

  private boolean isPooled() {
    return engine.portfolio().account().reported().filter(state -> state.pooled()).isPresent();
  }

  private void look(MarginManager guard, MarginSnapshot wallet) {
    boolean quiet = engine.units().stream().allMatch(unit -> unit.pair().isAtRest());
    MarginManager.Verdict verdict =
        guard.look(wallet, quiet, leastLeverage(), event.sequence(), event.receivedTime());
    verdict.notes().forEach(dispatch::tell);
    verdict.commands().forEach(dispatch::send);
  }

  /** What would be a margin call soon after is not entered. */
  Optional<Denial> refusal(EntryClip plan, PairMarketData market) {
    int leverage = market.instrument(Leg.PERP).maxLeverage();
    return wallet()
        .flatMap(wallet ->
            engine.margin().refuse(wallet, plan.perpPrice().times(plan.perp()), leverage));
  }

  private int leastLeverage() {
    return engine.units().stream()
        .filter(unit -> engine.portfolio().ledger(unit.id()).shortPerp().isPositive())
        .flatMap(unit -> engine.view().market(unit.id()).stream())
        .mapToInt(market -> market.instrument(Leg.PERP).maxLeverage())
        .min()
        .orElse(1);
  }

  private Optional<MarginSnapshot> wallet() {
    BuyingPower account = engine.portfolio().account();
    return account.perpEquity(this::mark).map(equity -> wallet(account, equity));
  }

  private MarginSnapshot wallet(BuyingPower account, Usd equity) {
    boolean movable = canMove();
    Usd gross = perpGains().plus(engine.margin().movedIn());
    return new MarginSnapshot(
        equity,
        account.perpNotional(this::mark),
        ourNotional(),
        movable ? account.freeForSpot().max(Usd.ZERO) : Usd.ZERO,
        movable ? account.spotSoldSince() : Usd.ZERO,
        account.perpSpare(this::mark),
        gross.minus(fees()),
        gross.negated().max(Usd.ZERO),
        movable,
        isPooled());
  }

  private Usd ourNotional() {
    return engine.units().stream()
        .map(unit ->
            mark(InstrumentId.perp(unit.id()))
                .map(mark -> mark.times(engine.portfolio().ledger(unit.id()).shortPerp()))
                .orElse(Usd.ZERO))
        .reduce(Usd.ZERO, Usd::plus);
  }

  private Usd perpGains() {
    return engine.units().stream().map(this::perpGains).reduce(Usd.ZERO, Usd::plus);
  }

  private Usd perpGains(MarketState unit) {
    Pnl pnl = PnlLog.pnl(engine.portfolio().ledger(unit.id()), engine.view().market(unit.id()));
    return pnl.perp().plus(pnl.funding());
  }

  private Usd fees() {
    return engine.units().stream()
        .map(unit -> engine.portfolio().ledger(unit.id()))
        .map(PairLedger::fees)
        .reduce(Usd.ZERO, Usd::plus);
  }

  private Optional<Price> mark(InstrumentId perp) {
    return engine.view().market(perp.market()).flatMap(PairMarketData::perpValue);
  }
}
