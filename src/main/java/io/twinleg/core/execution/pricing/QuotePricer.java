package io.twinleg.core.execution.pricing;

import io.twinleg.core.execution.orders.WorkingOrder;
import io.twinleg.core.execution.orders.WorkingOrders;
import io.twinleg.core.market.BookReader;
import io.twinleg.core.market.PairMarketData;
import io.twinleg.core.model.BookSnapshot;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.PriceRule;
import io.twinleg.core.model.Side;
import io.twinleg.core.model.TimeInForce;
import java.util.Optional;

/** At what price a quote is placed. Empty where the book shows no price, or is silent. */
public final class QuotePricer {
  private QuotePricer() {}

  /**
   * The best quote of others on its own side, improved by the configured ticks. It never crosses;
   * an order that is meant to take (tif Ioc) reaches the opposite quote, within the slippage bound.
   *
   * @param backOff ticks to stand back from the opposite quote, after post-only rejects
   */
  public static Optional<Price> passive(
      PairMarketData market,
      WorkingOrders ours,
      ExecutionSettings settings,
      Leg leg,
      Side side,
      int backOff) {
    if (market.isBookSilent(leg)) {
      return Optional.empty();
    }
    BookSnapshot book = withoutOurs(market, ours, leg, side);
    PriceRule prices = market.instrument(leg).prices();
    Optional<Price> improved =
        book.best(side).map(best -> prices.step(best, side, settings.priceOffsetTicks()));
    if (settings.normalTif() == TimeInForce.IOC) {
      Optional<Price> opposite = book.best(side.opposite());
      Optional<Price> taking =
          improved.map(price -> opposite.map(best -> more(side, price, best)).orElse(price));
      Optional<Price> cap = market.cap(leg, side, settings.maxSlippageBps());
      return taking.map(price -> cap.map(limit -> less(side, price, limit)).orElse(price));
    }
    Optional<Price> furthest =
        book.best(side.opposite()).map(other -> prices.step(other, side.opposite(), 1 + backOff));
    return improved.map(price -> furthest.map(limit -> less(side, price, limit)).orElse(price));
  }

  /** The best price of the own side as others quote it: where stage A of a repair stands. */
  public static Optional<Price> touch(
      PairMarketData market, WorkingOrders ours, Leg leg, Side side) {
    return market.isBookSilent(leg)
        ? Optional.empty()
        : withoutOurs(market, ours, leg, side).best(side);
  }

  private static Price more(Side side, Price price, Price other) {
    return less(side.opposite(), price, other);
  }

  private static Price less(Side side, Price price, Price limit) {
    boolean beyond = side == Side.BUY ? price.isAbove(limit) : price.isBelow(limit);
    return beyond ? limit : price;
  }

  /**
   * As others quote it. A book is older than what we know of our orders: it may still show one that
   * has been cancelled or filled since, in the size it had then.
   */
  private static BookSnapshot withoutOurs(
      PairMarketData market, WorkingOrders ours, Leg leg, Side side) {
    BookSnapshot[] book = {market.book(leg)};
    ours.inBook(leg, side, market.bookTime(leg), market.bookReceived(leg))
        .forEach(our -> book[0] = BookReader.without(book[0], side, our.getKey(), our.getValue()));
    return book[0];
  }

  /** Whether a resting order stands at least a tick from where it would be placed now. */
  public static boolean isOff(Instrument instrument, WorkingOrder order, Price wanted) {
    long tick = instrument.prices().tick(wanted).e8();
    return Math.abs(wanted.e8() - order.order().price().e8()) >= tick;
  }
}
