package io.twinleg.core;

import io.twinleg.core.event.Command;
import io.twinleg.core.event.Event;
import io.twinleg.core.event.LogEvent;
import io.twinleg.core.event.SequencedEvent;
import io.twinleg.core.execution.QuarantineReason;
import io.twinleg.core.execution.Reconciliation;
import io.twinleg.core.execution.ReconciliationSettings;
import io.twinleg.core.market.PairMarketData;
import io.twinleg.core.model.AccountState;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.Rate;
import io.twinleg.core.portfolio.PairLedger;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What has to be seen to before anything is decided: the start, leverage, the books against the
 * venue's.
 */
final class AccountReconciler {
  /**
   * Two looks this far apart make a verdict: a report may be older than the fill it is held against
   * (F10).
   */
  static final Duration BETWEEN_ALIGNMENTS = Duration.ofSeconds(10);

  private final Engine engine;
  private final SequencedEvent event;
  private final CommandBuffer dispatch;

  AccountReconciler(Engine engine, SequencedEvent event, CommandBuffer dispatch) {
    this.engine = engine;
    this.event = event;
    this.dispatch = dispatch;
  }

  void run() {
    switch (event.fact()) {
      case Event.StartupCompleted fact -> start();
      case Event.LeverageResult fact -> leverage(fact);
      case Event.AccountReported fact -> align(fact.account());
      case Event.FeedStatusChanged fact -> feed(fact);
      case Event.FundingRateSettled fact -> forecastError(fact);
      case Event.OrderFilled fact ->
          engine.unit(fact.fill().instrument().market()).ifPresent(MarketState::aligned);
      case Event.CashTransfer fact ->
          dispatch.tell(
              LogEvent.info("transferred").with("usd", fact.usd()).with("what", fact.what()));
      case Event.OrderUnknown fact ->
          dispatch.tell(
              LogEvent.warn("intent_unknown")
                  .with("cloid", fact.order())
                  .with("text", fact.text()));
      default -> {
        // nothing to see to
      }
    }
    new PositionAdoption(engine, dispatch).run(event.fact());
    lookAgain();
  }

  // ---- the start

  private void start() {
    for (MarketState unit : engine.units()) {
      engine.view().market(unit.id()).ifPresent(market -> tellMarket(unit, market));
      askLeverage(unit);
    }
    Optional<AccountState> account = engine.portfolio().account().reported();
    account.ifPresent(this::tellAccount);
    account.ifPresent(this::reconcile);
  }

  private void tellMarket(MarketState unit, PairMarketData market) {
    dispatch.tell(
        LogEvent.info("markets_info")
            .in(unit.id())
            .with("base", unit.id())
            .with("spot", market.instrument(Leg.SPOT).symbol())
            .with("perp", market.instrument(Leg.PERP).symbol())
            .with("leverage", reportedLeverage(unit))
            .with("desired_perp_leverage", unit.settings().execution().perpLeverage())
            .with("desired_perp_cross", unit.settings().execution().perpCross()));
  }

  private Optional<Integer> reportedLeverage(MarketState unit) {
    InstrumentId perp = InstrumentId.perp(unit.id());
    return engine.portfolio().account().reported().stream()
        .flatMap(account -> account.positions().stream())
        .filter(position -> position.instrument().equals(perp))
        .map(AccountState.PerpPosition::leverage)
        .findFirst();
  }

  private void askLeverage(MarketState unit) {
    if (unit.mustAskLeverage()) {
      unit.leverageAsked();
      dispatch.send(
          engine
              .risk()
              .leverage(
                  InstrumentId.perp(unit.id()),
                  unit.settings().execution().perpLeverage(),
                  unit.settings().execution().perpCross()));
    }
  }

  private void tellAccount(AccountState account) {
    Map<String, Object> balances = new LinkedHashMap<>();
    balances.put("quote", account.quoteBalance());
    account
        .balances()
        .forEach(balance -> balances.put(balance.instrument().market().name(), balance.total()));
    Map<String, Object> positions = new LinkedHashMap<>();
    account
        .positions()
        .forEach(position -> positions.put(position.instrument().market().name(), position.size()));
    List<Object> orders = new ArrayList<>();
    account
        .openOrders()
        .forEach(
            order -> orders.add(order.instrument() + " " + order.side() + " " + order.remaining()));
    dispatch.tell(
        LogEvent.info("pre_trade_state")
            .with("balances_spot", balances)
            .with("positions_perp", positions)
            .with("perp_equity", account.perpEquity())
            .with("open_orders", orders));
  }

  private void reconcile(AccountState account) {
    for (MarketState unit : engine.units()) {
      Optional<Reconciliation.Difference> difference = difference(unit, account);
      if (difference.isPresent() && unit.pair().orders().isEmpty()) {
        tellDifference(unit, difference.get());
        found(unit, difference.get());
      } else {
        PairLedger ledger = engine.portfolio().ledger(unit.id());
        dispatch.tell(
            LogEvent.info("reconciled")
                .in(unit.id())
                .with("state", unit.pair().stateLabel())
                .with("spot_sz", ledger.ownedSpot())
                .with("perp_sz", ledger.shortPerp()));
      }
    }
  }

