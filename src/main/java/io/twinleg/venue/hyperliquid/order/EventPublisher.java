package io.twinleg.venue.hyperliquid.order;

import io.twinleg.core.event.Event;
import io.twinleg.core.model.ClientOrderId;
import io.twinleg.core.model.Fill;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Usd;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Turns everything that arrives about the account into events, once each. Responses, streams and
 * queries arrive on different threads and are serialised here. Until the start is complete the
 * events are held, so that they and the account make one consistent cut (specification 2.7).
 */
public final class EventPublisher {
  /** Receives the published events. */
  public interface Sink {
    void publish(Instant venueTime, Event event);
  }

  private final OrderCache orders;
  private final Deduplicator deduplicator;
  private final FillParser records;
  private final Sink sink;
  private final List<Event> held = new ArrayList<>();
  private boolean starting = true;

  public EventPublisher(
      HyperliquidInstrumentMap legs, OrderCache orders, Deduplicator deduplicator, Sink sink) {
    this.orders = orders;
    this.deduplicator = deduplicator;
    this.records = new FillParser(legs, orders::ofOid);
    this.sink = sink;
  }

  /** Ends the start and returns the held events; from now on events are published at once. */
  public synchronized List<Event> finishStart() {
    starting = false;
    List<Event> all = List.copyOf(held);
    held.clear();
    return all;
  }

  public synchronized void publish(Instant venueTime, Event event) {
    if (event instanceof Event.OrderAccepted accepted) {
      orders.putOid(accepted.orderId(), accepted.order());
    }
    if (starting) {
      held.add(event);
    } else {
      sink.publish(venueTime, event);
    }
  }

  /** Returns whether any was new. */
  public synchronized boolean fills(JsonNode list) {
    boolean any = false;
    for (JsonNode record : oldestFirst(list)) {
      Optional<Fill> fill = records.fill(record).filter(deduplicator::isNew);
      fill.ifPresent(this::publishFill);
      any |= fill.isPresent();
    }
    return any;
  }

  /** Snapshots are newest first. */
  private static List<JsonNode> oldestFirst(JsonNode list) {
    List<JsonNode> records = new ArrayList<>();
    list.forEach(records::add);
    records.sort(Comparator.comparingLong(record -> record.path("time").asLong()));
    return records;
  }

  private void publishFill(Fill fill) {
    orders.addFill(fill);
    publish(fill.time(), new Event.OrderFilled(fill));
  }

  public synchronized boolean payments(JsonNode list) {
    boolean any = false;
    for (JsonNode record : oldestFirst(list)) {
      Optional<Event> payment =
          records.funding(record).filter(deduplicator::isNew).map(Event.FundingReceived::new);
      payment.ifPresent(event -> publish(time(record, "time"), event));
      any |= payment.isPresent();
    }
    return any;
  }

  public synchronized void transfers(JsonNode list, String account) {
    for (JsonNode record : list) {
      String what = record.path("delta").path("type").asString("");
      Instant time = time(record, "time");
      if (deduplicator.isNewTransfer(record.path("hash").asString(""), time, what)) {
        Usd usd = FillParser.transferred(record.path("delta"), account);
        publish(time, new Event.CashTransfer(usd, what, time));
      }
    }
  }

  /** Order records of the stream; foreign orders are skipped. */
  public synchronized void orderUpdates(JsonNode list) {
    for (JsonNode update : list) {
      JsonNode order = update.path("order");
      FillParser.cloid(order)
          .flatMap(orders::find)
          .flatMap(sent ->
              OrderRecordParser.event(
                  sent.placed(), order, update.path("status").asString(""), sent.filled()))
          .ifPresent(event -> publish(time(update, "statusTimestamp"), event));
    }
  }

  Quantity filled(ClientOrderId order) {
    return orders.find(order).map(OrderCache.Sent::filled).orElse(Quantity.ZERO);
  }

  public static Instant time(JsonNode record, String field) {
    return Instant.ofEpochMilli(record.path(field).asLong());
  }
}
