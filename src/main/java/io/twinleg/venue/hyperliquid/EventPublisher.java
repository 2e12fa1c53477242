package io.twinleg.venue.hyperliquid;

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
 * Where everything that is heard of the account becomes facts, once each. Answers, streams and
 * queries come by threads of their own; they take turns here. Until the start is over the facts are
 * kept, so that they and the account make one consistent cut (specification 2.7).
 */
final class EventPublisher {
  /** Where facts go on to. */
  interface Outlet {
    void tell(Instant venueTime, Event fact);
  }

  private final OrderCache orders;
  private final Deduplicator told;
  private final FillParser records;
  private final Outlet outlet;
  private final List<Event> kept = new ArrayList<>();
  private boolean starting = true;

  EventPublisher(
      HyperliquidInstrumentMap legs, OrderCache orders, Deduplicator told, Outlet outlet) {
    this.orders = orders;
    this.told = told;
    this.records = new FillParser(legs, orders::ofOid);
    this.outlet = outlet;
  }

  /** What was kept so far; from now on facts go out at once. */
  synchronized List<Event> startIsOver() {
    starting = false;
    List<Event> all = List.copyOf(kept);
    kept.clear();
    return all;
  }

  synchronized void tell(Instant venueTime, Event fact) {
    if (fact instanceof Event.OrderAccepted accepted) {
      orders.numbered(accepted.orderId(), accepted.order());
    }
    if (starting) {
      kept.add(fact);
    } else {
      outlet.tell(venueTime, fact);
    }
  }

  /** Returns whether any was new. */
  synchronized boolean fills(JsonNode list) {
    boolean any = false;
    for (JsonNode record : oldestFirst(list)) {
      Optional<Fill> fill = records.fill(record).filter(told::isNew);
      fill.ifPresent(this::tellFill);
      any |= fill.isPresent();
    }
    return any;
  }

  /** A snapshot begins with the newest. */
  private static List<JsonNode> oldestFirst(JsonNode list) {
    List<JsonNode> records = new ArrayList<>();
    list.forEach(records::add);
    records.sort(Comparator.comparingLong(record -> record.path("time").asLong()));
    return records;
  }

  private void tellFill(Fill fill) {
    orders.filled(fill);
    tell(fill.time(), new Event.OrderFilled(fill));
  }

  synchronized boolean payments(JsonNode list) {
    boolean any = false;
    for (JsonNode record : oldestFirst(list)) {
      Optional<Event> payment =
          records.funding(record).filter(told::isNew).map(Event.FundingReceived::new);
      payment.ifPresent(fact -> tell(time(record, "time"), fact));
      any |= payment.isPresent();
    }
    return any;
  }

  synchronized void transfers(JsonNode list, String account) {
    for (JsonNode record : list) {
      String what = record.path("delta").path("type").asString("");
      Instant time = time(record, "time");
      if (told.isNewTransfer(record.path("hash").asString(""), time, what)) {
        Usd usd = HyperliquidTransfers.intoAccount(record.path("delta"), account);
        tell(time, new Event.CashTransfer(usd, what, time));
      }
    }
  }

  /** Records of orders, of the stream; those of others are passed over. */
  synchronized void orderUpdates(JsonNode list) {
    for (JsonNode update : list) {
      JsonNode order = update.path("order");
      FillParser.cloid(order)
          .flatMap(orders::find)
          .flatMap(sent ->
              OrderRecordParser.fact(
                  sent.placed(), order, update.path("status").asString(""), sent.filled()))
          .ifPresent(fact -> tell(time(update, "statusTimestamp"), fact));
    }
  }

  Quantity seen(ClientOrderId order) {
    return orders.find(order).map(OrderCache.Sent::filled).orElse(Quantity.ZERO);
  }

  static Instant time(JsonNode record, String field) {
    return Instant.ofEpochMilli(record.path(field).asLong());
  }
}
