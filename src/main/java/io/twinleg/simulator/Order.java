package io.twinleg.simulator;

import io.twinleg.core.model.ClientOrderId;
import io.twinleg.core.model.Fill;
import io.twinleg.core.model.FillOrigin;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Side;
import io.twinleg.core.model.TimeInForce;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An order of an account, from its request to its end. */
final class Order extends OrderBook.BookEntry {
  /** Only {@code Working} ever changes. */
  sealed interface Status {
    record Working() implements Status {}

    record Closed(String reason) implements Status {}

    record Rejected(Request.Rejection rejection) implements Status {}
  }

  private static final Status WORKING = new Status.Working();

  private final long id;
  private final Account account;
  private final ListedInstrument listing;
  private final Request.Place terms;
  private final long limit;
  private final FillOrigin origin;
  private final List<Fill> fills = new ArrayList<>();
  private Status status = WORKING;

  Order(long id, Account account, ListedInstrument listing, Request.Place terms) {
    this(id, account, listing, terms, terms.price().e8(), FillOrigin.ORDER);
  }

  private Order(
      long id,
      Account account,
      ListedInstrument listing,
      Request.Place terms,
      long limit,
      FillOrigin origin) {
    super(0);
    this.id = id;
    this.account = account;
    this.listing = listing;
    this.terms = terms;
    this.limit = limit;
    this.origin = origin;
  }

  /** Reduces a position at any price; the price of its terms is a placeholder. */
  static Order toReduce(
      long id,
      Account account,
      ListedInstrument perp,
      Quantity position,
      Quantity quantity,
      FillOrigin origin) {
    Side side = position.signum() > 0 ? Side.SELL : Side.BUY;
    Request.Place terms =
        new Request.Place(
            Optional.empty(),
            perp.id(),
            side,
            new Price(1),
            quantity,
            TimeInForce.IOC,
            true,
            Optional.empty());
    return new Order(id, account, perp, terms, side == Side.BUY ? Long.MAX_VALUE : 1, origin);
  }

  static Order restored(
      Account account, ListedInstrument listing, ExchangeState.StoredOrders.StoredOrder stored) {
    Order order =
        new Order(stored.id(), account, listing, stored.terms(), stored.limit(), stored.origin());
    order.setLots(stored.lots());
    order.fills.addAll(stored.fills());
    order.status = stored.status();
    return order;
  }

  FillOrigin origin() {
    return origin;
  }

  long id() {
    return id;
  }

  Account account() {
    return account;
  }

  ListedInstrument listing() {
    return listing;
  }

  Request.Place terms() {
    return terms;
  }

  Optional<ClientOrderId> clientId() {
    return terms.order();
  }

  Side side() {
    return terms.side();
  }

  long limit() {
    return limit;
  }

  Quantity remaining() {
    return listing.quantity(lots());
  }

  List<Fill> fills() {
    return fills;
  }

  void add(Fill fill) {
    fills.add(fill);
  }

  Quantity filled() {
    return fills.stream().map(Fill::quantity).reduce(Quantity.ZERO, Quantity::plus);
  }

  Status status() {
    return status;
  }

  void end(Status end) {
    if (!(status instanceof Status.Working)) {
      throw new IllegalStateException("order " + id + " ended twice");
    }
    status = end;
  }

  ExecutionReport.Closed closing(String reason) {
    return new ExecutionReport.Closed(clientId(), id, filled(), reason);
  }
}
