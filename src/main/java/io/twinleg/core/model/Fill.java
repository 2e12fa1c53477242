package io.twinleg.core.model;

import java.time.Instant;
import java.util.Optional;

/**
 * One execution. {@code clientOrderId} is empty for an order that is not ours (a manual trade, a
 * liquidation): {@code cause} says whose doing that was.
 */
public record Fill(
    Optional<ClientOrderId> clientOrderId,
    InstrumentId instrument,
    Side side,
    Price price,
    Quantity quantity,
    Fee fee,
    boolean maker,
    long orderId,
    long tradeId,
    Instant time,
    FillOrigin cause) {

  public Fill(
      Optional<ClientOrderId> clientOrderId,
      InstrumentId instrument,
      Side side,
      Price price,
      Quantity quantity,
      Fee fee,
      boolean maker,
      long orderId,
      long tradeId,
      Instant time) {
    this(
        clientOrderId,
        instrument,
        side,
        price,
        quantity,
        fee,
        maker,
        orderId,
        tradeId,
        time,
        FillOrigin.ORDER);
  }

  /**
   * What makes it the same execution: a trade id alone is not unique, an order and a trade id are.
   * A stream and a list of trades may stamp one trade at different times, and so may a venue whose
   * clock was set, so that the time counts only where there is no trade id.
   *
   * @param time the epoch where there is a trade id, which is above zero
   */
  public record Identity(InstrumentId instrument, Instant time, long orderId, long tradeId) {
    public Identity {
      time = tradeId > 0 ? Instant.EPOCH : time;
    }
  }

  public Fill {
    if (!quantity.isPositive()) {
      throw new IllegalArgumentException("a fill's size is positive, found " + quantity);
    }
  }

  public Identity identity() {
    return new Identity(instrument, time, orderId, tradeId);
  }

  public Usd notional() {
    return price.times(quantity);
  }
}
