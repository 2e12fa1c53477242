package io.twinleg.core;

import io.twinleg.core.event.Command;
import io.twinleg.core.event.Event;
import io.twinleg.core.event.LogEvent;
import io.twinleg.core.event.SequencedEvent;
import io.twinleg.core.market.PairMarketData;
import io.twinleg.core.model.AccountState;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.Rate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The second half of the reconciling step: the start, leverage, feeds, and the account as the venue
 * reports it. Positions are {@link PositionReconciler}'s.
 */
final class AccountReconciler {
  private AccountReconciler() {}

  static void reconcile(State state, SequencedEvent event, EngineOutput.Builder output) {
    PositionReconciler positions = new PositionReconciler(state, event.receivedTime(), output);
    switch (event.fact()) {
      case Event.StartupCompleted completed -> start(state, event.sequence(), positions, output);
      case Event.LeverageResult result -> leverage(state, result, output);
      case Event.AccountReported report -> {
        State.VenueState venue = state.venue(event.venue());
        if (state.account(venue).isImplausible()) {
          LogEvent implausible =
              LogEvent.warn("account_implausible")
                  .with("found", "nothing at all")
                  .with("then", "asked again; believed when it lasts a minute");
          output.log(implausible.at(event.venue()));
          OpenOrderReconciler.ask(venue, event.receivedTime(), output);
        } else if (!venue.isAwaited()) {
          positions.compare(venue, report.account());
        }
      }
      case Event.FeedStatusChanged changed -> output.log(feedLog(changed).at(event.venue()));
      case Event.MessageUnreadable unreadable ->
          output.log(
              LogEvent.warn("message_unreadable")
                  .with("source", unreadable.source())
                  .with("detail", unreadable.detail())
                  .with("count", unreadable.count()));
      case Event.FundingRateSettled settled -> output.log(forecastErrorLog(state, settled));
      case Event.OrderFilled filled ->
          state.market(filled.fill().instrument().market()).ifPresent(MarketState::matched);
      case Event.CashTransfer transfer ->
          output.log(
              LogEvent.info("transferred")
                  .with("usd", transfer.usd())
                  .with("what", transfer.what()));
      case Event.CoinsTransferred moved ->
          output.log(
              LogEvent.info("transferred")
                  .in(moved.spot().market())
                  .with("coins", moved.change())
                  .with("what", moved.what()));
      case Event.OrderUnknown unknown ->
          output.log(
              LogEvent.warn("order_unknown")
                  .with("cloid", unknown.order())
                  .with("text", unknown.text()));
      default -> {
        // nothing to compare
      }
    }
    positions.adopt(event);
    positions.queryAgain();
  }

  // ---- the start

  /** Of the venues whose start this event completes. */
  private static void start(
      State state, long by, PositionReconciler positions, EngineOutput.Builder output) {
    for (MarketState market : state.all()) {
      if (state.venue(market).startedBy != by) {
        continue;
      }
      state.data(market).ifPresent(data -> output.log(marketLog(state, market, data)));
      if (market.needsLeverage()) {
        market.leverageRequested();
        output.send(
            state.risk.leverage(
                InstrumentId.perp(market.id()),
                market.settings().execution().perpLeverage(),
                market.settings().execution().perpCross()));
      }
    }
    for (State.VenueState venue : state.venues.values()) {
      Optional<AccountState> account =
          venue.startedBy == by ? state.account(venue).reported() : Optional.empty();
      account.ifPresent(reported -> output.log(accountLog(reported).at(venue.id())));
      account.ifPresent(reported -> positions.compareAtStart(venue, reported));
    }
  }

  private static LogEvent marketLog(State state, MarketState market, PairMarketData data) {
    InstrumentId perp = InstrumentId.perp(market.id());
    Optional<Integer> leverage =
        state.account(market).reported().stream()
            .flatMap(account -> account.positions().stream())
            .filter(position -> position.instrument().equals(perp))
            .map(AccountState.PerpPosition::leverage)
            .findFirst();
    return LogEvent.info("markets_info")
        .in(market.id())
        .with("base", market.id().base())
        .with("spot", data.instrument(Leg.SPOT).symbol())
        .with("perp", data.instrument(Leg.PERP).symbol())
        .with("leverage", leverage)
        .with("desired_perp_leverage", market.settings().execution().perpLeverage())
        .with("desired_perp_cross", market.settings().execution().perpCross());
  }

  private static LogEvent accountLog(AccountState account) {
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
    return LogEvent.info("pre_trade_state")
        .with("balances_spot", balances)
        .with("positions_perp", positions)
        .with("perp_equity", account.perpEquity())
        .with("open_orders", orders);
  }

  // ---- leverage

  private static void leverage(
      State state, Event.LeverageResult result, EngineOutput.Builder output) {
    output.log(
        LogEvent.info("leverage_update_attempt")
            .in(result.instrument().market())
            .with("desired_perp_leverage", result.leverage())
            .with("desired_perp_cross", result.cross())
            .with("response", result.response()));
    if (!result.accepted()) {
      return;
    }
    if (isCarriedOtherwise(state, result)) {
      output.send(new Command.QueryAccount().at(result.instrument().market().venue()));
    }
    output.log(
        LogEvent.info("leverage_snapshot")
            .in(result.instrument().market())
            .with("symbol", result.instrument().market())
            .with("leverage", result.leverage()));
  }

  /** As was last reported: a position that was there before keeps entries closed until seen. */
  private static boolean isCarriedOtherwise(State state, Event.LeverageResult result) {
    return state
        .portfolio
        .account(result.instrument().market().venue())
        .reported()
        .flatMap(account -> account.leverage(result.instrument()))
        .filter(reported -> reported != result.leverage())
        .isPresent();
  }

  // ---- feeds and funding

  private static LogEvent feedLog(Event.FeedStatusChanged changed) {
    LogEvent line = changed.fresh() ? LogEvent.info("feed_fresh") : LogEvent.warn("feed_stale");
    LogEvent detailed =
        line.with("feed", changed.feed().name().toLowerCase(Locale.ROOT))
            .with("instrument", changed.instrument());
    return changed
        .instrument()
        .map(instrument -> detailed.in(instrument.market()))
        .orElse(detailed);
  }

  private static LogEvent forecastErrorLog(State state, Event.FundingRateSettled settled) {
    Optional<Rate> forecast =
        state.data.market(settled.instrument().market()).flatMap(PairMarketData::runningRate);
    Rate rate = settled.funding().rate();
    return LogEvent.debug("funding_forecast_error")
        .in(settled.instrument().market())
        .with("hour", settled.funding().hour())
        .with("rate", rate.value())
        .with("error", forecast.map(known -> rate.perHour().subtract(known.perHour())));
  }
}
