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
 * What became of an order: its record for whether it is over, the account's fills for how much it
 * filled. Silence is no answer; it is asked again (specification 2.6).
 */
public final class OrderStatusClient {
  /** An order's fills are no older than it; clocks differ. */
  private static final Duration BEFORE = Duration.ofSeconds(60);

  private final String account;
  private final InfoApi info;
  private final OrderCache orders;
  private final EventPublisher events;
  private final InstantSource clock;

  public OrderStatusClient(
      String account, InfoApi info, OrderCache orders, EventPublisher desk, InstantSource clock) {
    this.account = account;
    this.info = info;
    this.orders = orders;
    this.events = desk;
    this.clock = clock;
  }

  public void query(QueryOrder question) {
    try {
      orders.find(question.order()).ifPresent(this::query);
    } catch (VenueException silent) {
      // No answer, so nothing is told: whoever asked sees that, and asks again.
      return;
    }
  }

  private void query(OrderCache.Sent sent) {
    PlaceOrder placed = sent.placed();
    // What is not found is as old as the question: the fills are asked for later, and may take
    // long.
    Instant asked = clock.instant();
    JsonNode answer =
        info.request(
            HyperliquidJson.object()
                .put("type", "orderStatus")
                .put("user", account)
                .put("oid", placed.order().hex()));
    events.fills(
        info.requestSince("userFillsByTime", account, Instant.ofEpochMilli(sent.nonce()).minus(BEFORE)));
    Quantity seen = events.filled(placed.order());
    Optional<Event> fact =
        answer.path("status").asString("").equals("order")
            ? record(placed, answer.path("order"), seen)
            : notFound(placed, seen);
    fact.ifPresent(told -> events.publish(asked, told));
  }

  private static Optional<Event> record(PlaceOrder placed, JsonNode record, Quantity seen) {
    return OrderRecordParser.event(
        placed, record.path("order"), record.path("status").asString(""), seen);
  }

  /** The venue forgets records sooner than fills: what filled was there. */
  private static Optional<Event> notFound(PlaceOrder placed, Quantity seen) {
    return seen.isPositive()
        ? Optional.empty()
        : Optional.of(new Event.OrderNotFound(placed.order()));
  }
}
