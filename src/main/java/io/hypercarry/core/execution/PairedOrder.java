package io.hypercarry.core.execution;

import io.hypercarry.core.model.EntryClip;
import io.hypercarry.core.model.Leg;
import io.hypercarry.core.model.OrderIntent;
import io.hypercarry.core.model.OrderPurpose;
import io.hypercarry.core.model.Price;
import io.hypercarry.core.model.Quantity;
import io.hypercarry.core.model.Side;
import java.util.Optional;

/** Both legs of a clip as two orders that take, sent as one message. */
record PairedOrder(OrderIntent spot, OrderIntent perp) {

  /** Empty where one of them could not be sent: then the other must not leave alone. */
  static Optional<PairedOrder> of(PairSnapshot s, EntryClip plan) {
    Optional<Price> buy = QuotePricer.cap(s, Leg.SPOT, Side.BUY);
    Optional<Price> sell = QuotePricer.cap(s, Leg.PERP, Side.SELL);
    return buy.flatMap(most -> sell.map(least -> priced(s, plan, most, least)))
        .filter(PairedOrder::isLargeEnough);
  }

  private static PairedOrder priced(PairSnapshot s, EntryClip plan, Price most, Price least) {
    return new PairedOrder(
        OrderFactory.take(s, Leg.SPOT, Side.BUY, most, plan.spot(), OrderPurpose.ENTRY),
        OrderFactory.take(s, Leg.PERP, Side.SELL, least, plan.perp(), OrderPurpose.ENTRY));
  }

  private boolean isLargeEnough() {
    return OrderFactory.isLargeEnough(spot, Quantity.ZERO) && OrderFactory.isLargeEnough(perp, Quantity.ZERO);
  }

  Transition placedBy(Transition step) {
    return step.place(spot).place(perp);
  }
}
