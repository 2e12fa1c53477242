package io.twinleg.core.model;

import java.math.BigDecimal;
import java.math.MathContext;

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

  /**
   * With one more order on its way.
   *
   * @param price the perp's today
   */
  public Exposure with(OrderIntent order, Price price, BigDecimal multiplier) {
    Instrument instrument = order.instrument();
    boolean ofSpot = instrument.leg() == Leg.SPOT;
    boolean adds = (order.side() == Side.BUY) == ofSpot;
    Quantity size = order.quantity();
    Quantity inPerp =
        ofSpot ? new Quantity(size.value().divide(multiplier, MathContext.DECIMAL64)) : size;
    LegRisk leg = leg(instrument.leg());
    LegRisk then =
        adds
            ? new LegRisk(
                leg.held(),
                leg.adding().plus(size),
                leg.reducing(),
                leg.invested().plus(order.notional()),
                leg.worst().plus(price.times(inPerp)))
            : new LegRisk(
                leg.held(), leg.adding(), leg.reducing().plus(size), leg.invested(), leg.worst());
    return new Exposure(market, ofSpot ? then : spot, ofSpot ? perp : then, delta, tolerance);
  }

  public LegRisk leg(Leg leg) {
    return leg == Leg.SPOT ? spot : perp;
  }

  /** A market's notional is the larger of its two legs. */
  public Usd worstNotional() {
    return spot.worst().max(perp.worst());
  }
}
