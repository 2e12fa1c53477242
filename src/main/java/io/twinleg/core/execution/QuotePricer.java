package io.twinleg.core.execution;

import io.twinleg.core.market.BookReader;
import io.twinleg.core.market.PairMarketData;
import io.twinleg.core.model.BookSnapshot;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.PriceRule;
import io.twinleg.core.model.Side;
import io.twinleg.core.model.TimeInForce;
import java.math.BigDecimal;
import java.util.Optional;

/** At what price an order is placed. Empty where the book does not say. */
final class QuotePricer {
  private QuotePricer() {}

  /**
   * The own best quote of others, improved by the configured ticks. It never crosses, unless orders
   * are meant to take (tif Ioc).
   *
   * @param backOff ticks to stand back from the opposite quote, after post-only rejects
   */
  static Optional<Price> passive(
      PairMarketData market,
      WorkingOrders ours,
      ExecutionSettings settings,
      Leg leg,
      Side side,
      int backOff) {
    BookSnapshot book = withoutOurs(market, ours, leg, side);
    PriceRule prices = market.instrument(leg).prices();
    Optional<Price> improved =
        book.best(side).map(best -> prices.step(best, side, settings.priceOffsetTicks()));
    if (settings.normalTif() == TimeInForce.IOC) {
      Optional<Price> cap = market.cap(leg, side, settings.maxSlippageBps());
      return improved.map(price -> cap.map(limit -> less(side, price, limit)).orElse(price));
    }
    Optional<Price> furthest =
        book.best(side.opposite()).map(other -> prices.step(other, side.opposite(), 1 + backOff));
    return improved.map(price -> furthest.map(limit -> less(side, price, limit)).orElse(price));
  }

  /** The best price of the own side as others quote it: where stage A of a repair stands. */
  static Optional<Price> touch(PairSnapshot s, Leg leg, Side side) {
    return withoutOurs(s.market(), s.orders(), leg, side).best(side);
  }

  private static Price less(Side side, Price price, Price limit) {
    boolean beyond = side == Side.BUY ? price.isAbove(limit) : price.isBelow(limit);
    return beyond ? limit : price;
  }

  private static BookSnapshot withoutOurs(
      PairMarketData market, WorkingOrders ours, Leg leg, Side side) {
    BookSnapshot book = market.book(leg);
    for (WorkingOrder order : ours.on(leg)) {
      if (order.order().side() == side && order.resting()) {
        book = BookReader.without(book, side, order.order().price(), order.remaining());
      }
    }
    return book;
  }

  /** The worst price an order that takes may get, in ordinary times. */
  static Optional<Price> cap(PairSnapshot s, Leg leg, Side side) {
    return s.market().cap(leg, side, s.settings().maxSlippageBps());
  }

  /** The same when getting out matters more: unwind, risk exit, kill. */
  static Optional<Price> widerCap(PairSnapshot s, Leg leg, Side side) {
    return s.market().cap(leg, side, s.settings().maxSlippageBps().multiply(BigDecimal.TWO));
  }

  /** Whether a resting order stands at least a tick from where it would be placed now. */
  static boolean isOff(PairSnapshot s, WorkingOrder order, Price wanted) {
    long tick = s.instrument(order.leg()).prices().tick(wanted).e8();
    return Math.abs(wanted.e8() - order.order().price().e8()) >= tick;
  }
}
