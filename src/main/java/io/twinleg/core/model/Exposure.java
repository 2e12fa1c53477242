package io.twinleg.core.model;

/**
 * What one market puts at risk, with everything that live and unknown orders may still do.
 *
 * @param delta hedge ratio × owned spot / multiplier − short, in perp units; positive is un-hedged
 *     spot
 * @param tolerance the |delta| that lots cannot close, in perp units
 */
public record Exposure(
    MarketId market, LegRisk spot, LegRisk perp, Quantity delta, Quantity tolerance) {

  /**
   * One leg: spot that is owned and bought, or the short and what is sold to open it.
   *
   * @param held in lots of the leg, never negative
   * @param adding what live orders may still add to it, {@code reducing} take from it
   * @param invested what it cost, with the orders that add at their own prices
   * @param worst its value at the perp's price today, with everything that adds filled
   */
  public record LegRisk(
      Quantity held, Quantity adding, Quantity reducing, Usd invested, Usd worst) {
    public static final LegRisk NONE =
        new LegRisk(Quantity.ZERO, Quantity.ZERO, Quantity.ZERO, Usd.ZERO, Usd.ZERO);

    /** What may be closed: of the rest an order that is on its way takes care. */
    public Quantity free() {
      return held.minus(reducing);
    }
  }

  public LegRisk leg(Leg leg) {
    return leg == Leg.SPOT ? spot : perp;
  }

  /** A market's notional is the larger of its two legs. */
  public Usd worstNotional() {
    return spot.worst().max(perp.worst());
  }
}
