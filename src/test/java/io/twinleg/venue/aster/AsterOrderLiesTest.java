package io.twinleg.venue.aster;

import static io.twinleg.venue.aster.AsterProxyFixture.always;
import static io.twinleg.venue.aster.AsterProxyFixture.changed;
import static io.twinleg.venue.aster.AsterProxyFixture.first;
import static io.twinleg.venue.aster.AsterProxyFixture.is;
import static io.twinleg.venue.aster.AsterProxyFixture.unanswered;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.core.event.Command;
import io.twinleg.core.event.Event;
import io.twinleg.core.model.Fee;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.Side;
import io.twinleg.proxy.LyingProxy;
import io.twinleg.proxy.LyingProxy.Lie;
import io.twinleg.proxy.LyingProxy.Reply;
import io.twinleg.wire.aster.request.ApiVersion;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Aster says of an order may be unreadable, another order's, late, or nothing at all. */
@Execution(ExecutionMode.CONCURRENT)
class AsterOrderLiesTest {
  private Optional<AsterProxyFixture> open = Optional.empty();

  private AsterProxyFixture venue(ApiVersion generation) {
    AsterProxyFixture fixture = new AsterProxyFixture(generation);
    open = Optional.of(fixture);
    return fixture.started();
  }

  @AfterEach
  void close() throws IOException {
    if (open.isPresent()) {
      open.get().close();
    }
  }

  // ---- deadlines

  /** L14: the answer to the first perp order stops after twelve bytes. */
  @ParameterizedTest
  @EnumSource(ApiVersion.class)
  void aStalledAnswerMakesTheOrderUnknownAndTheNextOneGoesOut(ApiVersion generation) {
    AsterProxyFixture venue = venue(generation);
    venue.proxy.answers(
        first(
            1,
            "POST",
            venue.path(Leg.PERP, "order"),
            (request, upstream) -> new Reply.Stalled(upstream.ask(), 12)));
    Command.PlaceOrder stalled = venue.resting(Leg.PERP);
    Command.PlaceOrder next = venue.resting(Leg.PERP);
    venue.send(stalled);
    venue.send(next);
    venue.accepted(next);
    venue.query(stalled);
    venue.accepted(stalled);
  }

  // ---- clocks

  /** L10, L11 on Aster: each stamp is by the venue's clock, and no fill is dropped by ours. */
  @ParameterizedTest
  @CsvSource({"V1,3300", "V3,3300", "V1,-2500", "V3,-2500", "V1,10000", "V3,-10000"})
  void ordersAreTakenAndFillsBookedHoweverFarTheClocksAreApart(
      ApiVersion generation, long aheadMillis) {
    AsterProxyFixture venue = new AsterProxyFixture(generation, 1, Duration.ofMillis(aheadMillis));
    open = Optional.of(venue);
    venue.started();
    for (Leg leg : Leg.values()) {
      Command.PlaceOrder order = venue.taking(leg);
      venue.send(order);
      Event.OrderEnded ended =
          venue.await(Event.OrderEnded.class, it -> it.order().equals(order.order()));
      assertThat(ended.filled()).isEqualTo(order.quantity());
      assertThat(venue.ever(Event.OrderFilled.class)).isNotEmpty();
    }
    assertThat(venue.ever(Event.OrderRejected.class)).isEmpty();
    boolean isFar = Math.abs(aheadMillis) > 5000;
    if (isFar) {
      Event.ClockSkewed skewed = venue.await(Event.ClockSkewed.class, it -> true);
      assertThat(skewed.offsetMs()).isBetween(aheadMillis - 900, aheadMillis + 900);
    }
  }

  // ---- whose answer it is

