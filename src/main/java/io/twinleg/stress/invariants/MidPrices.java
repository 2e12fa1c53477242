package io.twinleg.stress.invariants;

import io.twinleg.core.model.BookSnapshot;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.Price;
import io.twinleg.simulator.Exchange;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;

/** The middle of each book when it last had two sides; zero before that. */
final class MidPrices {
  private final Exchange exchange;
  private final Map<InstrumentId, BigDecimal> seen = new LinkedHashMap<>();

  MidPrices(Exchange exchange) {
    this.exchange = exchange;
  }

  void remember(InstrumentId instrument) {
    BookSnapshot book = exchange.book(instrument);
    if (!book.bids().isEmpty() && !book.asks().isEmpty()) {
      seen.put(
          instrument,
          Price.mid(book.bids().getFirst().price(), book.asks().getFirst().price()).value());
    }
  }

  BigDecimal of(InstrumentId instrument) {
    return seen.getOrDefault(instrument, BigDecimal.ZERO);
  }
}
