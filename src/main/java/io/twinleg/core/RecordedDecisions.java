package io.twinleg.core;

import io.twinleg.core.event.Command;
import io.twinleg.core.event.SequencedEvent;
import java.time.Instant;
import java.util.List;

/**
 * Takes in what another version of the program decided, without deciding anew: what happened and
 * what was sent stand, whatever this version would have done. Afterwards each pair takes its state
 * from what is held, as after a position was found.
 */
final class RecordedDecisions {
  private RecordedDecisions() {}

  /** Halts are found as ever: they are latched, and must not be lost. */
  static void follow(State state, SequencedEvent event, List<Command> commanded) {
    Instant now = event.receivedTime();
    EngineOutput.Builder logged = new EngineOutput.Builder();
    EventBooking.book(state, event, logged);
    state.venue(event.venue()).margin.apply(event);
    commanded.forEach(command -> sent(state, command, now));
    state.equity().ifPresent(equity -> state.drawdown.observe(equity, now));
    state.breakers.check(state.all());
    state.all().forEach(market -> market.pair().forgetRound());
    commanded.forEach(command -> state.sent(command, now));
  }

  private static void sent(State state, Command command, Instant now) {
    switch (command.inner()) {
      case Command.PlaceOrder order ->
          state
              .market(order.instrument().market())
              .ifPresent(market -> market.pair().sent(order, now));
      case Command.CancelOrder cancel ->
          state.all().forEach(market -> market.pair().sent(cancel, now));
      case Command.QueryOrder query ->
          state.all().forEach(market -> market.pair().sent(query, now));
      case Command.InvalidateNonce nonce ->
          state.all().forEach(market -> market.pair().sent(nonce, now));
      case Command.SetLeverage leverage ->
          state.market(leverage.instrument().market()).ifPresent(MarketState::leverageRequested);
      case Command.TransferCollateral transfer ->
          state.venue(command.venue()).margin.sent(transfer, now);
      case Command.ConfirmTransfer confirmation -> {
        // its answer is an event
      }
      case Command.QueryAccount query -> {
        // its answer is an event
      }
      case Command.AdjustPosition adjustment -> state.portfolio.correct(adjustment.correction());
      case Command.AtVenue there -> throw new IllegalStateException("not what is to be done");
      case Command.Shutdown shutdown -> state.run.ended();
    }
  }

  /**
   * The history is over; the next event is decided on.
   *
   * @param complete whether all events were there. Without market data it is not known what was
   *     halted: nothing new is opened until an operator resumes
   */
  static void end(State state, boolean complete) {
    for (MarketState market : state.all()) {
      market.pair().takeStateFromBooks(state.ledger(market).isHolding());
    }
    if (!complete) {
      state.run.pause();
    }
  }
}