  /** L08 on Aster: an acknowledgement that bears another client id. */
  @Test
  void anAcknowledgementOfAnotherOrderIsNoAnswer() {
    AsterProxyFixture venue = venue(ApiVersion.V1);
    venue.proxy.answers(
        first(
            1,
            "POST",
            venue.path(Leg.SPOT, "order"),
            (request, upstream) ->
                LyingProxy.json(
                    """
                    {"orderId":987654321,"symbol":"ASTERUSDT","status":"FILLED","side":"BUY",
                     "clientOrderId":"0x000000000000000000000000deadbeef","price":"0.69",
                     "avgPrice":"0.69","origQty":"20","executedQty":"20","cumQuote":"13.8",
                     "timeInForce":"GTX","type":"LIMIT","updateTime":1795930000000}\
                    """)));
    Command.PlaceOrder order = venue.resting(Leg.SPOT);
    venue.send(order);
    venue.unknown(order);
    assertThat(venue.ever(Event.OrderEnded.class)).isEmpty();
  }

  /** L09 on Aster: the order has landed and is answered with the error of another request. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"code\":-2011,\"msg\":\"Unknown order sent.\"}",
        "{\"code\":-2022,\"msg\":\"ReduceOnly Order is rejected.\"}",
        "{\"code\":-2010,\"msg\":\"Duplicate order sent.\"}",
        "{\"code\":-1099,\"msg\":\"A code of the venue's servers that is nowhere documented.\"}"
      })
  void anErrorThatAnOrderCannotHaveIsNoRefusal(String error) {
    AsterProxyFixture venue = venue(ApiVersion.V1);
    venue.proxy.answers(first(1, "POST", venue.path(Leg.SPOT, "order"), changed(body -> error)));
    Command.PlaceOrder order = venue.resting(Leg.SPOT);
    venue.send(order);
    venue.accepted(order);
    assertThat(venue.ever(Event.OrderRejected.class)).isEmpty();
  }

  /** Neither an answer, nor a row, nor a frame of an order of 20 that is bought can say this. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "order|'executedQty':'20'|'executedQty':'9999'",
        "order|'executedQty':'20'|'executedQty':'-1'",
        "order|'side':'BUY'|'side':'SELL'",
        "order|'symbol':'ASTERUSDT'|'symbol':'BTCUSDT'",
        "userTrades|'qty':'20'|'qty':'9999'",
        "userTrades|'side':'BUY'|'side':'SELL'",
        "userTrades|'time':|'time':9",
        "stream|'z':'20'|'z':'9999'",
        "stream|'z':'20'|'z':'-1'",
        "stream|'l':'20'|'l':'9999'",
        "stream|'S':'BUY'|'S':'SELL'",
        "stream|'T':|'T':9",
      })
  void whatNoSuchOrderCanHaveIsNoAnswerToIt(String where, String found, String put) {
    AsterProxyFixture venue = venue(ApiVersion.V1);
    String from = found.replace('\'', '"');
    String to = put.replace('\'', '"');
    AtomicInteger lies = new AtomicInteger();
    UnaryOperator<String> lie =
        text -> {
          String changed = text.replace(from, to);
          lies.addAndGet(changed.equals(text) ? 0 : 1);
          return lies.get() > 3 ? text : changed;
        };
    venue.proxy.frames(text ->
        !text.contains("\"z\":")
            ? List.of(text)
            : where.equals("stream") ? List.of(lie.apply(text)) : List.of());
    String path = venue.path(Leg.PERP, where);
    if (!where.equals("stream")) {
      venue.proxy.answers((request, upstream) -> {
        Reply.Whole answer = upstream.ask();
        return request.target().startsWith(path)
            ? answer.withBody(lie.apply(answer.body()))
            : answer;
      });
    }
    Command.PlaceOrder order = venue.taking(Leg.PERP);
    venue.send(order);
    Event.OrderEnded end =
        venue.await(Event.OrderEnded.class, it -> it.order().equals(order.order()));
    assertThat(lies.get()).isPositive();
    assertThat(end.filled()).isEqualTo(order.quantity());
    Event.OrderFilled filled = venue.await(Event.OrderFilled.class, it -> true);
    assertThat(filled.fill().side()).isEqualTo(Side.BUY);
    assertThat(filled.fill().quantity()).isEqualTo(order.quantity());
    assertThat(filled.fill().time()).isBefore(Instant.now().plusSeconds(60));
    venue.await(Event.MessageUnreadable.class, it -> true);
    assertThat(venue.ever(Event.OrderFilled.class)).hasSize(1);
  }

  /** It would be taken for the owner's own trade, and the hedge for what never came. */
  @ParameterizedTest
  @ValueSource(strings = {"\"c\":null", "\"c\":[]", "\"none\":1"})
  void aFrameThatDoesNotNameItsOrderIsNotAnothers(String put) {
    AsterProxyFixture venue = venue(ApiVersion.V1);
    venue.proxy.frames(text -> List.of(text.replaceAll("\"c\":\"0x[0-9a-f]+\"", put)));
    venue.proxy.answers(
        always(
            "POST",
            venue.path(Leg.PERP, "order"),
            (request, upstream) -> {
              Reply.Whole answer = upstream.ask();
              Thread.sleep(500);
              return answer;
            }));
    Command.PlaceOrder order = venue.taking(Leg.PERP);
    venue.send(order);
    Event.OrderEnded end =
        venue.await(Event.OrderEnded.class, it -> it.order().equals(order.order()));
    assertThat(end.filled()).isEqualTo(order.quantity());
    assertThat(venue.ever(Event.OrderFilled.class))
        .singleElement()
        .satisfies(it -> assertThat(it.fill().clientOrderId()).contains(order.order()));
  }

