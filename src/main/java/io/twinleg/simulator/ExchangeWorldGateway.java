package io.twinleg.simulator;

import io.twinleg.core.model.BookSnapshot;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Side;
import io.twinleg.simulator.OrderBook.BackgroundOrder;
import io.twinleg.simulator.OrderBook.QuoteLadder;
import java.time.Instant;
import java.util.List;

/**
 * The market model's access to the exchange. A halted book does not change: quotes are ignored and
 * nothing trades, until the model quotes again after the halt.
 */
final class ExchangeWorldGateway implements WorldGateway {
  private final ExchangeState state;
  private final MatchingEngine matching;

  ExchangeWorldGateway(ExchangeState state, MatchingEngine matching) {
    this.state = state;
    this.matching = matching;
  }

  @Override
  public Instant now() {
    return state.now();
  }

  @Override
  public List<Instrument> instruments() {
    return state.instruments();
  }

  @Override
  public void quote(Instrument instrument, BookSnapshot quotes) {
    ListedInstrument listing = state.listing(instrument.id());
    QuoteLadder bids = QuoteLadder.of(listing, Side.BUY, quotes.bids());
    QuoteLadder asks = QuoteLadder.of(listing, Side.SELL, quotes.asks());
    if (bids.size() > 0 && asks.size() > 0 && bids.price(0) >= asks.price(0)) {
      throw new IllegalArgumentException(
          "the background quotes of %s cross: %s".formatted(instrument.symbol(), quotes));
    }
    if (!listing.isHalted()) {
      listing.book().side(Side.BUY).shrinkBackgroundTo(bids);
      listing.book().side(Side.SELL).shrinkBackgroundTo(asks);
      grow(listing, Side.BUY, bids);
      grow(listing, Side.SELL, asks);
      listing.book().touch();
    }
  }

  /** What is newly quoted trades first with the accounts' orders that it crosses, then rests. */
  private void grow(ListedInstrument listing, Side side, QuoteLadder quotes) {
    OrderBook.BookSide own = listing.book().side(side);
    for (int i = 0; i < quotes.size(); i++) {
      long price = quotes.price(i);
      long more = quotes.lots(i) - own.backgroundAt(price);
      if (more > 0) {
        BackgroundOrder quote = new BackgroundOrder(more);
        matching.match(listing, side, price, quote);
        if (quote.lots() > 0) {
          own.addBackground(price, quote.lots());
        }
      }
    }
  }

  @Override
  public Quantity trade(Instrument instrument, Side side, Price limit, Quantity quantity) {
    ListedInstrument listing = state.listing(instrument.id());
    long wanted = listing.lots(quantity);
    BackgroundOrder taker = new BackgroundOrder(wanted);
    if (!listing.isHalted()) {
      matching.match(listing, side, limit.e8(), taker);
    }
    return listing.quantity(wanted - taker.lots());
  }

  @Override
  public void oracle(Instrument perp, Price price) {
    state.listing(perp.id()).setOracle(price);
  }

  @Override
  public BookSnapshot book(Instrument instrument) {
    return state.listing(instrument.id()).snapshot();
  }

  @Override
  public BookSnapshot accountQuotes(Instrument instrument) {
    return state.listing(instrument.id()).accountQuotes();
  }
}
