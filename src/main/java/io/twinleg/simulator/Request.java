package io.twinleg.simulator;

import io.twinleg.core.model.ClientOrderId;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Side;
import io.twinleg.core.model.TimeInForce;
import io.twinleg.core.model.Usd;
import java.time.Instant;
import java.util.Optional;

/** What an account may ask of the exchange. */
public sealed interface Request {

  /**
   * @param order empty for an order placed by hand
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

    /** By hand: without a client order id. */
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

    public Place named(ClientOrderId name) {
      return new Place(
          Optional.of(name),
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

  /** Uses up the nonce of an order: if the order has not been executed by now, it never will be. */
  record BurnNonce(ClientOrderId order) implements Request {}

  record QueryAccount() implements Request {}

  /**
   * @param transfer the account's own name for it: it is executed once at most
   */
  record MoveCollateral(long transfer, Usd amount, Leg from) implements Request {}

  /** Whether a transfer has been executed; if it has not by now, it never will be. */
  record SettleCollateral(long transfer) implements Request {}
}
