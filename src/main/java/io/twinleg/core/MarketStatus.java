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
import io.twinleg.core.risk.MarginSnapshot;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * One market as it stands, for people.
 *
 * @param hedgeError the delta in perp units, positive where spot stands alone
 * @param notional of the short at its mark; empty while it has none
 * @param marginRatio equity of the perp wallet over everything held in it, while something is
 * @param liquidationDistance how far the price may rise before the venue liquidates, as a part of
 *     it
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
    Optional<Usd> notional,
    Optional<BigDecimal> marginRatio,
    Optional<BigDecimal> liquidationDistance,
    Optional<Rate> runningRate,
    TargetPosition.Edge edge,
    Optional<Denial> waitingFor,
    int openSpotOrders,
    int openPerpOrders,
    Usd funding,
    Usd fees,
    Usd gross,
    Usd net) {

  static MarketStatus of(State state, MarketState market) {
    Optional<PairMarketData> data = state.data(market);
    PairLedger ledger = state.ledger(market);
    Optional<MarginSnapshot> margin = RiskProtection.margin(state);
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
        perpPrice.map(price -> price.times(ledger.shortPerp())),
        margin.map(MarginSnapshot::ratio),
        margin.map(wallet -> wallet.liquidationDistance(RiskProtection.leastLeverage(state))),
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
