package io.twinleg.core.execution;

import io.twinleg.core.model.Fill;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Usd;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;

/** What one entry round has bought and sold so far, for its log line. */
record RoundFills(LegTally spot, LegTally perp) {
  static final RoundFills EMPTY = new RoundFills(LegTally.EMPTY, LegTally.EMPTY);

  record LegTally(Quantity size, Usd notional, Usd fees, List<Long> orderIds) {
    static final LegTally EMPTY = new LegTally(Quantity.ZERO, Usd.ZERO, Usd.ZERO, List.of());

    LegTally {
      orderIds = List.copyOf(orderIds);
    }

    LegTally plus(Fill fill) {
      List<Long> ids = new ArrayList<>(orderIds);
      if (!ids.contains(fill.orderId())) {
        ids.add(fill.orderId());
      }
      return new LegTally(
          size.plus(fill.quantity()),
          notional.plus(fill.notional()),
          fees.plus(fill.fee().usd(fill.price())),
          ids);
    }

    BigDecimal averagePrice() {
      return size.isZero()
          ? BigDecimal.ZERO
          : notional.value().divide(size.value(), MathContext.DECIMAL64);
    }
  }

  RoundFills plus(Fill fill) {
    return fill.instrument().leg() == Leg.SPOT
        ? new RoundFills(spot.plus(fill), perp)
        : new RoundFills(spot, perp.plus(fill));
  }

  boolean isEmpty() {
    return spot.size().isZero() && perp.size().isZero();
  }
}
