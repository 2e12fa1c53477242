package io.twinleg.simulator;

import io.twinleg.core.model.FillOrigin;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Quantity;
import java.util.List;

/**
 * Liquidation and auto-deleveraging. When an account's equity is below its maintenance margin,
 * every perp order of it is cancelled and every position is sold or bought back in the book, at any
 * price. What the book does not take stays and is tried again at the next turn. A loss beyond the
 * collateral stays as a negative balance, where a test can see it; no other account pays for it.
 */
final class Liquidations {
  private final ExchangeState state;
  private final Margin margin;
  private final RequestHandler requests;
  private final MatchingEngine matching;

  Liquidations(
      ExchangeState state, Margin margin, RequestHandler requests, MatchingEngine matching) {
    this.state = state;
    this.margin = margin;
    this.requests = requests;
    this.matching = matching;
  }

  void check(Account account) {
    if (account.hasPosition() && margin.equity(account).isBelow(margin.maintenance(account))) {
      cancelPerpOrders(account);
      for (ListedInstrument perp : state.perps()) {
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

  /** Closes a part of a position in the book, with the taker's fee. */
  void reduce(Account account, ListedInstrument perp, Quantity quantity) {
    Order order = requests.forced(account, perp, quantity, FillOrigin.LIQUIDATION);
    if (order.lots() > 0 && !perp.isHalted()) {
      matching.match(perp, order.side(), order.limit(), order);
      matching.end(order, "liquidated");
    }
  }

  /** Closes a part of a position at the mark, outside the book, without a fee. */
  void deleverage(Account account, ListedInstrument perp, Quantity quantity) {
    Price mark =
        perp.mark().orElseThrow(() -> new IllegalStateException(perp.id() + " has no mark price"));
    Order order = requests.forced(account, perp, quantity, FillOrigin.DELEVERAGING);
    if (order.lots() > 0) {
      matching.fillOutsideTheBook(order, mark);
    }
  }
}
