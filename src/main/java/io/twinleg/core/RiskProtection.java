package io.twinleg.core;

import io.twinleg.core.event.Event;
import io.twinleg.core.event.LogEvent;
import io.twinleg.core.event.SequencedEvent;
import io.twinleg.core.execution.PairSnapshot;
import io.twinleg.core.market.PairMarketData;
import io.twinleg.core.model.AccountState;
import io.twinleg.core.model.Denial;
import io.twinleg.core.model.EntryClip;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.RiskDirective;
import io.twinleg.core.model.Usd;
import io.twinleg.core.portfolio.BuyingPower;
import io.twinleg.core.portfolio.PairLedger;
import io.twinleg.core.portfolio.Pnl;
import io.twinleg.core.risk.ActionQuota;
import io.twinleg.core.risk.MarginMonitor;
import io.twinleg.core.risk.MarginSnapshot;
import io.twinleg.core.risk.RiskSettings.MarginBands;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Optional;

/**
 * The protecting step: margin, drawdown, circuit breakers and the venue's quota, and what they
 * direct every pair to.
 */
final class RiskProtection {
  private RiskProtection() {}

  static void protect(State state, SequencedEvent event, EngineOutput.Builder output) {
    for (State.VenueState venue : state.venues.values()) {
      if (!venue.isAwaited()) {
        supervise(state, venue, event, output);
      }
    }
    state
        .equity()
        .flatMap(equity -> state.drawdown.observe(equity, event.receivedTime()))
        .ifPresent(output::log);
    state.breakers.check(state.all()).forEach(output::log);
    for (State.VenueState venue : state.venues.values()) {
      ActionQuota quota = state.risk.quotas().of(venue.id());
      quota.change().ifPresent(line -> output.log(line.at(venue.id())));
      state.at(venue).forEach(market -> market.applyQuota(quota.level()));
    }
  }

  /** What the strongest of all monitors asks of one market. */
  static RiskDirective directive(State state, MarketState market, PairMarketData data) {
    boolean flattens =
        state.run.isStopping() && state.settings.shutdown().mode() == ShutdownSettings.Mode.FLATTEN;
    RiskDirective byStop =
        flattens ? new RiskDirective(RiskDirective.Strength.EXIT, "shutdown") : RiskDirective.NONE;
    return state
        .run
        .directive()
        .strongest(state.drawdown.directive(data))
        .strongest(state.breakers.directive())
        .strongest(state.venue(market).margin.directive())
        .strongest(byStop);
  }

  // ---- the perp wallet

  private static void supervise(
      State state, State.VenueState venue, SequencedEvent event, EngineOutput.Builder output) {
    Instant now = event.receivedTime();
    boolean isFromHere = venue.id().equals(event.venue());
    if (isFromHere) {
      venue.margin.apply(event).forEach(line -> output.log(line.at(venue.id())));
    }
    venue
        .margin
        .confirmation(now, venue.capabilities.clockSpeed())
        .ifPresent(command -> output.send(command.at(venue.id())));
    if (event.fact() instanceof Event.StartupCompleted
        && venue.startedBy == event.sequence()
        && !canMove(state, venue, now)
        && !isPooled(state, venue)) {
      LogEvent line =
          LogEvent.warn("collateral_cannot_be_moved")
              .with("because", "the key may not move money between the wallets")
              .with("instead", "both legs are reduced when the short's collateral grows thin");
      output.log(line.at(venue.id()));
    }
    boolean concerns = isFromHere || event.fact() instanceof Event.TimerFired;
    if (concerns && mayHaveChanged(event.fact())) {
      wallet(state, venue, now).ifPresent(wallet -> evaluate(state, venue, wallet, event, output));
    }
  }

  private static boolean mayHaveChanged(Event event) {
    return switch (event) {
      case Event.MarkPriceUpdated update -> true;
      case Event.MarketObserved seen -> true;
      case Event.AccountReported report -> true;
      case Event.OrderFilled fill -> true;
      case Event.TransferResult result -> true;
      case Event.FundingReceived payment -> true;
      case Event.TimerFired timer -> true;
      default -> false;
    };
  }

