package io.twinleg.simulator;

import io.twinleg.core.model.Fee;
import io.twinleg.core.model.FeeSchedule;
import io.twinleg.core.model.Fill;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Side;
import java.math.BigDecimal;
import java.time.InstantSource;

/**
 * Price-time priority. An account never trades with itself: its resting order is cancelled and the
 * new one goes on behind it (the venue's "expire maker").
 */
final class MatchingEngine {
  private final NetworkModel wire;
  private final InstantSource clock;
  private long lastTradeId;

  MatchingEngine(NetworkModel wire, InstantSource clock) {
    this.wire = wire;
    this.clock = clock;
  }

  /** Fills the taker as far as its limit reaches; what is left of it is the caller's affair. */
  void take(ListedInstrument listing, Side side, long limit, BookEntry taker) {
    BookSide against = listing.book().side(side.opposite());
    while (taker.lots() > 0 && against.isReachedBy(limit)) {
      BookLevel best = against.best().orElseThrow();
      BookEntry maker = best.first();
      if (isSelfTrade(taker, maker)) {
        cancel((Order) maker, "selfTradeCanceled");
      } else {
        trade(listing, against, best, maker, taker);
      }
    }
  }

  private static boolean isSelfTrade(BookEntry taker, BookEntry maker) {
    return taker instanceof Order one
        && maker instanceof Order other
        && one.account() == other.account();
  }

  private void trade(
      ListedInstrument listing,
      BookSide against,
      BookLevel best,
      BookEntry maker,
      BookEntry taker) {
    Price price = new Price(best.price());
    long lots = Math.min(taker.lots(), maker.lots());
    against.fillBest(best, lots);
    taker.setLots(taker.lots() - lots);
    listing.book().touch();
    long trade = ++lastTradeId;
    if (taker instanceof Order order) {
      book(order, price, lots, false, trade, fee(order, price, lots, false));
    }
    if (maker instanceof Order order) {
      book(order, price, lots, true, trade, fee(order, price, lots, true));
      if (order.lots() == 0) {
        end(order, "filled");
      }
      shrinkReducing(order);
    }
    if (taker instanceof Order order) {
      shrinkReducing(order);
    }
  }

  private void book(Order order, Price price, long lots, boolean maker, long trade, Fee fee) {
    ListedInstrument listing = order.listing();
    Fill fill =
        new Fill(
            order.name(),
            listing.id(),
            order.side(),
            price,
            listing.quantity(lots),
            fee,
            maker,
            order.id(),
            trade,
            clock.instant(),
            order.cause());
    order.add(fill);
    order.account().apply(listing.instrument(), fill);
    wire.stream(order.account(), new ExecutionReport.Filled(fill));
  }

  /**
   * A spot buy pays in the coin bought, everything else in quote. Exact: the venue's own rounding
   * is unknown.
   */
  private Fee fee(Order order, Price price, long lots, boolean maker) {
    ListedInstrument listing = order.listing();
    Leg leg = listing.instrument().leg();
    FeeSchedule fees = order.account().terms().fees();
    BigDecimal rate = maker ? fees.maker(leg) : fees.taker(leg);
    return leg == Leg.SPOT && order.side() == Side.BUY
        ? new Fee(listing.quantity(lots).value().multiply(rate), Fee.Token.BASE)
        : new Fee(price.times(listing.quantity(lots)).value().multiply(rate), Fee.Token.QUOTE);
  }

  /** Fills without a partner in the book and without a fee: an auto-deleveraging. */
  void fillOutsideTheBook(Order order, Price price) {
    long lots = order.lots();
    order.setLots(0);
    Fee none = new Fee(BigDecimal.ZERO, Fee.Token.QUOTE);
    book(order, price, lots, false, ++lastTradeId, none);
    end(order, "deleveraged");
    shrinkReducing(order);
  }

  /** A resting order that may only reduce never outgrows the position it reduces. */
  private void shrinkReducing(Order cause) {
    if (!cause.listing().isPerp()) {
      return;
    }
    for (Order order : cause.account().orders().resting(order -> mayOnlyReduce(order, cause))) {
      long allowed = order.listing().lots(OrderValidator.reducible(order));
      if (allowed == 0) {
        cancel(order, "reduceOnlyCanceled");
      } else if (order.lots() > allowed) {
        order.listing().book().shrink(order, allowed);
      }
    }
  }

  private static boolean mayOnlyReduce(Order order, Order cause) {
    return order.terms().reduceOnly() && order.listing() == cause.listing();
  }

  /** Takes a resting order out of the book. */
  void cancel(Order order, String reason) {
    order.listing().book().remove(order);
    end(order, reason);
  }

  /** The order is over and no longer in the book. */
  void end(Order order, String reason) {
    order.end(new Order.Status.Closed(reason));
    order.account().orders().end(order);
    order.account().touch();
    wire.stream(order.account(), order.closing(reason));
  }
}