  /**
   * At a start the account and the fills are one cut. Where the books are to be set to it, that is
   * done as ever, at the prices of the next look.
   */
  private void found(MarketState unit, Reconciliation.Difference difference) {
    boolean forces = engine.settings().alignment().mode() == ReconciliationSettings.Mode.FORCE;
    if (forces && !difference.signError()) {
      unit.alignmentMissed(event.receivedTime());
    } else {
      unit.pair().quarantine(QuarantineReason.RECONCILE_MISMATCH);
    }
  }

  // ---- leverage

  private void leverage(Event.LeverageResult answered) {
    LogEvent attempt =
        LogEvent.info("leverage_update_attempt")
            .in(answered.instrument().market())
            .with("desired_perp_leverage", answered.leverage())
            .with("desired_perp_cross", answered.cross())
            .with("response", answered.response());
    dispatch.tell(attempt);
    if (answered.accepted() && isCarriedOtherwise(answered)) {
      dispatch.send(new Command.QueryAccount());
    }
    if (answered.accepted()) {
      dispatch.tell(
          LogEvent.info("leverage_snapshot")
              .in(answered.instrument().market())
              .with("symbol", answered.instrument().market())
              .with("leverage", answered.leverage()));
    }
  }

  /** As was last reported: a position that was there before keeps entries closed until seen. */
  private boolean isCarriedOtherwise(Event.LeverageResult answered) {
    return engine
        .portfolio()
        .account()
        .reported()
        .flatMap(account -> account.leverage(answered.instrument()))
        .filter(reported -> reported != answered.leverage())
        .isPresent();
  }

  // ---- alignment

  private void align(AccountState account) {
    if (!engine.settings().alignment().enabled()) {
      return;
    }
    for (MarketState unit : engine.units()) {
      if (unit.pair().isQuarantined()) {
        continue;
      }
      if (unit.pair().orders().isEmpty()) {
        align(unit, account);
      } else {
        unit.aligned();
      }
    }
  }

  private void align(MarketState unit, AccountState account) {
    Optional<Reconciliation.Difference> difference = difference(unit, account);
    if (difference.isEmpty()) {
      unit.aligned();
      return;
    }
    tellDifference(unit, difference.get());
    Instant since = unit.alignmentMissed(event.receivedTime());
    boolean lasting = !event.receivedTime().isBefore(since.plus(BETWEEN_ALIGNMENTS));
    if (difference.get().signError() || lasting) {
      new ReconciliationAction(engine, dispatch).settle(unit, difference.get());
    }
  }

  /** A difference is not left standing until the next report happens to come. */
  private void lookAgain() {
    boolean due = false;
    for (MarketState unit : engine.units()) {
      due |= unit.mustLookAgain(event.receivedTime());
    }
    if (due) {
      dispatch.send(new Command.QueryAccount());
    }
  }

  /** A difference of at least the configured quanta; smaller ones are rounding. */
  private Optional<Reconciliation.Difference> difference(MarketState unit, AccountState account) {
    BigDecimal least = BigDecimal.valueOf(engine.settings().alignment().minDiffQuanta());
    return engine
        .view()
        .market(unit.id())
        .flatMap(market ->
            Reconciliation.compare(
                engine.portfolio().ledger(unit.id()),
                engine.portfolio().foreignPerp(unit.id()),
                account,
                market.instrument(Leg.SPOT),
                market.instrument(Leg.PERP)))
        .filter(found -> found.signError() || found.quanta().compareTo(least) >= 0);
  }

  private void tellDifference(MarketState unit, Reconciliation.Difference difference) {
    dispatch.tell(
        LogEvent.warn("alignment_observed")
            .in(unit.id())
            .with("perp_local", difference.perpLocal())
            .with("perp_venue", difference.perpVenue())
            .with("spot_local", difference.spotLocal())
            .with("spot_venue", difference.spotVenue())
            .with("diff_quanta", difference.quanta()));
  }

  // ---- feeds and funding

  private void feed(Event.FeedStatusChanged changed) {
    String feed = changed.feed().name().toLowerCase(Locale.ROOT);
    LogEvent note = changed.fresh() ? LogEvent.info("resumed") : LogEvent.warn("degraded");
    LogEvent told = note.with("feed", feed).with("instrument", changed.instrument());
    dispatch.tell(
        changed.instrument().map(instrument -> told.in(instrument.market())).orElse(told));
  }

  private void forecastError(Event.FundingRateSettled settled) {
    Optional<Rate> forecast =
        engine.view().market(settled.instrument().market()).flatMap(PairMarketData::runningRate);
    Rate rate = settled.funding().rate();
    dispatch.tell(
        LogEvent.debug("funding_forecast_error")
            .in(settled.instrument().market())
            .with("hour", settled.funding().hour())
            .with("rate", rate.value())
            .with("error", forecast.map(known -> rate.perHour().subtract(known.perHour()))));
  }
}
