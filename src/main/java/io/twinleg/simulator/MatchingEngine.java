package io.twinleg.simulator;

import io.twinleg.core.model.Fee;
import io.twinleg.core.model.FeeSchedule;
import io.twinleg.core.model.Fill;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Side;
import io.twinleg.simulator.OrderBook.BookEntry;
import io.twinleg.simulator.OrderBook.BookLevel;
import io.twinleg.simulator.OrderBook.BookSide;
import java.math.BigDecimal;

/**
 * Price-time priority. An account never trades with itself: its resting order is cancelled and the
 * new one goes on behind it (the venue's "expire maker").
 */
final class MatchingEngine {
  private final transient ExchangeState state;
  private final transient NetworkModel network;
  private long lastTradeId;

  MatchingEngine(ExchangeState state, NetworkModel network) {
    this.state = state;
    this.network = network;
  }

  /**
   * Fills the taker as far as its limit reaches; what is left of it is for the caller to handle.
   */
  void match(ListedInstrument listing, Side side, long limit, BookEntry taker) {
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
    long trade = nextTradeId(listing);
    if (taker instanceof Order order) {
      fill(order, price, lots, false, trade, fee(order, price, lots, false));
    }
    if (maker instanceof Order order) {
      fill(order, price, lots, true, trade, fee(order, price, lots, true));
      if (order.lots() == 0) {
        end(order, "filled");
      }
      shrinkReducing(order);
    }
    if (taker instanceof Order order) {
      shrinkReducing(order);
    }
  }

  void numberAfter(long trade) {
    lastTradeId = Math.max(lastTradeId, trade);
  }

  private long nextTradeId(ListedInstrument listing) {
    return listing.isNumberedApart() ? listing.nextTradeId() : ++lastTradeId;
  }

  private void fill(Order order, Price price, long lots, boolean maker, long trade, Fee fee) {
    ListedInstrument listing = order.listing();
    Fill fill =
        new Fill(
            order.clientId(),
            listing.id(),
            order.side(),
            price,
            listing.quantity(lots),
            fee,
            maker,
            order.id(),
            trade,
            state.now(),
            order.origin());
    order.add(fill);
    order.account().apply(listing.instrument(), fill);
    network.stream(order.account(), new ExecutionReport.Filled(fill));
  }

  /**
   * A spot buy pays in the coin bought, everything else in quote. Exact: the venue's own rounding
   * is unknown.
   */
  private Fee fee(Order order, Price price, long lots, boolean maker) {
    ListedInstrument listing = order.listing();
    Leg leg = listing.instrument().leg();
    FeeSchedule fees = order.account().feeSchedule();
    BigDecimal rate = maker ? fees.maker(leg) : fees.taker(leg);
    return leg == Leg.SPOT && order.side() == Side.BUY
        ? new Fee(listing.quantity(lots).value().multiply(rate), Fee.Token.BASE)
        : new Fee(price.times(listing.quantity(lots)).value().multiply(rate), Fee.Token.QUOTE);
  }

  /** Fills without a counterparty in the book and without a fee: an auto-deleveraging. */
  void fillOutsideTheBook(Order order, Price price) {
    long lots = order.lots();
    order.setLots(0);
    Fee none = new Fee(BigDecimal.ZERO, Fee.Token.QUOTE);
    fill(order, price, lots, false, nextTradeId(order.listing()), none);
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

  /** Ends an order that is no longer in the book. */
  void end(Order order, String reason) {
    order.end(new Order.Status.Closed(reason));
    order.account().orders().end(order);
    order.account().touch();
    network.stream(order.account(), order.closing(reason));
  }
}
