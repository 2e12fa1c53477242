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
  private static final PlaceOrder SPOT =
      order(1, WireMessages.SPOT, Side.BUY, "4.99", TimeInForce.IOC);
  private static final PlaceOrder PERP =
      order(2, WireMessages.PERP, Side.SELL, "4.99", TimeInForce.IOC);
  private static final PlaceOrder RESTING =
      order(3, WireMessages.SPOT, Side.BUY, "4.99", TimeInForce.GTC);
  private static final String MARGIN = "Insufficient margin to place order. asset=159";

  @Test
  void eachOrderOfABatchHasItsOwnEnd() {
    List<Event> facts =
        OrderResponseParser.orders(
            List.of(SPOT, PERP),
            statuses(
                "{'filled':{'totalSz':'4.99','avgPx':'40.0','oid':77}},{'error':'"
                    + MARGIN
                    + "'}"));

    assertThat(facts)
        .containsExactly(
            new Event.OrderEnded(name(1), Quantity.of("4.99"), "filled"),
            new OrderRejected(name(2), RejectReason.INSUFFICIENT_MARGIN, MARGIN));
  }

  @Test
  @Scenario("F08")
  void aSingleErrorRejectsTheWholeBatch() {
    String text = "Order has zero size.";

    assertThat(
            OrderResponseParser.orders(List.of(SPOT, PERP), statuses("{'error':'" + text + "'}")))
        .containsExactly(
            new OrderRejected(name(1), RejectReason.TICK, text),
            new OrderRejected(name(2), RejectReason.TICK, text));
  }

  @Test
  @Scenario("F08")
  void fewerStatusesThanOrdersProveNothingOfAny() {
    assertThat(OrderResponseParser.orders(List.of(SPOT, PERP), statuses("{'resting':{'oid':77}}")))
        .hasOnlyElementsOfType(OrderUnknown.class)
        .hasSize(2);
  }

  @Test
  void aFilledThatIsNotTheWholeOfAResitingOrderRestsOn() {
    String partly = "{'filled':{'totalSz':'1.00','avgPx':'40.0','oid':77}}";

    assertThat(OrderResponseParser.orders(List.of(RESTING), statuses(partly)))
        .containsExactly(new OrderAccepted(name(3), 77));
    assertThat(OrderResponseParser.orders(List.of(SPOT), statuses(partly)))
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
    assertThat(OrderResponseParser.orders(List.of(SPOT), received(body)))
        .singleElement()
        .isInstanceOf(OrderUnknown.class);
  }

  @Test
  void noAnswerIsUnknownAndNeverFailed() {
    assertThat(
            OrderResponseParser.orders(
                List.of(SPOT, PERP), new ExchangeReply.Lost("no answer in time")))
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
    assertThat(
            OrderResponseParser.orders(
                List.of(SPOT), received("{'status':'err','response':'" + text + "'}")))
        .containsExactly(new OrderRejected(name(1), reason, text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Price must be divisible by tick size. asset=159|TICK",
        "Order must have minimum value of $10. asset=159|MIN_NOTIONAL",
        "Order must have minimum value of 10 USDC. asset=10107|MIN_NOTIONAL",
        "Insufficient spot balance asset=10107|INSUFFICIENT_SPOT_BALANCE",
        "Post only order would have immediately matched, bbo was 40.1@40.2."
            + " asset=159|BAD_ALO_PRICE",
        "Order could not immediately match against any resting orders. asset=159|IOC_CANCEL",
        "Reduce only order would increase position. asset=159|REDUCE_ONLY",
        "Order price cannot be more than 95% away from the reference price|ORACLE_BAND",
        "Only post-only orders allowed immediately after network upgrade|HALTED",
        "Something new. asset=159|OTHER"
      })
  void theVenuesWordsAreReadByAFewOfThem(String text, RejectReason reason) {
    assertThat(OrderResponseParser.orders(List.of(PERP), statuses("{'error':'" + text + "'}")))
        .containsExactly(new OrderRejected(name(2), reason, text));
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
