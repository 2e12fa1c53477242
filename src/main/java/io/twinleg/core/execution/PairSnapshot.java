package io.twinleg.core.execution;

import io.twinleg.core.market.PairMarketData;
import io.twinleg.core.model.FeeSchedule;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.MarketId;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.RiskDirective;
import io.twinleg.core.model.TargetPosition;
import io.twinleg.core.model.Usd;
import io.twinleg.core.model.VenueCapabilities;
import io.twinleg.core.portfolio.PairLedger;
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
record PairSnapshot(
    PairMarketData market,
    PairLedger ledger,
    Price price,
    HedgeImbalance delta,
    WorkingOrders orders,
    List<OrderOutcome> ended,
    TargetPosition target,
    RiskDirective demand,
    EntryChecks desk,
    FeeSchedule fees,
    VenueCapabilities capabilities,
    ExecutionSettings settings,
    Duration exitDefer,
    boolean stopping,
    PairHistory memory,
    RejectPolicy aftermath,
    Timers deadlines) {

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
    return !ClipSizer.sellableSpot(this).isZero() || ledger.shortPerp().isPositive();
  }

  PairSnapshot remembering(PairHistory newMemory) {
    return new PairSnapshot(
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
