package io.twinleg.core.event;

import io.twinleg.core.model.ClientOrderId;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.OrderIntent;
import io.twinleg.core.model.OrderPurpose;
import io.twinleg.core.model.PositionAdjustment;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Side;
import io.twinleg.core.model.TimeInForce;
import io.twinleg.core.model.Usd;

/** A request that leaves the core. It is durable in the journal before a byte of it is sent. */
public sealed interface Command {

  /**
   * Constructed by {@code PreTradeRisk} alone: the command is itself the proof that risk approved
   * it.
   */
  record PlaceOrder(
      ClientOrderId order,
      InstrumentId instrument,
      Side side,
      Price price,
      Quantity quantity,
      TimeInForce timeInForce,
      boolean reduceOnly,
      OrderPurpose purpose)
      implements Command {

    public static PlaceOrder of(ClientOrderId order, OrderIntent intent) {
      Instrument instrument = intent.instrument();
      return new PlaceOrder(
          order,
          instrument.id(),
          intent.side(),
          intent.price(),
          intent.quantity(),
          intent.timeInForce(),
          intent.reduceOnly(),
          intent.purpose());
    }

    public Usd notional() {
      return price.times(quantity);
    }
  }

  record CancelOrder(ClientOrderId order, InstrumentId instrument) implements Command {}

  record SetLeverage(InstrumentId instrument, int leverage, boolean cross) implements Command {}

  /**
   * Quote between the wallets of spot and perp. Constructed in {@code core.risk} alone.
   *
   * @param transfer its name: the sequence of the event that caused it
   * @param from the wallet that it leaves
   */
  record TransferCollateral(long transfer, Usd amount, Leg from) implements Command {}

  /**
   * Make sure of a transfer whose answer did not come: it has happened, or from here on it never
   * will. Answered by {@link Event.TransferResult}.
   */
  record ConfirmTransfer(long transfer) implements Command {}

  /** What became of an order? Answered by its events, or by {@link Event.OrderNotFound}. */
  record QueryOrder(ClientOrderId order, InstrumentId instrument) implements Command {}

  /** Use up the order's nonce, so that it can never land any more. */
  record InvalidateNonce(ClientOrderId order) implements Command {}

  /** The account as it stands, answered by {@link Event.AccountReported}. */
  record QueryAccount() implements Command {}

  /**
   * Set the books to what the venue shows. Nothing is sent: it is a command so that the journal has
   * it, and a reader of the journal can apply it as the Engine did.
   */
  record AdjustPosition(PositionAdjustment correction) implements Command {}

  /** The run is over; the runner stops after the journal has it. */
  record Shutdown(int exitCode, String reason) implements Command {}
}
