package io.twinleg.venue;

import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Side;
import java.time.Instant;
import java.util.function.Consumer;

/**
 * Public trades. No decision uses them; in paper trading they show how the queue before an order
 * moves.
 */
public interface TradeFeed {
  /** No trades at all. */
  TradeFeed NONE = (instrument, listener) -> {};

  /**
   * @param listener receives each trade from now on, once, on a thread of the venue
   */
  void subscribe(Instrument instrument, Consumer<TradeFeed.PublicTrade> listener);

  /**
   * One trade.
   *
   * @param taker the side of the aggressive order
   */
  record PublicTrade(
      Instant time, InstrumentId instrument, Side taker, Price price, Quantity quantity) {}
}
