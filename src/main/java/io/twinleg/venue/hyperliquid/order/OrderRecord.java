package io.twinleg.venue.hyperliquid.order;

import io.twinleg.core.event.Command.PlaceOrder;
import io.twinleg.core.event.Event;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Side;
import io.twinleg.core.model.TimeInForce;
import io.twinleg.wire.MalformedMessage;
import io.twinleg.wire.hyperliquid.ErrorTexts;
import io.twinleg.wire.hyperliquid.account.OrderState;
import java.util.Locale;
import java.util.Optional;

/**
 * An order's record, in the stream and in a response: the same fields with the same caveat. How
 * much filled is never taken from a record alone, because {@code sz} is not maintained while an
 * order stays open (protocol notes 2.2).
 */
final class OrderRecord {
  private OrderRecord() {}

  /**
   * Empty while nothing is certain: then the order is queried again.
   *
   * @throws MalformedMessage where the record cannot be that order's
   */
  static Optional<Event> event(
      OrderCache.Sent sent, OrderState state, HyperliquidInstrumentMap legs) {
    PlaceOrder placed = sent.placed();
    requireOf(placed, state, legs);
    return switch (state.status()) {
      case "open", "triggered" ->
          Optional.of(new Event.OrderAccepted(placed.order(), state.order().oid()));
      case "filled" -> filled(placed, sent.filled());
      case String rejected when rejected.endsWith("Rejected") && sent.filled().isZero() ->
          Optional.of(
              new Event.OrderRejected(
                  placed.order(), ErrorTexts.reasonOfStatus(rejected), rejected));
      case String ended when ended.endsWith("Rejected") ->
          Optional.of(new Event.OrderEnded(placed.order(), sent.filled(), ended));
      case String ended when ended.toLowerCase(Locale.ROOT).contains("cancel") ->
          Optional.of(
              new Event.OrderEnded(
                  placed.order(), new Quantity(state.filled()).max(sent.filled()), ended));
      // An unknown word does not end the order: it may still be open.
      default -> Optional.empty();
    };
  }

  private static void requireOf(
      PlaceOrder placed, OrderState state, HyperliquidInstrumentMap legs) {
    boolean isOf =
        state.order().cloid().filter(placed.order().hex()::equalsIgnoreCase).isPresent()
            && state.order().coin().equals(legs.of(placed.instrument()).coin())
            && state.order().isBuy() == (placed.side() == Side.BUY);
    if (!isOf) {
      throw MalformedMessage.schema("a record that is not of " + placed.order());
    }
    if (state.order().size().signum() < 0
        || state.filled().signum() < 0
        || state.filled().compareTo(placed.quantity().value()) > 0) {
      throw MalformedMessage.schema(
          "sz %s of origSz %s, and %s were ordered"
              .formatted(state.order().size(), state.order().originalSize(), placed.quantity()));
    }
  }

  /**
   * The whole quantity, except for an order that the venue may have reduced: a reduce-only one, or
   * an IOC, whose rest is dropped silently. Of those only the fills count.
   */
  private static Optional<Event> filled(PlaceOrder placed, Quantity seen) {
    boolean whole = !placed.reduceOnly() && placed.timeInForce() != TimeInForce.IOC;
    Quantity total = whole ? placed.quantity() : seen;
    return total.isPositive()
        ? Optional.of(new Event.OrderEnded(placed.order(), total, "filled"))
        : Optional.empty();
  }

  /**
   * How much filled by a record alone, for an order whose fills cannot be read; empty where the
   * record does not show.
   */
  static Optional<Quantity> total(PlaceOrder placed, OrderState state) {
    boolean whole = !placed.reduceOnly() && placed.timeInForce() != TimeInForce.IOC;
    if (state.status().equals("filled")) {
      Quantity byRecord = new Quantity(state.filled());
      return whole
          ? Optional.of(placed.quantity())
          : Optional.of(byRecord).filter(Quantity::isPositive);
    }
    return state.isOver() ? Optional.of(new Quantity(state.filled())) : Optional.empty();
  }
}
