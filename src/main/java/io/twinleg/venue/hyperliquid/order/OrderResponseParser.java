package io.twinleg.venue.hyperliquid.order;

import io.twinleg.core.event.Command.CancelOrder;
import io.twinleg.core.event.Command.PlaceOrder;
import io.twinleg.core.event.Event;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.RejectReason;
import io.twinleg.core.model.TimeInForce;
import io.twinleg.venue.hyperliquid.order.ExchangeApi.ExchangeReply;
import io.twinleg.wire.hyperliquid.ErrorTexts;
import io.twinleg.wire.hyperliquid.action.ExchangeResponse;
import io.twinleg.wire.hyperliquid.action.ExchangeResponse.Accepted;
import io.twinleg.wire.hyperliquid.action.ExchangeResponse.Filled;
import io.twinleg.wire.hyperliquid.action.ExchangeResponse.Refused;
import io.twinleg.wire.hyperliquid.action.ExchangeResponse.Rejected;
import io.twinleg.wire.hyperliquid.action.ExchangeResponse.Resting;
import io.twinleg.wire.hyperliquid.action.ExchangeResponse.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The response to an action, as events of its orders. An answer belongs to the order whose client
 * order id it bears, and must be one that such an order can get; every other answer is unknown, and
 * requested about, never failed (specification 2.6, protocol notes 5.6).
 */
final class OrderResponseParser {
  private static final int TEXT_KEPT = 200;

  private final HyperliquidInstrumentMap legs;
  private final OrderCache names;

  /**
   * @param names receives the venue's names of what filled at once
   */
  OrderResponseParser(HyperliquidInstrumentMap legs, OrderCache names) {
    this.legs = legs;
    this.names = names;
  }

  List<Event> orders(List<PlaceOrder> sent, ExchangeReply reply) {
    return switch (reply) {
      case ExchangeReply.Lost lost ->
          sent.stream().map(order -> unknown(order, lost.why())).toList();
      case ExchangeReply.Received received -> orders(sent, received.response());
    };
  }

  private List<Event> orders(List<PlaceOrder> sent, ExchangeResponse response) {
    return switch (response) {
      case Refused refused -> sent.stream().map(order -> refusal(order, refused.text())).toList();
      case Accepted accepted ->
          IntStream.range(0, sent.size())
              .mapToObj(at -> outcome(sent, at, accepted.statuses()))
              .toList();
    };
  }

  private static Event unknown(PlaceOrder order, String why) {
    return new Event.OrderUnknown(order.order(), kept(why));
  }

  private static String kept(String text) {
    return text.substring(0, Math.min(text.length(), TEXT_KEPT));
  }

  /** Of the order at this place. */
  private Event outcome(List<PlaceOrder> sent, int at, List<Status> statuses) {
    PlaceOrder order = sent.get(at);
    List<Status> own = statuses.stream().filter(status -> isOf(order, status)).toList();
    if (own.size() == 1) {
      return outcome(order, own.getFirst());
    }
    if (own.isEmpty() && isInPlace(sent, statuses)) {
      return outcome(order, statuses.get(at));
    }
    if (own.isEmpty()
        && statuses.size() == 1
        && statuses.getFirst() instanceof Rejected rejected
        && isOfWholeBatch(rejected.text())) {
      return refusal(order, rejected.text());
    }
    return unknown(order, "no answer of " + statuses.size() + " bears its id: " + statuses);
  }

  private static boolean isOf(PlaceOrder order, Status status) {
    return status.cloid().filter(order.order().hex()::equalsIgnoreCase).isPresent();
  }

  /** Whether each status stands where its order stood, as far as they name one. */
  private static boolean isInPlace(List<PlaceOrder> sent, List<Status> statuses) {
    return statuses.size() == sent.size()
        && IntStream.range(0, sent.size())
            .allMatch(
                at -> statuses.get(at).cloid().isEmpty() || isOf(sent.get(at), statuses.get(at)));
  }

  private Event outcome(PlaceOrder order, Status status) {
    return switch (status) {
      case Resting resting when isOf(order, status) && order.timeInForce() != TimeInForce.IOC ->
          new Event.OrderAccepted(order.order(), resting.oid());
      case Filled filled when isOf(order, status) && isPossible(order, filled) ->
          filled(order, filled);
      case Rejected rejected -> refusal(order, rejected.text());
      default -> unknown(order, "not an answer to this order: " + status);
    };
  }

