package io.twinleg.simulator.server.hyperliquid;

import io.twinleg.core.model.BookSnapshot;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Side;
import io.twinleg.simulator.Exchange;
import java.util.Optional;

/** What an instrument is worth: a perp by its mark, a coin by the middle of its book. */
final class InstrumentValuation {
  private InstrumentValuation() {}

  static Optional<Price> mark(Exchange exchange, InstrumentId id) {
    return id.leg() == Leg.PERP ? exchange.mark(id) : mid(exchange.book(id));
  }

  static Optional<Price> mid(BookSnapshot book) {
    Optional<Price> bid = book.best(Side.BUY);
    Optional<Price> ask = book.best(Side.SELL);
    return bid.isPresent() && ask.isPresent()
        ? Optional.of(Price.mid(bid.get(), ask.get()))
        : Optional.empty();
  }
}
