package io.twinleg.venue.hyperliquid.order;

import io.twinleg.core.event.Command.PlaceOrder;
import io.twinleg.core.event.Event;
import io.twinleg.core.model.ClientOrderId;
import io.twinleg.core.model.FeeSchedule;
import io.twinleg.core.model.Quantity;
import io.twinleg.wire.hyperliquid.HyperliquidJson;
import io.twinleg.wire.hyperliquid.account.OpenOrder;
import io.twinleg.wire.hyperliquid.account.OrderState;
import io.twinleg.wire.hyperliquid.account.RestingOrders;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * The outcome of an order: its record shows whether it is over, the account's fills how much it
 * filled. Without a readable response nothing is published, and the caller queries again
 * (specification 2.6).
 */
public final class OrderStatusClient {
  /** An order's fills are no older than it, up to what a clock may have been wrong. */
  private static final Duration BEFORE = Duration.ofSeconds(60);

  /** How many orders are requested about when it is not known whose fill cannot be read. */
  private static final int MOST_REQUESTED = 8;

  private final String account;
  private final HyperliquidInstrumentMap legs;
  private final InfoApi info;
  private final OrderCache orders;
  private final EventPublisher events;
  private final InstantSource venueTime;

  public OrderStatusClient(
      String account,
      HyperliquidInstrumentMap legs,
      InfoApi info,
      OrderCache orders,
      EventPublisher events,
      InstantSource venueTime) {
    this.account = account;
    this.legs = legs;
    this.info = info;
    this.orders = orders;
    this.events = events;
    this.venueTime = venueTime;
  }

  /**
   * @throws io.twinleg.venue.VenueException when there is no response
   * @throws io.twinleg.wire.MalformedMessage when it cannot be read, or is another order's
   */
  public void query(ClientOrderId order) {
    Optional<OrderCache.Sent> before = orders.find(order);
    if (before.isEmpty()) {
      return;
    }
    PlaceOrder placed = before.get().placed();
    // The record is as old as its request; the request for the fills may take long.
    Instant requested = venueTime.instant();
    Optional<OrderState> found = record(order);
    boolean isOpen = found.filter(state -> !state.isOver()).isPresent();
    if (!isOpen) {
      events.fills(
          info.requestSince(
              "userFillsByTime",
              account,
              Instant.ofEpochMilli(before.get().nonce()).minus(BEFORE)));
    }
    OrderCache.Sent sent = orders.find(order).orElse(before.get());
    boolean endedMeanwhile = sent.over() && !before.get().over();
    if (isOpen && endedMeanwhile) {
      return;
    }
    Optional<Event> event =
        found.isPresent()
            ? OrderRecord.event(sent, found.get(), legs)
            : notFound(placed, sent.filled());
    event.ifPresent(known -> events.publish(requested, known));
  }

  private Optional<OrderState> record(ClientOrderId order) {
    Optional<OrderState> found =
        info.request(
            HyperliquidJson.object()
                .put("type", "orderStatus")
                .put("user", account)
                .put("oid", order.hex()),
            OrderState::readLookup);
    found
        .map(OrderState::order)
        .filter(known -> known.cloid().filter(order.hex()::equalsIgnoreCase).isPresent())
        .ifPresent(known -> orders.name(known.oid(), order));
    return found;
  }

  /** The venue drops records sooner than fills: an order that filled was there. */
  private static Optional<Event> notFound(PlaceOrder placed, Quantity filled) {
    return filled.isPositive()
        ? Optional.empty()
        : Optional.of(new Event.OrderNotFound(placed.order()));
  }

  /**
   * Fills cannot be read: the newest orders that may have filled more than is known are requested
   * how much they filled. Returns whether anything was booked.
   *
   * @param fees by which what they cost is estimated
   */
  public boolean estimateFills(FeeSchedule fees) {
    RestingOrders open =
        info.request(
            "frontendOpenOrders",
            account,
            list -> RestingOrders.read(list, coin -> legs.ofCoin(coin).isPresent(), orders::isOwn));
    boolean any = false;
    for (OrderCache.Sent sent : orders.incomplete(MOST_REQUESTED)) {
      PlaceOrder placed = sent.placed();
      Optional<OpenOrder> resting =
          open.orders().stream()
              .filter(
                  order -> order.cloid().filter(placed.order().hex()::equalsIgnoreCase).isPresent())
              .findFirst();
      if (resting.isPresent()) {
        OpenOrder order = resting.get();
        Quantity total = new Quantity(order.originalSize().subtract(order.size()));
        any |= estimate(placed, order.oid(), total, fees);
      } else {
        Optional<OrderState> state = record(placed.order());
        Optional<Quantity> total = state.flatMap(found -> OrderRecord.total(placed, found));
        any |=
            total.isPresent()
                && estimate(placed, state.orElseThrow().order().oid(), total.get(), fees);
      }
    }
    return any;
  }

  private boolean estimate(PlaceOrder placed, long oid, Quantity total, FeeSchedule fees) {
    return !total.exceeds(placed.quantity()) && events.estimate(placed, oid, total, fees);
  }
}
