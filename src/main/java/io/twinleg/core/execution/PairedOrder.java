package io.twinleg.core.execution;

import io.twinleg.core.model.EntryClip;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.OrderIntent;
import io.twinleg.core.model.OrderPurpose;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Side;
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
    return OrderFactory.isLargeEnough(spot, Quantity.ZERO)
        && OrderFactory.isLargeEnough(perp, Quantity.ZERO);
  }

  Transition placedBy(Transition step) {
    return step.place(spot).place(perp);
  }
}
