package io.hypercarry.core.execution;

import io.hypercarry.core.market.PairMarket;
import io.hypercarry.core.model.Capabilities;
import io.hypercarry.core.model.Demand;
import io.hypercarry.core.model.FeeSchedule;
import io.hypercarry.core.model.Instrument;
import io.hypercarry.core.model.Leg;
import io.hypercarry.core.model.MarketId;
import io.hypercarry.core.model.Price;
import io.hypercarry.core.model.Target;
import io.hypercarry.core.model.Usd;
import io.hypercarry.core.portfolio.PairLedger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * One instant of one market, as a state sees it: what is known, what is wanted, and what has just
 * ended.
 *
 * @param price that the perp is valued at now
 * @param delta how far the legs stand apart
 * @param ended the orders of ours that ended with the event at hand
 * @param exitDefer how long an exit by rate or value waits for a payment in its favour
 * @param aftermath what the venue's refusals of late ask for
 * @param stopping the run winds down: finish what is open, begin nothing
 */
record Situation(
    PairMarket market,
    PairLedger ledger,
    Price price,
    Delta delta,
    OwnOrders orders,
    List<OrderEnd> ended,
    Target target,
    Demand demand,
    EntryDesk desk,
    FeeSchedule fees,
    Capabilities capabilities,
    ExecutionSettings settings,
    Duration exitDefer,
    boolean stopping,
    Memory memory,
    Aftermath aftermath,
    Deadlines deadlines) {

  Instant now() {
    return deadlines.now();
  }

  MarketId id() {
    return market.instrument(Leg.PERP).id().market();
  }

  Instrument instrument(Leg leg) {
    return market.instrument(leg);
  }

  /** What an order is worth at least. */
  Usd leastTrade() {
    return delta.least();
  }

  boolean isUnhedged() {
    return delta.isUnhedged();
  }

  /** Whether anything worth an order is still held. */
  boolean isHolding() {
    return !Sizing.sellableSpot(this).isZero() || ledger.shortPerp().isPositive();
  }

  Situation remembering(Memory newMemory) {
    return new Situation(
        market,
        ledger,
        price,
        delta,
        orders,
        ended,
        target,
        demand,
        desk,
        fees,
        capabilities,
        settings,
        exitDefer,
        stopping,
        newMemory,
        aftermath,
        deadlines);
  }
}
