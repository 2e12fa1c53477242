package io.hypercarry.venue.hyperliquid;

import static io.hypercarry.venue.hyperliquid.FillParser.decimal;

import io.hypercarry.core.event.Command.PlaceOrder;
import io.hypercarry.core.event.Fact;
import io.hypercarry.core.model.Quantity;
import io.hypercarry.core.model.TimeInForce;
import io.hypercarry.protocol.hyperliquid.ErrorTexts;
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
  static Optional<Fact> fact(PlaceOrder placed, JsonNode order, String status, Quantity seen) {
    return switch (status) {
      case "open", "triggered" ->
          Optional.of(new Fact.OrderAccepted(placed.order(), order.path("oid").asLong()));
      case "filled" -> filled(placed, seen);
      case String refused when refused.endsWith("Rejected") ->
          Optional.of(
              new Fact.OrderRejected(placed.order(), ErrorTexts.reasonOfStatus(refused), refused));
      case String ended when ended.toLowerCase(Locale.ROOT).contains("cancel") ->
          Optional.of(new Fact.OrderEnded(placed.order(), cancelled(order, seen), ended));
      // A word that is new to us is no end: the order may live.
      default -> Optional.empty();
    };
  }

  /**
   * A whole fill, but for an order that the venue may have made smaller: a reduce-only one, or an
   * IOC, whose rest is dropped in silence. Of those only the fills themselves tell.
   */
  private static Optional<Fact> filled(PlaceOrder placed, Quantity seen) {
    boolean whole = !placed.reduceOnly() && placed.timeInForce() != TimeInForce.IOC;
    Quantity total = whole ? placed.quantity() : seen;
    return total.isPositive()
        ? Optional.of(new Fact.OrderEnded(placed.order(), total, "filled"))
        : Optional.empty();
  }

  /** What is gone from it at its end is what filled; fills that we saw count in any case. */
  private static Quantity cancelled(JsonNode order, Quantity seen) {
    BigDecimal gone = decimal(order, "origSz").subtract(decimal(order, "sz"));
    return new Quantity(gone.max(BigDecimal.ZERO)).max(seen);
  }
}
