package io.twinleg.core.model;

import java.time.Instant;
import java.util.Optional;

/**
 * One execution. {@code clientOrderId} is empty for an order that is not ours (a manual trade, a
 * liquidation): {@code cause} says whose doing that was. Its identity is (instrument, time, order
 * id, trade id): a trade id alone is not unique.
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

  public record Identity(InstrumentId instrument, Instant time, long orderId, long tradeId) {}

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
