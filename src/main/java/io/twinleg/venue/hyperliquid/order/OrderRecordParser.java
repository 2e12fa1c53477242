package io.twinleg.venue.hyperliquid.order;

import static io.twinleg.venue.hyperliquid.order.FillParser.decimal;

import io.twinleg.core.event.Command.PlaceOrder;
import io.twinleg.core.event.Event;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.TimeInForce;
import io.twinleg.wire.hyperliquid.ErrorTexts;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Reads an order's record, in the stream and in a response: the same fields with the same caveat.
 * How much filled is never taken from a record alone, because {@code sz} is not maintained while an
 * order stays open (protocol notes 2.2).
 */
final class OrderRecordParser {
  private OrderRecordParser() {}

  /**
   * Empty while nothing is certain: then the order is queried again.
   *
   * @param order the record's inner object, {@code status} beside it
   * @param seen the quantity of all known fills of the order
   */
  static Optional<Event> event(PlaceOrder placed, JsonNode order, String status, Quantity seen) {
    return switch (status) {
      case "open", "triggered" ->
          Optional.of(new Event.OrderAccepted(placed.order(), order.path("oid").asLong()));
      case "filled" -> filled(placed, seen);
      case String rejected when rejected.endsWith("Rejected") ->
          Optional.of(
              new Event.OrderRejected(
                  placed.order(), ErrorTexts.reasonOfStatus(rejected), rejected));
      case String ended when ended.toLowerCase(Locale.ROOT).contains("cancel") ->
          Optional.of(new Event.OrderEnded(placed.order(), cancelled(order, seen), ended));
      // An unknown word does not end the order: it may still be open.
      default -> Optional.empty();
    };
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
   * The quantity missing from the record at its end is what filled; known fills count in any case.
   */
  private static Quantity cancelled(JsonNode order, Quantity seen) {
    BigDecimal gone = decimal(order, "origSz").subtract(decimal(order, "sz"));
    return new Quantity(gone.max(BigDecimal.ZERO)).max(seen);
  }
}
