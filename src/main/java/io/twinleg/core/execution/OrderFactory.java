package io.twinleg.core.execution;

import io.twinleg.core.model.Leg;
import io.twinleg.core.model.OrderIntent;
import io.twinleg.core.model.OrderPurpose;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Side;
import io.twinleg.core.model.TimeInForce;

/** The orders a carry consists of. Every perp buy is reduce-only (I5). */
final class OrderFactory {
  private OrderFactory() {}

  static OrderIntent rest(
      PairSnapshot s, Leg leg, Side side, Price price, Quantity size, OrderPurpose purpose) {
    return order(s, leg, side, price, size, s.settings().normalTif(), purpose);
  }

  static OrderIntent take(
      PairSnapshot s, Leg leg, Side side, Price cap, Quantity size, OrderPurpose purpose) {
    return order(s, leg, side, cap, size, TimeInForce.IOC, purpose);
  }

  /**
   * Whether the venue takes an order of this value. One that closes the whole short may be smaller.
   * The size may have been judged at another price than the order's own (I7).
   */
  static boolean isLargeEnough(OrderIntent order, Quantity shortPerp) {
    boolean closesAll = order.reduceOnly() && order.quantity().equals(shortPerp);
    return closesAll || !order.notional().isBelow(order.instrument().minNotional());
  }

  private static OrderIntent order(
      PairSnapshot s,
      Leg leg,
      Side side,
      Price price,
      Quantity size,
      TimeInForce tif,
      OrderPurpose purpose) {
    boolean reduceOnly = leg == Leg.PERP && side == Side.BUY;
    return new OrderIntent(s.instrument(leg), side, price, size, tif, reduceOnly, purpose);
  }
}
