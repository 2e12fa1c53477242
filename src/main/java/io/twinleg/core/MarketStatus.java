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

  static MarketStatus of(MarketState market, Optional<PairMarketData> data, PairLedger ledger) {
    Optional<Price> perpPrice = data.flatMap(PairMarketData::perpValue);
    Quantity hedgeError =
        data.flatMap(pair ->
                pair.perpValue().map(price -> market.pair().delta(pair, ledger, price).value()))
            .orElse(Quantity.ZERO);
    Pnl pnl = EngineLog.pnl(ledger, data);
    return new MarketStatus(
        market.id(),
        market.pair().stateLabel(),
        ledger.ownedSpot(),
        ledger.shortPerp(),
        hedgeError,
        data.flatMap(PairMarketData::spotValue),
        perpPrice,
        data.flatMap(PairMarketData::runningRate),
        market.lastTarget().map(TargetPosition::edge).orElse(TargetPosition.Edge.UNKNOWN),
        market.lastTarget().flatMap(TargetPosition::refusal),
        market.pair().orders().on(Leg.SPOT).size(),
        market.pair().orders().on(Leg.PERP).size(),
        pnl.funding(),
        pnl.fees(),
        pnl.gross(),
        pnl.net());
  }
}
