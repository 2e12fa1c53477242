package io.twinleg.simulator;

import io.twinleg.core.model.BookSnapshot;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Side;
import java.time.Instant;
import java.util.List;

/**
 * The world's hands and eyes on the exchange: an anonymous crowd that quotes, trades, and feeds the
 * oracle.
 */
public interface WorldGateway {
  Instant now();

  List<Instrument> instruments();

  /**
   * Replaces all of the crowd's quotes in one book. A quote that crosses a resting order of an
   * account trades with it first, as any limit order would. Sizes and prices must be legal.
   */
  void quote(Instrument instrument, BookSnapshot quotes);

  /** An immediate-or-cancel order of the crowd; returns what it filled. */
  Quantity trade(Instrument instrument, Side side, Price limit, Quantity quantity);

  /** The perp's oracle price: funding is paid on it and the mark follows it. */
  void oracle(Instrument perp, Price price);

  /** What rests in a book now, of everybody, best first. */
  BookSnapshot book(Instrument instrument);

  /**
   * What rests there of accounts, not of the crowd: how the world sees that somebody waits to be
   * hit.
   */
  BookSnapshot accountsQuotes(Instrument instrument);
}
