package io.twinleg.core;

import io.twinleg.core.event.Event;
import io.twinleg.core.event.SequencedEvent;
import io.twinleg.core.model.ClientOrderId;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.MarketId;
import io.twinleg.core.model.RejectReason;
import io.twinleg.core.model.Side;
import io.twinleg.core.portfolio.Portfolio;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/**
 * The first half of the reconciling step: takes an event into the market data, the portfolio, the
 * orders and the run's state, before anything is decided on it.
 */
final class EventBooking {
  private EventBooking() {}

  static void book(State state, SequencedEvent event, EngineOutput.Builder output) {
    state.data.apply(event);
    state.breakers.apply(event, state.all(), state.data);
    Portfolio.Booking booking = state.portfolio.apply(event);
    state.venues.values().forEach(venue -> list(state, venue, event));
    EngineLog.booking(booking).ifPresent(output::log);
    if (booking instanceof Portfolio.Booking.Foreign foreign) {
      MarketId id = foreign.fill().instrument().market();
      output.log(EngineLog.externalTrade(foreign, state.portfolio.ledger(id)));
      state.market(id).ifPresent(market -> market.pair().changedExternally(foreign.fill().cause()));
    }
    if (event.fact() instanceof Event.OrderRejected rejected
        && rejected.reason() == RejectReason.INSUFFICIENT_SPOT_BALANCE) {
      noCoins(state, rejected.order());
    }
    if (!isRepeatedFill(event.fact(), booking)) {
      state.all().forEach(market -> market.pair().apply(event));
    }
    boolean starting = state.run.phase() == RunState.Phase.RECONCILE;
    state.venues.values().forEach(venue -> venue.apply(event, starting));
    applyToRun(state, event, output);
    state.closing.apply(state, event);
  }

  /** A start concerns every venue's list of orders, all else that of the venue it came from. */
  private static void list(State state, State.VenueState venue, SequencedEvent event) {
    boolean concerns = venue.id().equals(event.venue()) || event.fact() instanceof Event.RunStarted;
    boolean accepted =
        !state.account(venue).isImplausible() || !(event.fact() instanceof Event.AccountReported);
    if (concerns && accepted) {
      venue.list.apply(event);
    }
  }

  /** A sale is then sized from what the account shows. */
  private static void noCoins(State state, ClientOrderId id) {
    for (MarketState market : state.all()) {
      market
          .pair()
          .orders()
          .order(id)
          .filter(sale -> sale.order().side() == Side.SELL && sale.leg() == Leg.SPOT)
          .ifPresent(sale -> state.portfolio.spotNotThere(market.id()));
    }
  }

  /** The answer to a query about an order repeats its fills: they count once (I6). */
  private static boolean isRepeatedFill(Event event, Portfolio.Booking booking) {
    return event instanceof Event.OrderFilled && booking instanceof Portfolio.Booking.Nothing;
  }

  private static void applyToRun(State state, SequencedEvent event, EngineOutput.Builder output) {
    switch (event.fact()) {
      case Event.RunStarted started -> start(state, started, event.receivedTime());
      case Event.InstrumentsResolved resolved ->
          state.market(resolved.market()).ifPresent(market -> market.index(resolved.index()));
      case Event.CapabilitiesReported reported -> {
        State.VenueState venue = state.venue(event.venue());
        venue.capabilities = reported.capabilities();
        state.at(venue).forEach(market -> market.capabilities(reported.capabilities()));
      }
      case Event.BudgetReported reported -> state.risk.quotas().of(event.venue()).report(reported);
      case Event.FeesReported reported -> state.venue(event.venue()).fees = reported.fees();
      case Event.LeverageResult result ->
          state
              .market(result.instrument().market())
              .ifPresent(market -> market.leverageAnswered(result.accepted()));
      case Event.LiquidityReported reported ->
          state
              .market(reported.instrument().market())
              .ifPresent(market -> market.liquidity(reported));
      case Event.OperatorCommand command -> operate(state, command, event.receivedTime(), output);
      case Event.StartupCompleted completed -> state.run.startupCompleted();
      default -> {
        // not about the run
      }
    }
  }

  private static void start(State state, Event.RunStarted started, Instant now) {
    state.idTag = started.bookId();
    state.run.started();
    state.fastSince = null;
    state.dataDeadline = null;
    state.ending = null;
    state.listDeadline = null;
    state.flattenedEnds = false;
    state.venues.values().forEach(venue -> venue.strays.clear());
    state.allocation.restarted();
    for (MarketState market : state.all()) {
      market.restarted();
      if (!started.continuous()) {
        market.pair().interrupted(now);
      }
    }
  }

  private static void operate(
      State state, Event.OperatorCommand command, Instant now, EngineOutput.Builder output) {
    if (command.operation() == Event.OperatorCommand.Operation.RESUME) {
      String latched = state.latched().orElse("nothing");
      state.breakers.resume();
      state.drawdown.resume(state.equity().orElse(state.drawdown.lastEquity()));
      state.all().forEach(market -> market.pair().release());
      output.log(EngineLog.resumed(latched));
    } else {
      output.log(EngineLog.operator(command));
    }
    state.run.apply(command, now);
  }

  // ---- whom an event concerns

  /** A market's own events concern that market; everything else may concern all. */
  static Collection<MarketState> affected(State state, Event event) {
    return switch (event) {
      case Event.BookUpdated update -> of(state, update.instrument());
      case Event.MarkPriceUpdated update -> byMark(state, update.instrument());
      case Event.FundingRateUpdated update -> of(state, update.instrument());
      case Event.FundingRateSettled settled -> of(state, settled.instrument());
      case Event.MarketObserved seen -> state.market(seen.market()).map(List::of).orElse(List.of());
      // it counts when the capital is next allocated
      case Event.LiquidityReported reported -> List.of();
      case Event.TradingHalted halted -> of(state, halted.instrument());
      case Event.FundingReceived received -> byPayment(state, received.payment().instrument());
      default -> state.all();
    };
  }

  private static List<MarketState> of(State state, InstrumentId instrument) {
    return state.market(instrument.market()).map(List::of).orElse(List.of());
  }

  /**
   * A payment is money, and no market decides by money: it changes the ledger, and with it the
   * equity that the drawdown and the margin are measured by. Where one of them directs the markets,
   * all are evaluated; else only the market that was paid, and that only while it is under way.
   */
  private static Collection<MarketState> byPayment(State state, InstrumentId instrument) {
    if (isDirected(state, instrument)) {
      return state.all();
    }
    return of(state, instrument).stream().filter(market -> !market.pair().isAtRest()).toList();
  }

  /**
   * The mark values what is held; what a market at rest decides by are its books and rates, which
   * have events of their own. Only a drawdown, and a residual that has become worth an order, come
   * by the mark alone.
   */
  private static Collection<MarketState> byMark(State state, InstrumentId instrument) {
    if (isDirected(state, instrument)) {
      return state.all();
    }
    return of(state, instrument).stream()
        .filter(market ->
            !market.pair().isAtRest()
                || market.lastTarget().isEmpty()
                || (state.ledger(market).isHolding() && state.isUnhedged(market)))
        .toList();
  }

  /** What values move has been found, or is being timed: every market may have to answer it. */
  private static boolean isDirected(State state, InstrumentId instrument) {
    return state.drawdown.isAlarmed()
        || state.venue(instrument.market().venue()).margin.directive().forbidsNewRisk();
  }
}
