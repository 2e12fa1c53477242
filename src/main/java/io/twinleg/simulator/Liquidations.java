package io.twinleg.simulator;

import io.twinleg.core.model.FillOrigin;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Quantity;
import java.util.List;

/**
 * Closes what an account can no longer carry: when its equity is below its maintenance margin,
 * every perp order of it is cancelled and every position is sold or bought back in the book, at any
 * price. What the book does not take stays and is tried again at the next turn. A loss beyond the
 * collateral stays as a negative balance: nobody is made to pay it, and a test can see it.
 */
final class Liquidations {
  private final Listings listings;
  private final Margin margin;
  private final OrderHandler desk;
  private final MatchingEngine matching;

  Liquidations(Listings listings, Margin margin, OrderHandler desk, MatchingEngine matching) {
    this.listings = listings;
    this.margin = margin;
    this.desk = desk;
    this.matching = matching;
  }

  void check(Account account) {
    if (account.hasPosition() && margin.equity(account).isBelow(margin.maintenance(account))) {
      cancelPerpOrders(account);
      for (ListedInstrument perp : listings.perps()) {
        reduce(account, perp, account.position(perp.instrument()).size().abs());
      }
    }
  }

  private void cancelPerpOrders(Account account) {
    List<Order> orders = account.orders().resting(order -> order.listing().isPerp());
    for (Order order : orders) {
      if (order.status() instanceof Order.Status.Working) {
        matching.cancel(order, "liquidatedCanceled");
      }
    }
  }

  /** In the book, with the taker's fee. */
  void reduce(Account account, ListedInstrument perp, Quantity quantity) {
    Order order = desk.forced(account, perp, quantity, FillOrigin.LIQUIDATION);
    if (order.lots() > 0 && !perp.isHalted()) {
      matching.take(perp, order.side(), order.limit(), order);
      matching.end(order, "liquidated");
    }
  }

  /** Auto-deleveraging: at the mark, outside the book, without a fee. */
  void deleverage(Account account, ListedInstrument perp, Quantity quantity) {
    Price mark =
        perp.mark().orElseThrow(() -> new IllegalStateException(perp.id() + " has no mark price"));
    Order order = desk.forced(account, perp, quantity, FillOrigin.DELEVERAGING);
    if (order.lots() > 0) {
      matching.fillOutsideTheBook(order, mark);
    }
  }
}
