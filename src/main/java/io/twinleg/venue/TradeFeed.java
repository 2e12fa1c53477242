package io.twinleg.venue;

import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Side;
import java.time.Instant;
import java.util.function.Consumer;

/**
 * What trades at a venue. No decision is made by it; on paper it tells how the queue in front of an
 * order moves.
 */
public interface TradeFeed {
  /** Nobody listens to it. */
  TradeFeed NONE = (instrument, listener) -> {};

  /**
   * @param listener is told each trade from now on, once, on a thread of the venue's
   */
  void subscribe(Instrument instrument, Consumer<TradeFeed.PublicTrade> listener);

  /**
   * One trade.
   *
   * @param taker the side of whoever did not wait
   */
  record PublicTrade(
      Instant time, InstrumentId instrument, Side taker, Price price, Quantity quantity) {}
}
