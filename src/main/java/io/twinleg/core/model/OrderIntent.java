package io.twinleg.core.model;

/**
 * An order that a pair proposes. Whether it is legal and allowed is checked by {@code
 * core.risk.PreTradeRisk}, which alone makes a command of it.
 */
public record OrderIntent(
    Instrument instrument,
    Side side,
    Price price,
    Quantity quantity,
    TimeInForce timeInForce,
    boolean reduceOnly,
    OrderPurpose purpose) {

  public OrderIntent atMost(Quantity most) {
    return new OrderIntent(
        instrument, side, price, quantity.min(most), timeInForce, reduceOnly, purpose);
  }

  public Usd notional() {
    return price.times(quantity);
  }

  /**
   * Whether the venue takes an order of this value, at its own price (I7). One that closes the
   * whole short may be smaller.
   */
  public boolean meetsMinimum(Quantity shortPerp) {
    boolean closesAll = reduceOnly && quantity.equals(shortPerp);
    return closesAll || !notional().isBelow(instrument.minNotional());
  }
}