  private static void evaluate(
      State state,
      State.VenueState venue,
      MarginSnapshot wallet,
      SequencedEvent event,
      EngineOutput.Builder output) {
    boolean quiet = state.at(venue).stream().allMatch(market -> market.pair().isAtRest());
    MarginMonitor.Verdict verdict =
        venue.margin.evaluate(
            wallet, quiet, leastLeverage(state, venue), event.sequence(), event.receivedTime());
    verdict.log().forEach(line -> output.log(line.at(venue.id())));
    verdict.commands().forEach(command -> output.send(command.at(venue.id())));
  }

  /** Of the coins that are held there: the one with the least is liquidated first. */
  private static int leastLeverage(State state, State.VenueState venue) {
    return state.at(venue).stream()
        .filter(market -> state.ledger(market).shortPerp().isPositive())
        .flatMap(market -> state.data(market).stream())
        .mapToInt(data -> data.instrument(Leg.PERP).maxLeverage())
        .min()
        .orElse(1);
  }

  /** What would be a margin call soon after is not entered. */
  static Optional<Denial> marginAfter(
      State state, MarketState market, EntryClip clip, PairSnapshot.Inputs inputs) {
    State.VenueState venue = state.venue(market);
    Usd more = clip.perpPrice().times(clip.perp());
    int leverage = inputs.market().instrument(Leg.PERP).maxLeverage();
    return wallet(state, venue, inputs.now())
        .flatMap(wallet -> venue.margin.denial(wallet, more, leverage));
  }

  /** For people. */
  static Optional<Engine.MarginReading> marginReading(
      State state, State.VenueState venue, Instant now) {
    int leverage = leastLeverage(state, venue);
    MarginBands bands = venue.margin.bands(leverage);
    return wallet(state, venue, now)
        .filter(wallet -> !wallet.isFlat())
        .map(wallet ->
            new Engine.MarginReading(
                wallet.ratio().setScale(4, RoundingMode.HALF_EVEN),
                wallet.liquidationDistance(leverage),
                bands.target(),
                bands.warn(),
                bands.act(),
                bands.emergency(),
                wallet.equity(),
                wallet.notional()));
  }

  private static boolean canMove(State state, State.VenueState venue, Instant now) {
    return venue.margin.canMove(venue.capabilities.moveCollateral(), now)
        && !isPooled(state, venue);
  }

  private static boolean isPooled(State state, State.VenueState venue) {
    return state.account(venue).reported().filter(AccountState::pooled).isPresent();
  }

  private static Optional<MarginSnapshot> wallet(State state, State.VenueState venue, Instant now) {
    return state
        .account(venue)
        .perpEquity(state::mark)
        .map(equity -> wallet(state, venue, equity, now));
  }

  private static MarginSnapshot wallet(
      State state, State.VenueState venue, Usd equity, Instant now) {
    BuyingPower account = state.account(venue);
    boolean movable = canMove(state, venue, now);
    Usd gross = venue.margin.movedIn();
    Usd notional = Usd.ZERO;
    Usd fees = Usd.ZERO;
    for (MarketState market : state.at(venue)) {
      PairLedger ledger = state.ledger(market);
      Pnl pnl = EngineLog.pnl(ledger, state.data(market));
      gross = gross.plus(pnl.perp()).plus(pnl.funding());
      fees = fees.plus(ledger.fees());
      notional =
          notional.plus(
              state
                  .mark(InstrumentId.perp(market.id()))
                  .map(mark -> mark.times(ledger.shortPerp()))
                  .orElse(Usd.ZERO));
    }
    return new MarginSnapshot(
        equity,
        account.perpNotional(state::mark),
        notional,
        movable ? account.freeForSpot().max(Usd.ZERO) : Usd.ZERO,
        movable ? account.spotSoldSince() : Usd.ZERO,
        account.perpSpare(state::mark),
        gross.minus(fees),
        gross.negated().max(Usd.ZERO),
        movable,
        isPooled(state, venue));
  }
}
