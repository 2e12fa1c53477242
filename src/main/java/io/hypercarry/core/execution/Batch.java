package io.hypercarry.core.execution;

import io.hypercarry.core.model.EntryPlan;
import io.hypercarry.core.model.Leg;
import io.hypercarry.core.model.OrderIntent;
import io.hypercarry.core.model.Price;
import io.hypercarry.core.model.Purpose;
import io.hypercarry.core.model.Quantity;
import io.hypercarry.core.model.Side;
import java.util.Optional;

/** Both legs of a clip as two orders that take, sent as one message. */
record Batch(OrderIntent spot, OrderIntent perp) {

  /** Empty where one of them could not be sent: then the other must not leave alone. */
  static Optional<Batch> of(Situation s, EntryPlan plan) {
    Optional<Price> buy = Quoter.cap(s, Leg.SPOT, Side.BUY);
    Optional<Price> sell = Quoter.cap(s, Leg.PERP, Side.SELL);
    return buy.flatMap(most -> sell.map(least -> priced(s, plan, most, least)))
        .filter(Batch::isLargeEnough);
  }

  private static Batch priced(Situation s, EntryPlan plan, Price most, Price least) {
    return new Batch(
        Orders.take(s, Leg.SPOT, Side.BUY, most, plan.spot(), Purpose.ENTRY),
        Orders.take(s, Leg.PERP, Side.SELL, least, plan.perp(), Purpose.ENTRY));
  }

  private boolean isLargeEnough() {
    return Orders.isLargeEnough(spot, Quantity.ZERO) && Orders.isLargeEnough(perp, Quantity.ZERO);
  }

  Step placedBy(Step step) {
    return step.place(spot).place(perp);
  }
}
