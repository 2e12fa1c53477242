package io.twinleg.venue.hyperliquid.order;

import io.twinleg.core.event.Command.CancelOrder;
import io.twinleg.core.event.Command.PlaceOrder;
import io.twinleg.core.event.Event;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.RejectReason;
import io.twinleg.core.model.TimeInForce;
import io.twinleg.venue.hyperliquid.order.ExchangeApi.ExchangeReply;
import io.twinleg.wire.hyperliquid.ErrorTexts;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * The response to an action, as events of its orders. Pure. No response means unknown, never
 * failed; a rejection with an unreadable text means unknown too (specification 2.6, protocol notes
 * 5.6).
 */
final class OrderResponseParser {
  private OrderResponseParser() {}

  static List<Event> orders(List<PlaceOrder> sent, ExchangeReply reply) {
    return switch (reply) {
      case ExchangeReply.Lost lost -> unknown(sent, lost.why());
      case ExchangeReply.Received received when !received.isOk() -> rejectedAction(sent, received);
      case ExchangeReply.Received received -> statuses(sent, received.statuses());
    };
  }

  private static List<Event> unknown(List<PlaceOrder> sent, String why) {
    return sent.stream().<Event>map(order -> new Event.OrderUnknown(order.order(), why)).toList();
  }

  /** A duplicate nonce shows that these bytes came before: their outcome is queried. */
  private static List<Event> rejectedAction(
      List<PlaceOrder> sent, ExchangeReply.Received received) {
    Optional<RejectReason> reason = ErrorTexts.known(received.refusal());
    return reason.isEmpty() || received.isDuplicateNonce()
        ? unknown(sent, received.refusal())
        : rejected(sent, reason.get(), received.refusal());
  }

  private static List<Event> rejected(List<PlaceOrder> sent, RejectReason reason, String text) {
    return sent.stream()
        .<Event>map(order -> new Event.OrderRejected(order.order(), reason, text))
        .toList();
  }

  /**
   * One status an order; or a single error for all of them, because an order that is wrong in
   * itself rejects its whole batch.
   */
  private static List<Event> statuses(List<PlaceOrder> sent, JsonNode statuses) {
    if (statuses.size() == sent.size()) {
      List<Event> events = new ArrayList<>();
      for (int i = 0; i < sent.size(); i++) {
        events.add(status(sent.get(i), statuses.get(i)));
      }
      return events;
    }
    if (statuses.size() == 1 && statuses.get(0).has("error")) {
      String text = statuses.get(0).path("error").asString("");
      return rejected(sent, ErrorTexts.reason(text), text);
    }
    return unknown(sent, statuses.size() + " statuses for " + sent.size() + " orders");
  }

  private static Event status(PlaceOrder order, JsonNode status) {
    if (status.has("resting")) {
      return new Event.OrderAccepted(order.order(), status.path("resting").path("oid").asLong());
    }
    if (status.has("filled")) {
      return filled(order, status.path("filled"));
    }
    if (status.has("error")) {
      String text = status.path("error").asString("");
      return new Event.OrderRejected(order.order(), ErrorTexts.reason(text), text);
    }
    return new Event.OrderUnknown(order.order(), "an unknown status: " + status);
  }

  /** "Filled" ends an IOC, and any order that it fills whole; the rest of another one rests. */
  private static Event filled(PlaceOrder order, JsonNode filled) {
    Quantity total = new Quantity(new BigDecimal(filled.path("totalSz").asString("0")));
    boolean ended =
        order.timeInForce() == TimeInForce.IOC || total.compareTo(order.quantity()) >= 0;
    return ended
        ? new Event.OrderEnded(order.order(), total, "filled")
        : new Event.OrderAccepted(order.order(), filled.path("oid").asLong());
  }

  /** A successful cancel publishes nothing: the order's own end follows with its fills. */
  static List<Event> cancels(List<CancelOrder> sent, ExchangeReply reply) {
    List<Event> events = new ArrayList<>();
    reply
        .received()
        .ifPresent(received -> {
          for (int i = 0; i < sent.size(); i++) {
            int index = i;
            cancelError(received, index)
                .ifPresent(text ->
                    events.add(
                        new Event.CancelRejected(
                            sent.get(index).order(), ErrorTexts.reason(text), text)));
          }
        });
    return events;
  }

  private static Optional<String> cancelError(ExchangeReply.Received received, int index) {
    if (!received.isOk()) {
      return Optional.of(received.refusal());
    }
    JsonNode statuses = received.statuses();
    JsonNode own = statuses.path(statuses.size() == 1 ? 0 : index);
    return own.has("error") ? Optional.of(own.path("error").asString("")) : Optional.empty();
  }
}