  // ---- unreadable

  /** L07, on an order of ours: an unknown word may mean that it is open. */
  @ParameterizedTest
  @EnumSource(Leg.class)
  void anOrderWhoseStateHasAnUnknownWordIsQueried(Leg leg) {
    AsterProxyFixture venue = venue(ApiVersion.V1);
    venue.proxy.frames(text -> List.of(text.replace("\"X\":\"NEW\"", "\"X\":\"PENDING_NEW\"")));
    Command.PlaceOrder order = venue.resting(leg);
    venue.send(order);
    venue.accepted(order);
    venue.await(Event.MessageUnreadable.class, it -> it.detail().equals("status is PENDING_NEW"));
    venue.await(
        Event.FeedStatusChanged.class,
        it -> it.feed() == Event.FeedStatusChanged.Feed.ACCOUNT && !it.fresh());
    venue.await(
        Event.FeedStatusChanged.class,
        it -> it.feed() == Event.FeedStatusChanged.Feed.ACCOUNT && it.fresh());
  }

  /** L03 and L04 on Aster: the frame of a fill has a price that is none, its row is sound. */
  @ParameterizedTest
  @ValueSource(strings = {"4O.0", "NaN", "-1", "0", "1E999999999"})
  void aFillWhosePriceIsNoneIsTakenFromItsRow(String price) {
    AsterProxyFixture venue = venue(ApiVersion.V1);
    venue.proxy.frames(text ->
        List.of(
            text.contains("\"x\":\"TRADE\"")
                ? text.replaceAll("\"L\":\"[0-9.]+\"", "\"L\":\"" + price + "\"")
                : text));
    Command.PlaceOrder order = venue.taking(Leg.SPOT);
    venue.send(order);
    Event.OrderEnded end =
        venue.await(Event.OrderEnded.class, it -> it.order().equals(order.order()));
    assertThat(end.filled().value()).isEqualByComparingTo("20");
    assertThat(
            venue.ever(Event.OrderFilled.class).stream()
                .map(it -> it.fill().quantity().value())
                .reduce(java.math.BigDecimal.ZERO, java.math.BigDecimal::add))
        .isEqualByComparingTo("20");
  }

  /** A frame may leave out the commission: the row says what it was. */
  @Test
  void aFillWithoutACommissionIsTakenFromItsRow() {
    AsterProxyFixture venue = venue(ApiVersion.V1);
    venue.proxy.frames(text ->
        List.of(
            text.contains("\"x\":\"TRADE\"")
                ? text.replaceAll("\"n\":\"[0-9.]+\",\"N\":\"[A-Z]+\",", "")
                : text));
    Command.PlaceOrder order = venue.taking(Leg.PERP);
    venue.send(order);
    venue.await(Event.OrderEnded.class, it -> it.order().equals(order.order()));
    assertThat(venue.ever(Event.OrderFilled.class))
        .isNotEmpty()
        .allSatisfy(it -> assertThat(it.fill().fee().amount()).isPositive());
  }

