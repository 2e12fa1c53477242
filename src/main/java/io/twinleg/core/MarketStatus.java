package io.twinleg.core;

import io.twinleg.core.market.PairMarketData;
import io.twinleg.core.model.Denial;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.MarketId;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Rate;
import io.twinleg.core.model.TargetPosition;
import io.twinleg.core.model.Usd;
import io.twinleg.core.portfolio.PairLedger;
import io.twinleg.core.portfolio.Pnl;
import java.util.Optional;

/**
 * One market as it stands, for people.
 *
 * @param hedgeError the delta in perp units, positive where spot stands alone
 * @param waitingFor what keeps the strategy from entering, when it is not in
 */
public record MarketStatus(
    MarketId market,
    String state,
    Quantity spot,
    Quantity shortPerp,
    Quantity hedgeError,
    Optional<Price> spotPrice,
    Optional<Price> perpPrice,
    Optional<Rate> runningRate,
    TargetPosition.Edge edge,
    Optional<Denial> waitingFor,
    int openSpotOrders,
    int openPerpOrders,
    Usd funding,
    Usd fees,
    Usd gross,
    Usd net) {

  static MarketStatus of(
      MarketState unit, Optional<PairMarketData> market, PairLedger ledger, Pnl pnl) {
    Optional<Price> perpPrice = market.flatMap(PairMarketData::perpValue);
    Quantity hedgeError =
        perpPrice
            .map(price -> unit.pair().delta(market.get(), ledger, price).value())
            .orElse(Quantity.ZERO);
    long spotOrders =
        unit.pair().orders().all().stream().filter(order -> order.leg() == Leg.SPOT).count();
    int all = unit.pair().orders().all().size();
    return new MarketStatus(
        unit.id(),
        unit.pair().stateLabel(),
        ledger.ownedSpot(),
        ledger.shortPerp(),
        hedgeError,
        market.flatMap(PairMarketData::spotValue),
        perpPrice,
        market.flatMap(PairMarketData::runningRate),
        unit.lastTarget().map(TargetPosition::edge).orElse(TargetPosition.Edge.UNKNOWN),
        unit.lastTarget().flatMap(TargetPosition::refusal),
        (int) spotOrders,
        all - (int) spotOrders,
        pnl.funding(),
        pnl.fees(),
        pnl.gross(),
        pnl.net());
  }
}
