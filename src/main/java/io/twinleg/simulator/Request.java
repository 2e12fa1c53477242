package io.twinleg.simulator;

import io.twinleg.core.model.ClientOrderId;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.RejectReason;
import io.twinleg.core.model.Side;
import io.twinleg.core.model.TimeInForce;
import io.twinleg.core.model.Usd;
import java.time.Instant;
import java.util.Optional;

/** What an account may request of the exchange. */
public sealed interface Request {

  /**
   * @param order empty for an order placed manually
   * @param expiresAfter executed later than this, the order is rejected
   */
  record Place(
      Optional<ClientOrderId> order,
      InstrumentId instrument,
      Side side,
      Price price,
      Quantity quantity,
      TimeInForce timeInForce,
      boolean reduceOnly,
      Optional<Instant> expiresAfter)
      implements Request {

    /** Without a client order id. */
    public static Place manual(
        InstrumentId instrument,
        Side side,
        String price,
        String quantity,
        TimeInForce timeInForce) {
      return new Place(
          Optional.empty(),
          instrument,
          side,
          Price.of(price),
          Quantity.of(quantity),
          timeInForce,
          false,
          Optional.empty());
    }

    public Place reducing() {
      return new Place(order, instrument, side, price, quantity, timeInForce, true, expiresAfter);
    }

    public Place withClientId(ClientOrderId id) {
      return new Place(
          Optional.of(id),
          instrument,
          side,
          price,
          quantity,
          timeInForce,
          reduceOnly,
          expiresAfter);
    }
  }

  record Cancel(ClientOrderId order, InstrumentId instrument) implements Request {}

  record SetLeverage(InstrumentId instrument, int leverage, boolean cross) implements Request {}

  record QueryOrder(ClientOrderId order, InstrumentId instrument) implements Request {}

  /** Uses up the nonce of an order: one that has not arrived by now is never executed. */
  record InvalidateNonce(ClientOrderId order) implements Request {}

  record QueryAccount() implements Request {}

  /**
   * @param transfer the account's own id of it: it is executed once at most
   */
  record TransferCollateral(long transfer, Usd amount, Leg from) implements Request {}

  /** The outcome of a transfer: one that has not arrived by now is never executed. */
  record ConfirmTransfer(long transfer) implements Request {}

  /** Why the exchange rejects a request, with its sentence for the account. */
  record Rejection(RejectReason reason, String text) {}
}
