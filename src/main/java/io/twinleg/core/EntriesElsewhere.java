package io.twinleg.core;

import io.twinleg.core.execution.orders.WorkingOrder;
import io.twinleg.core.execution.pricing.ExecutionSettings;
import io.twinleg.core.market.PairMarketData;
import io.twinleg.core.model.AccountState;
import io.twinleg.core.model.AccountState.OpenOrder;
import io.twinleg.core.model.Exposure;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Side;
import io.twinleg.core.model.Usd;
import io.twinleg.core.risk.EntryGates;
import io.twinleg.core.risk.Funds;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Optional;

/**
 * What the entries under way in other markets may still take of the account, so that two markets do
 * not count the same money. An entry under way takes what completes both of its legs, with every
 * order of it filled. Of coins the report's open bids are held already; whether a venue holds
 * margin for an order that rests differs, so it counts as free there, and is reserved.
 */
final class EntriesElsewhere {
  private final State state;
  private final State.VenueState venue;

  private EntriesElsewhere(State state, State.VenueState venue) {
    this.state = state;
    this.venue = venue;
  }

  /** What one market may enter from: the wallets of its own venue. */
  static Funds funds(State state, MarketState market) {
    State.VenueState venue = state.venue(market);
    EntriesElsewhere elsewhere = new EntriesElsewhere(state, venue);
    Funds funds = Funds.of(state.account(venue));
    for (MarketState other : state.at(venue)) {
      boolean adds = !other.id().equals(market.id()) && !other.pair().isLeaving();
      Optional<PairMarketData> data = adds ? state.data(other) : Optional.empty();
      if (data.isPresent() && elsewhere.isUnderWay(other)) {
        funds = elsewhere.less(funds, other, data.get());
      }
    }
    return funds;
  }

  private boolean isUnderWay(MarketState other) {
    return !other.pair().orders().isEmpty() || state.isUnhedged(other);
  }

  private Funds less(Funds funds, MarketState other, PairMarketData data) {
    Price price = State.exposurePrice(data, state.ledger(other));
    Exposure exposure = other.exposure(data, state.ledger(other), price);
    ExecutionSettings execution = other.settings().execution();
    BigDecimal slippage = BigDecimal.ONE.add(execution.maxSlippageBps().movePointLeft(4));
    Usd coins =
        missing(exposure, exposure.spot(), price, data.multiplier())
            .times(slippage)
            .minus(heldAtVenue(other))
            .max(Usd.ZERO);
    Usd margin =
        missing(exposure, exposure.perp(), price, BigDecimal.ONE)
            .times(
                EntryGates.marginShare(execution.perpLeverage(), venue.fees)
                    .add(EntryGates.MARGIN_BUFFER));
    return new Funds(
        funds.account(), funds.quoteReserved().plus(coins), funds.marginReserved().plus(margin));
  }

  /** What a leg lacks to the larger of both with everything filled, at the perp's price. */
  private static Usd missing(
      Exposure exposure, Exposure.LegRisk leg, Price price, BigDecimal multiplier) {
    Quantity held = new Quantity(leg.held().value().divide(multiplier, MathContext.DECIMAL64));
    return exposure.worstNotional().minus(price.times(held)).max(Usd.ZERO);
  }

  /** The venue's report shows these bids: their quote is no longer free in it. */
  private Usd heldAtVenue(MarketState other) {
    Usd held = Usd.ZERO;
    for (WorkingOrder order : other.pair().orders().on(Leg.SPOT)) {
      if (order.order().side() == Side.BUY) {
        held = held.plus(order.order().price().times(shown(order).min(order.remaining())));
      }
    }
    return held;
  }

  private Quantity shown(WorkingOrder order) {
    return state.account(venue).reported().stream()
        .map(AccountState::openOrders)
        .flatMap(List::stream)
        .filter(open -> open.clientOrderId().filter(order.id()::equals).isPresent())
        .map(OpenOrder::remaining)
        .reduce(Quantity.ZERO, Quantity::plus);
  }
}
