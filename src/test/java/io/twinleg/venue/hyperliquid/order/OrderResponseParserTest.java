package io.twinleg.venue.hyperliquid.order;

import static io.twinleg.venue.hyperliquid.order.WireMessages.name;
import static io.twinleg.venue.hyperliquid.order.WireMessages.order;
import static io.twinleg.venue.hyperliquid.order.WireMessages.received;
import static io.twinleg.venue.hyperliquid.order.WireMessages.statuses;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.core.event.Command.CancelOrder;
import io.twinleg.core.event.Command.PlaceOrder;
import io.twinleg.core.event.Event;
import io.twinleg.core.event.Event.OrderAccepted;
import io.twinleg.core.event.Event.OrderRejected;
import io.twinleg.core.event.Event.OrderUnknown;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.RejectReason;
import io.twinleg.core.model.Side;
import io.twinleg.core.model.TimeInForce;
import io.twinleg.scenario.Scenario;
import io.twinleg.venue.hyperliquid.order.ExchangeApi.ExchangeReply;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OrderResponseParserTest {
  private static final OrderResponseParser PARSER =
      new OrderResponseParser(WireMessages.legs(), new OrderCache());
  private static final PlaceOrder SPOT =
      order(1, WireMessages.SPOT, Side.BUY, "4.99", TimeInForce.IOC);
  private static final PlaceOrder PERP =
      order(2, WireMessages.PERP, Side.SELL, "4.99", TimeInForce.IOC);
  private static final PlaceOrder RESTING =
      order(3, WireMessages.SPOT, Side.BUY, "4.99", TimeInForce.GTC);
  private static final String MARGIN = "Insufficient margin to place order. asset=159";

  private static String filled(int order, String size) {
    return "{'filled':{'totalSz':'%s','avgPx':'40.0','oid':77,'cloid':'%s'}}"
        .formatted(size, name(order).hex());
  }

  private static String resting(int order) {
    return "{'resting':{'oid':77,'cloid':'%s'}}".formatted(name(order).hex());
  }

  @Test
  void eachOrderOfABatchHasItsOwnEnd() {
    List<Event> facts =
        PARSER.orders(
            List.of(SPOT, PERP), statuses(filled(1, "4.99") + ",{'error':'" + MARGIN + "'}"));

    assertThat(facts)
        .containsExactly(
            new Event.OrderEnded(name(1), Quantity.of("4.99"), "filled"),
            new OrderRejected(name(2), RejectReason.INSUFFICIENT_MARGIN, MARGIN));
  }

  @Test
  @Scenario("F08")
  void aSingleErrorRejectsTheWholeBatch() {
    String text = "Order has zero size.";

    assertThat(PARSER.orders(List.of(SPOT, PERP), statuses("{'error':'" + text + "'}")))
        .containsExactly(
            new OrderRejected(name(1), RejectReason.TICK, text),
            new OrderRejected(name(2), RejectReason.TICK, text));
  }

  @Test
  @Scenario("F08")
  void fewerStatusesThanOrdersProveNothingOfAny() {
    assertThat(PARSER.orders(List.of(SPOT, PERP), statuses("{'resting':{'oid':77}}")))
        .hasOnlyElementsOfType(OrderUnknown.class)
        .hasSize(2);
  }

  @Test
  void aFilledThatIsNotTheWholeOfAResitingOrderRestsOn() {
    assertThat(PARSER.orders(List.of(RESTING), statuses(filled(3, "1.00"))))
        .containsExactly(new OrderAccepted(name(3), 77));
    assertThat(PARSER.orders(List.of(SPOT), statuses(filled(1, "1.00"))))
        .containsExactly(new Event.OrderEnded(name(1), Quantity.of("1"), "filled"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'status':'err','response':'Invalid nonce: duplicate nonce 1764000000000'}",
        "{'status':'err','response':'a sentence of a later day'}",
        "{'status':'ok','response':{'type':'order','data':{'statuses':['waitingForFill']}}}",
        "{'status':'ok','response':{'type':'default'}}"
      })
  void anOutcomeThatIsNotClearIsUnknown(String body) {
    assertThat(PARSER.orders(List.of(SPOT), received(body)))
        .singleElement()
        .isInstanceOf(OrderUnknown.class);
  }

  @Test
  void noAnswerIsUnknownAndNeverFailed() {
    assertThat(PARSER.orders(List.of(SPOT, PERP), new ExchangeReply.Lost("no answer in time")))
        .containsExactly(
            new OrderUnknown(name(1), "no answer in time"),
            new OrderUnknown(name(2), "no answer in time"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "User or API Wallet 0x0123 does not exist.|SIGNER_UNKNOWN",
        "L1 error: User or API Wallet 0x0123 does not exist.|SIGNER_UNKNOWN",
        "Must deposit before performing actions. User: 0x01|SIGNER_UNKNOWN",
        "Action already expired|EXPIRED",
        "Too many cumulative requests sent (12000 > 10000) for cumulative volume traded"
            + " $1.|RATE_LIMIT"
      })
  void anActionRefusedAsAWholeRejectsItsOrders(String text, RejectReason reason) {
    assertThat(PARSER.orders(List.of(SPOT), received("{'status':'err','response':'" + text + "'}")))
        .containsExactly(new OrderRejected(name(1), reason, text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Price must be divisible by tick size. asset=159|TICK",
        "Order must have minimum value of $10. asset=159|MIN_NOTIONAL",
        "Order could not immediately match against any resting orders. asset=159|IOC_CANCEL",
        "Order price cannot be more than 95% away from the reference price|ORACLE_BAND",
        "Only post-only orders allowed immediately after network upgrade|HALTED"
      })
  void theVenuesWordsAreReadByAFewOfThem(String text, RejectReason reason) {
    assertThat(PARSER.orders(List.of(PERP), statuses("{'error':'" + text + "'}")))
        .containsExactly(new OrderRejected(name(2), reason, text));
  }

  private static PlaceOrder placed(String kind) {
    return switch (kind) {
      case "ALO" -> order(4, WireMessages.SPOT, Side.BUY, "4.99", TimeInForce.ALO);
      case "GTC" -> RESTING;
      case "IOC" -> SPOT;
      case "REDUCE" -> order(5, WireMessages.PERP, Side.BUY, "4.99", TimeInForce.IOC);
      default -> PERP;
    };
  }

  /** Case L09: a refusal that such an order cannot get, or of another asset, is no refusal. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GTC|Order could not immediately match against any resting orders. asset=10107|unknown",
        "GTC|Order could not immediately match against any resting orders. asset=1|unknown",
        "ALO|Order could not immediately match against any resting orders. asset=10107|unknown",
        "ALO|Only post-only orders allowed immediately after network upgrade|unknown",
        "ALO|Post only order would have immediately matched, bbo was 1@2. asset=10107|refused",
        "GTC|Post only order would have immediately matched, bbo was 1@2. asset=10107|unknown",
        "IOC|Order could not immediately match against any resting orders. asset=10107|refused",
        "IOC|Order could not immediately match against any resting orders. asset=159|unknown",
        "IOC|Insufficient spot balance asset=10107|refused",
        "PERP|Insufficient spot balance asset=159|unknown",
        "IOC|Insufficient margin to place order. asset=10107|unknown",
        "PERP|Reduce only order would increase position. asset=159|unknown",
        "REDUCE|Reduce only order would increase position. asset=159|refused",
        "IOC|Order was never placed, already canceled, or filled. asset=10107|unknown",
        "IOC|Cannot switch leverage type with open position.|unknown",
        "IOC|Order must have minimum value of 10 USDC. asset=10107|refused",
        "IOC|Something new. asset=10107|unknown"
      })
  void onlyWhatMeansNotPlacedForThatKindOfOrderIsARefusal(
      String kind, String text, String outcome) {
    PlaceOrder sent = placed(kind);
    Event event = PARSER.orders(List.of(sent), statuses("{'error':'" + text + "'}")).getFirst();
    assertThat(event)
        .isInstanceOf(outcome.equals("refused") ? OrderRejected.class : OrderUnknown.class);
    Event whole =
        PARSER
            .orders(List.of(sent), received("{'status':'err','response':'" + text + "'}"))
            .getFirst();
    assertThat(whole).isInstanceOf(event.getClass());
  }

  /** Cases L01, L03 and L08, and others of their kinds. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'filled':{'totalSz':'NaN','avgPx':'NaN','oid':7,'cloid':'OWN'}}",
        "{'filled':{'totalSz':'4.99','avgPx':'40.0','oid':7}}",
        "{'filled':{'totalSz':'4.99','avgPx':'40.0','oid':987654321,'cloid':'0x000000000000000000000000deadbeef'}}",
        "{'filled':{'totalSz':'5.00','avgPx':'40.0','oid':7,'cloid':'OWN'}}",
        "{'filled':{'totalSz':'0','avgPx':'40.0','oid':7,'cloid':'OWN'}}",
        "{'filled':{'totalSz':'-4.99','avgPx':'40.0','oid':7,'cloid':'OWN'}}",
        "{'filled':{'avgPx':'40.0','oid':7,'cloid':'OWN'}}",
        "{'resting':{'oid':7,'cloid':'OWN'}}",
        "{'filled':{'totalSz':'4.99','avgPx':'40.0','oid':7,'cloid':'OWN'},'error':'no'}",
        "{'later':{'oid':7,'cloid':'OWN'}}",
        "{'error':5}",
        "null",
        "7"
      })
  void whatIsNotAnAnswerToThisOrderLeavesItUnknown(String status) {
    assertThat(PARSER.orders(List.of(SPOT), statuses(status.replace("OWN", name(1).hex()))))
        .singleElement()
        .isInstanceOf(OrderUnknown.class);
  }

  /** Case L03. */
  @Test
  void anOrderIdOfFiveHundredDigitsIsNone() {
    String answer = resting(3).replace("77", "9".repeat(500));
    assertThat(PARSER.orders(List.of(RESTING), statuses(answer)))
        .singleElement()
        .isInstanceOfSatisfying(
            OrderUnknown.class, unknown -> assertThat(unknown.text()).hasSizeLessThan(250));
  }

  @Test
  void anAnswerBelongsToTheOrderThatItNamesAndNotToItsPlace() {
    PlaceOrder other = order(6, WireMessages.SPOT, Side.BUY, "1.00", TimeInForce.GTC);
    assertThat(
            PARSER.orders(
                List.of(RESTING, other),
                statuses(resting(6).replace("77", "66") + "," + resting(3))))
        .containsExactly(new OrderAccepted(name(3), 77), new OrderAccepted(name(6), 66));
    assertThat(
            PARSER.orders(
                List.of(RESTING, other),
                statuses(resting(6) + ",{'error':'Order has zero size.'}")))
        .first()
        .isInstanceOf(OrderUnknown.class);
    assertThat(PARSER.orders(List.of(RESTING, other), statuses(resting(3) + "," + resting(3))))
        .hasOnlyElementsOfType(OrderUnknown.class);
  }

  @Test
  void anOrderThatOnlyRestsCannotBeFilledAtOnce() {
    PlaceOrder alo = placed("ALO");
    assertThat(PARSER.orders(List.of(alo), statuses(filled(4, "4.99"))))
        .hasOnlyElementsOfType(OrderUnknown.class);
    assertThat(PARSER.orders(List.of(alo), statuses(resting(4))))
        .containsExactly(new OrderAccepted(name(4), 77));
  }

  @Test
  void aCancelThatFoundNothingIsNoProof() {
    CancelOrder cancel = new CancelOrder(name(1), WireMessages.SPOT.id());
    String text = "Order was never placed, already canceled, or filled. asset=10107";

    assertThat(
            OrderResponseParser.cancels(
                List.of(cancel, cancel), statuses("'success',{'error':'" + text + "'}")))
        .containsExactly(new Event.CancelRejected(name(1), RejectReason.MISSING_ORDER, text));
  }
}
