package io.hypercarry.exchange.hyperliquid;

import io.hypercarry.core.model.BookSnapshot;
import io.hypercarry.core.model.InstrumentId;
import io.hypercarry.core.model.Leg;
import io.hypercarry.core.model.Price;
import io.hypercarry.core.model.Side;
import io.hypercarry.exchange.Exchange;
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
