package io.hypercarry.connectivity;

import io.hypercarry.core.event.Command.PlaceOrder;
import io.hypercarry.core.model.Book;
import io.hypercarry.core.model.BookId;
import io.hypercarry.core.model.ClientOrderId;
import io.hypercarry.core.model.Instrument;
import io.hypercarry.core.model.Price;
import io.hypercarry.core.model.Purpose;
import io.hypercarry.core.model.Quantity;
import io.hypercarry.core.model.Side;
import io.hypercarry.core.model.TimeInForce;
import io.hypercarry.core.model.Usd;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/**
 * The orders of one iteration: post-only, on the tick, and away from the touch on the passive side,
 * so that none is meant to fill.
 */
final class TestQuotes {
  private final Instrument instrument;
  private final TestSettings settings;
  private final BookId book;
  private int placed;

  TestQuotes(Instrument instrument, TestSettings settings, BookId book) {
    this.instrument = instrument;
    this.settings = settings;
    this.book = book;
  }

  /** Empty where that side of the book is. */
  Optional<PlaceOrder> order(Book now, Side side) {
    return now.best(side).map(touch -> order(side, away(touch, side)));
  }

  private Price away(Price touch, Side side) {
    Side outwards = side.opposite();
    return instrument
        .prices()
        .round(side, instrument.prices().step(touch, outwards, settings.offsetTicks()));
  }

  private PlaceOrder order(Side side, Price price) {
    ClientOrderId id =
        ClientOrderId.of(
            book, 0, instrument.leg(), Purpose.ENTRY, ++placed, side == Side.BUY ? 0 : 1);
    return new PlaceOrder(
        id, instrument.id(), side, price, size(price), TimeInForce.ALO, false, Purpose.ENTRY);
  }

  /** Up to a whole lot: an order just under the venue's minimum would prove nothing. */
  private Quantity size(Price price) {
    Usd worth = settings.size().max(instrument.minNotional());
    BigDecimal exact =
        worth.value().divide(price.value(), instrument.sizeDecimals(), RoundingMode.CEILING);
    return new Quantity(exact);
  }
}
