package io.twinleg.venue.hyperliquid.order;

import io.twinleg.venue.hyperliquid.order.ExchangeApi.ExchangeReply;

import io.twinleg.core.event.Command.CancelOrder;
import io.twinleg.core.event.Command.PlaceOrder;
import io.twinleg.core.event.Event;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.RejectReason;
import io.twinleg.core.model.TimeInForce;
import io.twinleg.wire.hyperliquid.ErrorTexts;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * The answer to an action, as facts of the orders in it. Pure. No answer is "unknown", never
 * "failed"; a refusal that we cannot read is unknown too (specification 2.6, protocol notes 5.6).
 */
final class OrderResponseParser {
  private OrderResponseParser() {}

  static List<Event> orders(List<PlaceOrder> sent, ExchangeReply reply) {
    return switch (reply) {
      case ExchangeReply.Lost lost -> unknown(sent, lost.why());
      case ExchangeReply.Received said when !said.isOk() -> refused(sent, said);
      case ExchangeReply.Received said -> statuses(sent, said.statuses());
    };
  }

  private static List<Event> unknown(List<PlaceOrder> sent, String why) {
    return sent.stream().<Event>map(each -> new Event.OrderUnknown(each.order(), why)).toList();
  }

  /** A used nonce says that these very bytes came here before: what became of them is asked for. */
  private static List<Event> refused(List<PlaceOrder> sent, ExchangeReply.Received said) {
    Optional<RejectReason> reason = ErrorTexts.known(said.refusal());
    return reason.isEmpty() || said.isDuplicateNonce()
        ? unknown(sent, said.refusal())
        : rejected(sent, reason.get(), said.refusal());
  }

  private static List<Event> rejected(List<PlaceOrder> sent, RejectReason reason, String text) {
    return sent.stream()
        .<Event>map(each -> new Event.OrderRejected(each.order(), reason, text))
        .toList();
  }

  /**
   * One status for each order; or a single error for all of them, however many there were, because
   * an order that is wrong in itself rejects its whole batch.
   */
  private static List<Event> statuses(List<PlaceOrder> sent, JsonNode statuses) {
    if (statuses.size() == sent.size()) {
      List<Event> facts = new ArrayList<>();
      for (int i = 0; i < sent.size(); i++) {
        facts.add(status(sent.get(i), statuses.get(i)));
      }
      return facts;
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
    return new Event.OrderUnknown(order.order(), "a status we do not know: " + status);
  }

  /** "Filled" ends an IOC, and any order it fills whole; the rest of another one rests. */
  private static Event filled(PlaceOrder order, JsonNode filled) {
    Quantity total = new Quantity(new BigDecimal(filled.path("totalSz").asString("0")));
    boolean ended =
        order.timeInForce() == TimeInForce.IOC || total.compareTo(order.quantity()) >= 0;
    return ended
        ? new Event.OrderEnded(order.order(), total, "filled")
        : new Event.OrderAccepted(order.order(), filled.path("oid").asLong());
  }

  /** A cancel that succeeded says nothing: the order's own end is awaited, with its fills. */
  static List<Event> cancels(List<CancelOrder> sent, ExchangeReply reply) {
    List<Event> facts = new ArrayList<>();
    reply
        .received()
        .ifPresent(said -> {
          for (int i = 0; i < sent.size(); i++) {
            int index = i;
            cancelError(said, index)
                .ifPresent(text ->
                    facts.add(
                        new Event.CancelRejected(
                            sent.get(index).order(), ErrorTexts.reason(text), text)));
          }
        });
    return facts;
  }

  private static Optional<String> cancelError(ExchangeReply.Received said, int index) {
    if (!said.isOk()) {
      return Optional.of(said.refusal());
    }
    JsonNode statuses = said.statuses();
    JsonNode own = statuses.path(statuses.size() == 1 ? 0 : index);
    return own.has("error") ? Optional.of(own.path("error").asString("")) : Optional.empty();
  }
}
