package io.twinleg.venue.hyperliquid.order;

import io.twinleg.core.event.Command.PlaceOrder;
import io.twinleg.core.event.Command.QueryOrder;
import io.twinleg.core.event.Event;
import io.twinleg.core.model.Quantity;
import io.twinleg.venue.VenueException;
import io.twinleg.wire.hyperliquid.HyperliquidJson;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * The outcome of an order: its record shows whether it is over, the account's fills how much it
 * filled. Without a response nothing is published, and the caller queries again (specification
 * 2.6).
 */
public final class OrderStatusClient {
  /** An order's fills are no older than it, up to the difference of the clocks. */
  private static final Duration BEFORE = Duration.ofSeconds(60);

  private final String account;
  private final InfoApi info;
  private final OrderCache orders;
  private final EventPublisher events;
  private final InstantSource clock;

  public OrderStatusClient(
      String account, InfoApi info, OrderCache orders, EventPublisher events, InstantSource clock) {
    this.account = account;
    this.info = info;
    this.orders = orders;
    this.events = events;
    this.clock = clock;
  }

  public void query(QueryOrder query) {
    try {
      orders.find(query.order()).ifPresent(this::query);
    } catch (VenueException failure) {
      // No response: nothing is published, and the caller queries again.
      return;
    }
  }

  private void query(OrderCache.Sent sent) {
    PlaceOrder placed = sent.placed();
    // The record is as old as its request; the request for the fills may take long.
    Instant requested = clock.instant();
    JsonNode response =
        info.request(
            HyperliquidJson.object()
                .put("type", "orderStatus")
                .put("user", account)
                .put("oid", placed.order().hex()));
    events.fills(
        info.requestSince(
            "userFillsByTime", account, Instant.ofEpochMilli(sent.nonce()).minus(BEFORE)));
    Quantity filled = events.filled(placed.order());
    Optional<Event> fact =
        response.path("status").asString("").equals("order")
            ? record(placed, response.path("order"), filled)
            : notFound(placed, filled);
    fact.ifPresent(event -> events.publish(requested, event));
  }

  private static Optional<Event> record(PlaceOrder placed, JsonNode record, Quantity filled) {
    return OrderRecordParser.event(
        placed, record.path("order"), record.path("status").asString(""), filled);
  }

  /** The venue drops records sooner than fills: an order that filled was there. */
  private static Optional<Event> notFound(PlaceOrder placed, Quantity filled) {
    return filled.isPositive()
        ? Optional.empty()
        : Optional.of(new Event.OrderNotFound(placed.order()));
  }
}
