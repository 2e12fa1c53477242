package io.twinleg.simulator;

import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Side;
import java.math.BigDecimal;
import java.util.Optional;

/** An instrument as it is traded here: its book, its prices, and whether it can be traded. */
final class ListedInstrument {
  private final Instrument instrument;
  private final OrderBook book = new OrderBook();
  private Optional<Price> oracle = Optional.empty();
  private boolean delisted;
  private boolean halted;

  ListedInstrument(Instrument instrument) {
    this.instrument = instrument;
  }

  Instrument instrument() {
    return instrument;
  }

  InstrumentId id() {
    return instrument.id();
  }

  boolean isPerp() {
    return instrument.leg() == Leg.PERP;
  }

  OrderBook book() {
    return book;
  }

  BookView view() {
    return new BookView(this);
  }

  long lots(Quantity quantity) {
    return quantity.value().movePointRight(instrument.sizeDecimals()).longValueExact();
  }

  Quantity quantity(long lots) {
    return new Quantity(BigDecimal.valueOf(lots, instrument.sizeDecimals()));
  }

  Optional<Price> oracle() {
    return oracle;
  }

  void setOracle(Price price) {
    oracle = Optional.of(price);
  }

  /**
   * The median of best bid, best ask and oracle: the oracle while it lies within the spread,
   * otherwise the touch that is nearer to it. A one-sided book says nothing: then it is the oracle,
   * and without an oracle the mid.
   */
  Optional<Price> mark() {
    Optional<Price> bid = book.best(Side.BUY);
    Optional<Price> ask = book.best(Side.SELL);
    if (oracle.isEmpty() || bid.isEmpty() || ask.isEmpty()) {
      return oracle.or(book::mid);
    }
    long within = Math.clamp(oracle.get().e8(), bid.get().e8(), ask.get().e8());
    return Optional.of(new Price(within));
  }

  boolean isDelisted() {
    return delisted;
  }

  boolean isHalted() {
    return halted;
  }

  void setStatus(boolean delisted, boolean halted) {
    this.delisted = delisted;
    this.halted = halted;
  }
}
