package io.twinleg.stress.invariants;

import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.MarketId;
import io.twinleg.core.model.Side;
import io.twinleg.simulator.NetworkModel.FaultModel.Passage;
import io.twinleg.simulator.Request;
import io.twinleg.stress.invariants.Violation.ViolationRecorder;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How soon the spot is sold that an external reduction of the short has left un-hedged: a part of
 * I3. Measured from the event on the exchange's clock to the order that leaves, without the delay
 * of the message. Not required while the runner cannot act, nor while a sale is open or unknown.
 */
final class ExternalReductionInvariant {
  private static final Duration MAX_DELAY = Duration.ofMillis(500);

  private record Due(Instant since, Duration max) {}

  private final MarketId market;
  private final OpenOrders orders;
  private final ViolationRecorder violations;
  private @Nullable Due due;
  private boolean suspended;

  ExternalReductionInvariant(MarketId market, OpenOrders orders, ViolationRecorder violations) {
    this.market = market;
    this.orders = orders;
    this.violations = violations;
  }

  void suspend(boolean isSuspended) {
    suspended = isSuspended;
    due = isSuspended ? null : due;
  }

  void restart() {
    due = null;
  }

  /** The perp was traded externally, and spot worth an order is un-hedged. */
  void reduced(Instant now) {
    boolean selling =
        orders.left(InstrumentId.spot(market), Side.SELL).isPositive()
            || orders.left(InstrumentId.perp(market), Side.SELL).isPositive();
    if (!suspended && !selling && due == null) {
      due = new Due(now, MAX_DELAY);
    }
  }

  /** How the message of that fill is delivered. */
  void delivered(Passage passage) {
    if (due != null) {
      due =
          switch (passage) {
            case Passage.Late late -> new Due(due.since(), due.max().plus(late.by()));
            case Passage.Lost lost -> null;
            case Passage.Doubled doubled -> due;
          };
    }
  }

  void sent(Request.Place order) {
    if (order.instrument().leg() == Leg.SPOT && order.side() == Side.SELL) {
      due = null;
    }
  }

  void check(Instant now, boolean stillUnhedged) {
    due = stillUnhedged ? due : null;
    if (due == null) {
      return;
    }
    Duration passed = Duration.between(due.since(), now);
    violations.require(
        passed.compareTo(due.max()) <= 0,
        "I3",
        "the short of %s was reduced externally at %s, and no spot is on sale after %s, the most"
            + " is %s",
        market,
        due.since(),
        passed,
        due.max());
  }
}