  /** What only rests does not fill when it is placed, and nothing fills beyond its size. */
  private static boolean isPossible(PlaceOrder order, Filled filled) {
    return order.timeInForce() != TimeInForce.ALO
        && filled.totalSize().signum() > 0
        && filled.totalSize().compareTo(order.quantity().value()) <= 0;
  }

  /** "Filled" ends an IOC, and any order that it fills whole; the rest of another one rests. */
  private Event filled(PlaceOrder order, Filled filled) {
    names.name(filled.oid(), order.order());
    Quantity total = new Quantity(filled.totalSize());
    boolean ended =
        order.timeInForce() == TimeInForce.IOC || total.compareTo(order.quantity()) >= 0;
    return ended
        ? new Event.OrderEnded(order.order(), total, "filled")
        : new Event.OrderAccepted(order.order(), filled.oid());
  }

  // ---- refusals

  /** A duplicate nonce shows that these bytes came before: their outcome is queried. */
  private Event refusal(PlaceOrder order, String text) {
    Optional<RejectReason> reason =
        ErrorTexts.known(text)
            .filter(known -> !ErrorTexts.isDuplicateNonce(text))
            .filter(known -> namesNoOther(order, text))
            .filter(known -> meansNotPlaced(known, order, text));
    return reason.isPresent()
        ? new Event.OrderRejected(order.order(), reason.get(), kept(text))
        : unknown(order, text);
  }

  private boolean namesNoOther(PlaceOrder order, String text) {
    long own = legs.of(order.instrument()).asset();
    return ErrorTexts.asset(text).orElse(own) == own;
  }

  /** Whether such an order can be refused for this reason. */
  private static boolean meansNotPlaced(RejectReason reason, PlaceOrder order, String text) {
    boolean isPerp = order.instrument().leg() == Leg.PERP;
    return switch (reason) {
      case IOC_CANCEL -> order.timeInForce() == TimeInForce.IOC;
      case BAD_ALO_PRICE -> order.timeInForce() == TimeInForce.ALO;
      case HALTED -> order.timeInForce() != TimeInForce.ALO || !text.contains("post-only");
      case REDUCE_ONLY -> isPerp && order.reduceOnly();
      case INSUFFICIENT_SPOT_BALANCE -> !isPerp;
      case INSUFFICIENT_MARGIN, OPEN_INTEREST_CAP -> isPerp;
      case TICK,
          MIN_NOTIONAL,
          ORACLE_BAND,
          POSITION_LIMIT,
          RATE_LIMIT,
          DELISTED,
          SIGNER_UNKNOWN,
          EXPIRED ->
          true;
      case MISSING_ORDER -> false;
      case OTHER -> isOfEnvelope(text);
    };
  }

  /** About what carries the order, which is judged before the order is. */
  private static boolean isOfEnvelope(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    return lower.contains("nonce") || lower.contains("expires_after");
  }

  /** An order that is wrong in itself, without the market, rejects its whole batch at once. */
  private static boolean isOfWholeBatch(String text) {
    return switch (ErrorTexts.reason(text)) {
      case TICK, ORACLE_BAND, POSITION_LIMIT, DELISTED -> true;
      default -> false;
    };
  }

  // ---- cancels

  /** A successful cancel publishes nothing: the order's own end follows with its fills. */
  static List<Event> cancels(List<CancelOrder> sent, ExchangeReply reply) {
    List<Event> events = new ArrayList<>();
    for (int at = 0; at < sent.size(); at++) {
      CancelOrder cancel = sent.get(at);
      cancelError(reply, at, sent.size())
          .map(
              text -> new Event.CancelRejected(cancel.order(), ErrorTexts.reason(text), kept(text)))
          .ifPresent(events::add);
    }
    return events;
  }

  private static Optional<String> cancelError(ExchangeReply reply, int at, int sent) {
    return reply
        .received()
        .flatMap(received ->
            switch (received.response()) {
              case Refused refused -> Optional.of(refused.text());
              case Accepted accepted ->
                  accepted.statusesOf(sent).get(at) instanceof Rejected rejected
                      ? Optional.of(rejected.text())
                      : Optional.empty();
            });
  }
}
