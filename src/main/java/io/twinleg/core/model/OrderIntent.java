package io.twinleg.core.model;

/** An order that a pair proposes. It becomes a command only through the risk gate. */
public record OrderIntent(
    Instrument instrument,
    Side side,
    Price price,
    Quantity quantity,
    TimeInForce timeInForce,
    boolean reduceOnly,
    OrderPurpose purpose) {

  public OrderIntent {
    if (!quantity.isPositive() || !instrument.isLegal(quantity)) {
      throw new IllegalArgumentException(
          "an order's size is a positive multiple of " + instrument.lot() + ", found " + quantity);
    }
    if (!instrument.prices().isLegal(price)) {
      throw new IllegalArgumentException(price + " is no legal price of " + instrument.symbol());
    }
    boolean perpBuy = instrument.leg() == Leg.PERP && side == Side.BUY;
    if (perpBuy && !reduceOnly) {
      throw new IllegalArgumentException("every perp buy of the carry is reduce-only (I5)");
    }
  }

  public Usd notional() {
    return price.times(quantity);
  }
}
