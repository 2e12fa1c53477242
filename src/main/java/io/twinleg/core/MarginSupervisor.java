package io.twinleg.core;

import io.twinleg.core.event.Event;
import io.twinleg.core.event.LogEvent;
import io.twinleg.core.event.SequencedEvent;
import io.twinleg.core.market.PairMarketData;
import io.twinleg.core.model.Denial;
import io.twinleg.core.model.EntryClip;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Usd;
import io.twinleg.core.portfolio.BuyingPower;
import io.twinleg.core.portfolio.PairLedger;
import io.twinleg.core.portfolio.Pnl;
import io.twinleg.core.risk.MarginMonitor;
import io.twinleg.core.risk.MarginSnapshot;
import java.util.Optional;

/** Holds the perp wallet before the {@link MarginMonitor} whenever it may have changed. */
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
    MarginMonitor guard = engine.margin();
    guard.absorb(event).forEach(dispatch::tell);
    guard.ask(event.receivedTime(), engine.capabilities().clockSpeed()).ifPresent(dispatch::send);
    if (event.fact() instanceof Event.StartupCompleted) {
      tellRight();
    }
    if (mayHaveChanged()) {
      wallet().ifPresent(wallet -> look(guard, wallet));
    }
  }

  private boolean mayHaveChanged() {
    return switch (event.fact()) {
      case Event.MarkPriceUpdated fact -> true;
      case Event.AccountReported fact -> true;
      case Event.OrderFilled fact -> true;
      case Event.TransferResult fact -> true;
      case Event.FundingReceived fact -> true;
      case Event.TimerFired fact -> true;
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

  private void look(MarginMonitor guard, MarginSnapshot wallet) {
    boolean quiet = engine.units().stream().allMatch(unit -> unit.pair().isAtRest());
    MarginMonitor.Verdict verdict =
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
