package io.twinleg.simulator;

import io.twinleg.core.model.BookSnapshot;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Side;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/**
 * The street as the world finds it. A halted book stands still: quotes are not taken and nothing
 * trades, until the world quotes again after the halt.
 */
final class ExchangeWorldGateway implements WorldGateway {
  private final Listings listings;
  private final MatchingEngine matching;
  private final InstantSource clock;

  ExchangeWorldGateway(Listings listings, MatchingEngine matching, InstantSource clock) {
    this.listings = listings;
    this.matching = matching;
    this.clock = clock;
  }

  @Override
  public Instant now() {
    return clock.instant();
  }

  @Override
  public List<Instrument> instruments() {
    return listings.instruments();
  }

  @Override
  public void quote(Instrument instrument, BookSnapshot quotes) {
    ListedInstrument listing = listings.get(instrument.id());
    QuoteLadder bids = QuoteLadder.of(listing, Side.BUY, quotes.bids());
    QuoteLadder asks = QuoteLadder.of(listing, Side.SELL, quotes.asks());
    if (bids.size() > 0 && asks.size() > 0 && bids.price(0) >= asks.price(0)) {
      throw new IllegalArgumentException(
          "the crowd's quotes of %s cross: %s".formatted(instrument.symbol(), quotes));
    }
    if (!listing.isHalted()) {
      listing.book().side(Side.BUY).shrinkAnonymousTo(bids);
      listing.book().side(Side.SELL).shrinkAnonymousTo(asks);
      grow(listing, Side.BUY, bids);
      grow(listing, Side.SELL, asks);
      listing.book().touch();
    }
  }

  /**
   * What is newly quoted trades first with the accounts' orders in its way, and rests with the
   * rest.
   */
  private void grow(ListedInstrument listing, Side side, QuoteLadder quotes) {
    BookSide own = listing.book().side(side);
    for (int i = 0; i < quotes.size(); i++) {
      long price = quotes.price(i);
      long more = quotes.lots(i) - own.anonymousAt(price);
      if (more > 0) {
        BackgroundOrder quote = new BackgroundOrder(more);
        matching.take(listing, side, price, quote);
        if (quote.lots() > 0) {
          own.addAnonymous(price, quote.lots());
        }
      }
    }
  }

  @Override
  public Quantity trade(Instrument instrument, Side side, Price limit, Quantity quantity) {
    ListedInstrument listing = listings.get(instrument.id());
    long wanted = listing.lots(quantity);
    BackgroundOrder taker = new BackgroundOrder(wanted);
    if (!listing.isHalted()) {
      matching.take(listing, side, limit.e8(), taker);
    }
    return listing.quantity(wanted - taker.lots());
  }

  @Override
  public void oracle(Instrument perp, Price price) {
    listings.get(perp.id()).setOracle(price);
  }

  @Override
  public BookSnapshot book(Instrument instrument) {
    return listings.get(instrument.id()).view().whole();
  }

  @Override
  public BookSnapshot accountsQuotes(Instrument instrument) {
    return listings.get(instrument.id()).view().ofAccounts();
  }
}
