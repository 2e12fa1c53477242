package io.twinleg.core.event;

import io.twinleg.core.model.ClientOrderId;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.MarketId.VenueId;
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

  /** The venue that it is for. */
  default VenueId venue() {
    return switch (this) {
      case PlaceOrder order -> order.instrument().market().venue();
      case CancelOrder cancel -> cancel.instrument().market().venue();
      case SetLeverage leverage -> leverage.instrument().market().venue();
      case QueryOrder query -> query.instrument().market().venue();
      case AtVenue at -> at.venue();
      case TransferCollateral transfer -> VenueId.FIRST;
      case ConfirmTransfer confirmation -> VenueId.FIRST;
      case InvalidateNonce nonce -> VenueId.FIRST;
      case QueryAccount query -> VenueId.FIRST;
      case AdjustPosition adjustment -> VenueId.FIRST;
      case Shutdown shutdown -> VenueId.FIRST;
    };
  }

  /** The same for one venue; what names an instrument of it names it already. */
  default Command at(VenueId venue) {
    return venue().equals(venue) ? this : new AtVenue(venue, this);
  }

  /** What is to be done there. */
  default Command inner() {
    return this;
  }

  /**
   * A request about the account at another venue than the first, which the request itself does not
   * name.
   */
  record AtVenue(VenueId venue, Command inner) implements Command {
    public AtVenue {
      if (venue.isFirst() || inner instanceof AtVenue || !inner.venue().isFirst()) {
        throw new IllegalArgumentException(inner + " is not to be sent to " + venue);
      }
    }
  }

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
