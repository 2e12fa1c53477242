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
 * What an order's record says of it, in the stream and on asking: the same fields, read with the
 * same mistrust. How much it filled is never read off a record alone, because {@code sz} is not
 * kept while an order stays open (protocol notes 2.2).
 */
final class OrderRecordParser {
  private OrderRecordParser() {}

  /**
   * Empty while there is nothing certain to tell: then it is asked for again.
   *
   * @param order the record's inner object, {@code status} beside it
   * @param seen all fills of the order that we know
   */
  static Optional<Event> event(PlaceOrder placed, JsonNode order, String status, Quantity seen) {
    return switch (status) {
      case "open", "triggered" ->
          Optional.of(new Event.OrderAccepted(placed.order(), order.path("oid").asLong()));
      case "filled" -> filled(placed, seen);
      case String refused when refused.endsWith("Rejected") ->
          Optional.of(
              new Event.OrderRejected(placed.order(), ErrorTexts.reasonOfStatus(refused), refused));
      case String ended when ended.toLowerCase(Locale.ROOT).contains("cancel") ->
          Optional.of(new Event.OrderEnded(placed.order(), cancelled(order, seen), ended));
      // A word that is new to us is no end: the order may live.
      default -> Optional.empty();
    };
  }

  /**
   * A whole fill, but for an order that the venue may have made smaller: a reduce-only one, or an
   * IOC, whose rest is dropped in silence. Of those only the fills themselves tell.
   */
  private static Optional<Event> filled(PlaceOrder placed, Quantity seen) {
    boolean whole = !placed.reduceOnly() && placed.timeInForce() != TimeInForce.IOC;
    Quantity total = whole ? placed.quantity() : seen;
    return total.isPositive()
        ? Optional.of(new Event.OrderEnded(placed.order(), total, "filled"))
        : Optional.empty();
  }

  /** What is gone from it at its end is what filled; fills that we saw count in any case. */
  private static Quantity cancelled(JsonNode order, Quantity seen) {
    BigDecimal gone = decimal(order, "origSz").subtract(decimal(order, "sz"));
    return new Quantity(gone.max(BigDecimal.ZERO)).max(seen);
  }
}