  /** The owner pays in a coin that nothing prices: the fill is booked, its fee by the rates. */
  @Test
  void aFillPaidInACoinWithoutAPriceIsBookedAtOnce() {
    AsterProxyFixture venue = venue(ApiVersion.V1);
    assertThat(venue.venue().trading().fees().perpTaker()).isPositive();
    venue.proxy.frames(text -> List.of(text.replaceAll("\"N\":\"[A-Z]+\"", "\"N\":\"XYZ\"")));
    venue.send(venue.taking(Leg.PERP));
    Fee fee = venue.await(Event.OrderFilled.class, it -> true).fill().fee();
    assertThat(fee.token()).isEqualTo(Fee.Token.QUOTE);
    assertThat(fee.amount()).isPositive().isLessThan(new java.math.BigDecimal("0.01"));
  }

  // ---- nonces

  /** A request on its way: it arrives when the test says so. */
  private static final class HeldBack implements Lie {
    private final CountDownLatch released = new CountDownLatch(1);
    private final CompletableFuture<String> answer = new CompletableFuture<>();

    @Override
    public Reply answer(LyingProxy.Request request, LyingProxy.Venue venue) {
      Thread.ofVirtual()
          .start(() -> {
            try {
              released.await();
              answer.complete(venue.ask().body());
            } catch (IOException | InterruptedException e) {
              answer.completeExceptionally(e);
            }
          });
      return new Reply.Closed();
    }

    String arrive() {
      released.countDown();
      return answer.join();
    }
  }

  private Command.PlaceOrder lost(AsterProxyFixture venue) {
    Command.PlaceOrder order = venue.resting(Leg.SPOT);
    venue.send(order);
    venue.unknown(order);
    venue.query(order);
    venue.await(Event.OrderNotFound.class, it -> it.order().equals(order.order()));
    venue.send(new Command.InvalidateNonce(order.order()));
    return order;
  }

  private static boolean voided(AsterProxyFixture venue, Command.PlaceOrder order) {
    return venue
        .await(Event.NonceInvalidated.class, it -> it.order().equals(order.order()))
        .invalidated();
  }

  /** L20: one spot order held back, its answer lost. */
  @Test
  void anOrderThatIsVoidedByItsNonceNeverLands() {
    AsterProxyFixture venue = venue(ApiVersion.V3);
    HeldBack held = new HeldBack();
    venue.proxy.answers(first(1, "POST", venue.path(Leg.SPOT, "order"), held));
    Command.PlaceOrder order = lost(venue);
    assertThat(voided(venue, order)).isTrue();
    assertThat(held.arrive()).contains("-4225");
    assertThat(venue.face.state(ApiVersion.V3).openOrders()).isEmpty();
  }

  /** L20, at a venue that does not know the noop: never landed is said when it cannot land. */
  @Test
  void withoutANoopAnOrderNeverLandsOnceItsNonceHasExpired() {
    AsterProxyFixture venue = venue(ApiVersion.V3);
    HeldBack held = new HeldBack();
    Lie lie = first(1, "POST", venue.path(Leg.SPOT, "order"), held);
    String noop = venue.path(Leg.SPOT, "noop");
    venue.proxy.answers((request, upstream) ->
        is(request, "POST", noop) ? LyingProxy.page(404) : lie.answer(request, upstream));
    Command.PlaceOrder order = lost(venue);
    assertThat(voided(venue, order)).isTrue();
    assertThat(held.arrive()).as("by then it is too late for it").contains("-4225");
    assertThat(venue.face.state(ApiVersion.V3).openOrders()).isEmpty();
  }

