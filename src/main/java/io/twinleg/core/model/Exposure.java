package io.twinleg.core.model;

/**
 * What one market puts at risk, the worst that live and unknown orders may still do included.
 *
 * @param delta hedge ratio × owned spot / multiplier − short, in perp units; positive is un-hedged
 *     spot
 * @param tolerance the |delta| that lots cannot close
 * @param invested the dearer leg's cost
 * @param worstNotional the larger leg at today's price, with everything that is on its way filled
 * @param pendingSpotSell spot that live orders may still sell
 * @param pendingPerpBuy short that live orders may still close
 * @param pendingPerpSell short that live hedges may still open
 */
public record Exposure(
    MarketId market,
    Quantity ownedSpot,
    Quantity shortPerp,
    Quantity delta,
    Quantity tolerance,
    Usd invested,
    Usd worstNotional,
    Quantity pendingSpotSell,
    Quantity pendingPerpBuy,
    Quantity pendingPerpSell) {}
