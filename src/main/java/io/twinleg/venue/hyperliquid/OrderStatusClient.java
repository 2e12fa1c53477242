package io.twinleg.venue.hyperliquid;

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
final class OrderStatusClient {
  /** An order's fills are no older than it; clocks differ. */
  private static final Duration BEFORE = Duration.ofSeconds(60);

  private final String account;
  private final InfoApi info;
  private final OrderCache orders;
  private final EventPublisher desk;
  private final InstantSource clock;

  OrderStatusClient(
      String account, InfoApi info, OrderCache orders, EventPublisher desk, InstantSource clock) {
    this.account = account;
    this.info = info;
    this.orders = orders;
    this.desk = desk;
    this.clock = clock;
  }

  void ask(QueryOrder question) {
    try {
      orders.find(question.order()).ifPresent(this::ask);
    } catch (VenueException silent) {
      // No answer, so nothing is told: whoever asked sees that, and asks again.
      return;
    }
  }

  private void ask(OrderCache.Sent sent) {
    PlaceOrder placed = sent.placed();
    // What is not found is as old as the question: the fills are asked for later, and may take
    // long.
    Instant asked = clock.instant();
    JsonNode answer =
        info.ask(
            HyperliquidJson.object()
                .put("type", "orderStatus")
                .put("user", account)
                .put("oid", placed.order().hex()));
    desk.fills(
        info.since("userFillsByTime", account, Instant.ofEpochMilli(sent.nonce()).minus(BEFORE)));
    Quantity seen = desk.seen(placed.order());
    Optional<Event> fact =
        answer.path("status").asString("").equals("order")
            ? record(placed, answer.path("order"), seen)
            : notFound(placed, seen);
    fact.ifPresent(told -> desk.tell(asked, told));
  }

  private static Optional<Event> record(PlaceOrder placed, JsonNode record, Quantity seen) {
    return OrderRecordParser.fact(
        placed, record.path("order"), record.path("status").asString(""), seen);
  }

  /** The venue forgets records sooner than fills: what filled was there. */
  private static Optional<Event> notFound(PlaceOrder placed, Quantity seen) {
    return seen.isPositive()
        ? Optional.empty()
        : Optional.of(new Event.OrderNotFound(placed.order()));
  }
}