  /** The venue promises no success: it says yes, and the order has landed all the same. */
  @Test
  void anOrderThatLandedInSpiteOfItsNoopIsFound() {
    AsterProxyFixture venue = venue(ApiVersion.V3);
    HeldBack held = new HeldBack();
    Lie lie = first(1, "POST", venue.path(Leg.SPOT, "order"), held);
    String noop = venue.path(Leg.SPOT, "noop");
    venue.proxy.answers((request, upstream) -> {
      if (is(request, "POST", noop)) {
        held.arrive();
        return LyingProxy.json("{\"code\":200,\"msg\":\"success\"}");
      }
      return lie.answer(request, upstream);
    });
    Command.PlaceOrder order = lost(venue);
    venue.accepted(order);
    assertThat(venue.ever(Event.NonceInvalidated.class)).isEmpty();
  }

  /** What appears after its verdict is reported, so that it is cancelled. */
  @Test
  void anOrderThatAppearsAfterItsVerdictIsReported() {
    AsterProxyFixture venue = venue(ApiVersion.V3);
    HeldBack held = new HeldBack();
    Lie lie = first(1, "POST", venue.path(Leg.SPOT, "order"), held);
    String noop = venue.path(Leg.SPOT, "noop");
    venue.proxy.answers((request, upstream) ->
        is(request, "POST", noop)
            ? LyingProxy.json("{\"code\":200,\"msg\":\"success\"}")
            : lie.answer(request, upstream));
    Command.PlaceOrder order = lost(venue);
    assertThat(voided(venue, order)).isTrue();
    assertThat(held.arrive()).contains("\"status\":\"NEW\"");
    venue.accepted(order);
  }

  /** V1 has no nonce: it is not found only once its receive window is over. */
  @Test
  void anOrderOfV1IsNotFoundOnlyOnceItsWindowIsOver() {
    AsterProxyFixture venue = venue(ApiVersion.V1);
    HeldBack held = new HeldBack();
    venue.proxy.answers(first(1, "POST", venue.path(Leg.SPOT, "order"), held));
    Command.PlaceOrder order = venue.resting(Leg.SPOT);
    venue.send(order);
    venue.unknown(order);
    venue.query(order);
    venue.receiveFor(Duration.ofSeconds(2));
    assertThat(venue.ever(Event.OrderNotFound.class)).isEmpty();
    venue.await(Event.OrderNotFound.class, it -> it.order().equals(order.order()));
    assertThat(held.arrive()).contains("-1021");
  }

  /** Signed spot reads of V3 answer 500 with a page for weeks, while trading works. */
  @Test
  void anOrderIsSettledWhereOrdersCannotBeRead() {
    AsterProxyFixture venue = venue(ApiVersion.V3);
    Lie lie = first(1, "POST", venue.path(Leg.SPOT, "order"), unanswered());
    String orders = venue.path(Leg.SPOT, "order");
    venue.proxy.frames(text -> text.contains("executionReport") ? List.of() : List.of(text));
    venue.proxy.answers((request, upstream) ->
        is(request, "GET", orders) ? LyingProxy.page(500) : lie.answer(request, upstream));
    Command.PlaceOrder order = venue.resting(Leg.SPOT);
    venue.send(order);
    venue.unknown(order);
    for (int query = 0; query < 3; query++) {
      venue.query(order);
      venue.receiveFor(Duration.ofMillis(500));
    }
    assertThat(voided(venue, order)).as("it had landed").isFalse();
    Event.OrderEnded end =
        venue.await(Event.OrderEnded.class, it -> it.order().equals(order.order()));
    assertThat(end.reason()).isEqualTo("canceled");
    assertThat(venue.face.state(ApiVersion.V3).openOrders()).isEmpty();
  }

  /** A cancel whose answer is lost is followed until the order's end is known. */
  @Test
  void anEndThatNothingReportsIsRequested() {
    AsterProxyFixture venue = venue(ApiVersion.V1);
    Command.PlaceOrder order = venue.resting(Leg.PERP);
    venue.send(order);
    venue.accepted(order);
    venue.proxy.frames(text -> List.of());
    venue.proxy.answers(always("DELETE", venue.path(Leg.PERP, "order"), unanswered()));
    venue.send(new Command.CancelOrder(order.order(), order.instrument()));
    venue.await(Event.OrderEnded.class, it -> it.order().equals(order.order()));
  }
}
