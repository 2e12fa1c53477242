package io.twinleg.simulator;

import io.twinleg.core.model.BookSnapshot;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Side;
import java.time.Instant;
import java.util.List;

/**
 * A market model's access to the exchange: background quotes and trades that belong to no account,
 * and the oracle prices.
 */
public interface WorldGateway {
  Instant now();

  List<Instrument> instruments();

  /**
   * Replaces all background quotes of one book. A quote that crosses a resting order of an account
   * trades with it first, as any limit order would. Sizes and prices must be legal.
   */
  void quote(Instrument instrument, BookSnapshot quotes);

  /** An immediate-or-cancel order in the background; returns what it filled. */
  Quantity trade(Instrument instrument, Side side, Price limit, Quantity quantity);

  /** The perp's oracle price: funding is paid on it and the mark follows it. */
  void oracle(Instrument perp, Price price);

  /** All that rests in a book now, best first. */
  BookSnapshot book(Instrument instrument);

  /** What rests there of accounts, without the background quotes. */
  BookSnapshot accountQuotes(Instrument instrument);
}
