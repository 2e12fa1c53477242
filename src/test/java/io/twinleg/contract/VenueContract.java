package io.twinleg.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.twinleg.core.event.Command;
import io.twinleg.core.event.Command.PlaceOrder;
import io.twinleg.core.event.Event;
import io.twinleg.core.event.Event.FeedStatusChanged;
import io.twinleg.core.event.Event.LeverageResult;
import io.twinleg.core.event.Event.MarkPriceUpdated;
import io.twinleg.core.event.Event.OrderEnded;
import io.twinleg.core.model.AccountState;
import io.twinleg.core.model.BookSnapshot;
import io.twinleg.core.model.ClientOrderId;
import io.twinleg.core.model.Fill;
import io.twinleg.core.model.FundingPayment;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.OrderIdTag;
import io.twinleg.core.model.OrderPurpose;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.PriceLevel;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Rate;
import io.twinleg.core.model.RejectReason;
import io.twinleg.core.model.Side;
import io.twinleg.core.model.TimeInForce;
import io.twinleg.simulator.ScriptedWorld;
import io.twinleg.simulator.WorldGateway;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a runner relies on, whichever venue is behind the door. */
abstract class VenueContract {
  static final OrderIdTag BOOK = new OrderIdTag("0000c0de");
  private static final OrderIdTag ANOTHER_BOOK = new OrderIdTag("0000beef");

  /** Long enough for every question that a door asks by itself. */
  private static final Duration A_WHILE = Duration.ofSeconds(6);

  /** Half a minute, of the venue's, before a full hour. */
  static final Instant BEFORE_THE_HOUR = Instant.parse("2026-01-05T12:58:00Z");

  private static final Instant QUIET = Instant.parse("2026-01-05T12:05:00Z");
  private static final Rate RATE = Rate.hourly("0.0001");

  private VenueHarness place;
  private ContractFixture bench;
  private int named;

  abstract VenueHarness place(ScriptedWorld world);

  @BeforeEach
  void open() {
    begin(QUIET);
  }

  private void begin(Instant start) {
    place = place(ScriptedWorld.startingAt(start).fundingRate(start, RATE).settledBefore(RATE, 24));
    place.world().at(start, this::quoteBoth);
    bench = new ContractFixture(place);
  }

  @AfterEach
  void close() {
    bench.close();
    place.close();
  }

  // ---- a start

  @Test
  void aStartKnowsFeesCapabilitiesAndMoney() {
    assertThat(bench.ever(Event.FeesReported.class).get(0).fees().perpTaker().signum())
        .isPositive();
    assertThat(bench.venue().trading().capabilities().clockSpeed()).isPositive();
    AccountState account = bench.ever(Event.AccountReported.class).get(0).account();
    assertThat(account.freeForSpot().value()).isEqualByComparingTo("1000");
    assertThat(account.openOrders()).isEmpty();
    assertThat(bench.venue().marketData().fundingHistory(bench.instrument(Leg.PERP), 10))
        .hasSize(10)
        .isSortedAccordingTo((one, other) -> one.hour().compareTo(other.hour()));
  }

  @Test
  void theMarketIsTold() {
    for (Leg leg : Leg.values()) {
      Event.BookUpdated told =
          bench.await(
              Event.BookUpdated.class,
              book -> book.instrument().equals(bench.instrument(leg).id()));
      assertThat(told.book().bids().stream().findFirst())
          .map(PriceLevel::price)
          .contains(price(place.numbers().bid()));
      assertThat(told.book().asks().stream().findFirst())
          .map(PriceLevel::price)
          .contains(price(place.numbers().ask()));
    }
    bench.await(MarkPriceUpdated.class, prices -> prices.mark().value().signum() > 0);
    Event.FundingRateUpdated funding = bench.await(Event.FundingRateUpdated.class, rate -> true);
    assertThat(funding.rate().perHour()).isEqualByComparingTo(RATE.value());
  }

  // ---- an order's life

  @ParameterizedTest
  @EnumSource(Leg.class)
  void whatRestsIsAcceptedThenFilledThenClosed(Leg leg) {
    PlaceOrder order = resting(leg);
    bench.send(order);
    bench.await(Event.OrderAccepted.class, it -> it.order().equals(order.order()));
    comeDownTo(leg);
    OrderEnded closed = awaitClosed(order);
    assertThat(closed.filled()).isEqualTo(order.quantity());
    bench.listen(A_WHILE);
    assertThat(filled(order)).isEqualByComparingTo(order.quantity().value());
    assertThat(bench.ever(OrderEnded.class)).hasSize(1);
    assertThat(fills(order)).allMatch(Fill::maker).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @EnumSource(Leg.class)
  void whatIsImmediateFillsInPartAndIsOver(Leg leg) {
    String part = new BigDecimal(size()).divide(new BigDecimal(4)).toPlainString();
    move(street -> street.quote(place.listed(leg), book(place.numbers().ask(), part)));
    bench.await(
        Event.BookUpdated.class,
        it ->
            it.instrument().equals(bench.instrument(leg).id())
                && it.book().asks().stream()
                    .findFirst()
                    .filter(ask -> isSize(ask, part))
                    .isPresent());
    PlaceOrder order = order(leg, place.numbers().ask(), TimeInForce.IOC);
    bench.send(order);
    OrderEnded closed = awaitClosed(order);
    assertThat(closed.filled().value()).isEqualByComparingTo(part);
    bench.listen(A_WHILE);
    assertThat(filled(order)).isEqualByComparingTo(part);
    assertThat(bench.ever(Event.OrderRejected.class)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Leg.class)
  void whatIsCancelledIsOverUnfilled(Leg leg) {
    PlaceOrder order = restingNow(leg);
    bench.send(new Command.CancelOrder(order.order(), order.instrument()));
    assertThat(awaitClosed(order).filled().isZero()).isTrue();
    assertThat(openOrders()).isEmpty();
  }

  @Test
  void aCancelThatFindsNothingSaysSoAndEndsNothing() {
    PlaceOrder never = resting(Leg.SPOT);
    bench.send(new Command.CancelOrder(never.order(), never.instrument()));
    bench.await(Event.CancelRejected.class, it -> it.order().equals(never.order()));
    bench.listen(A_WHILE);
    assertThat(bench.ever(OrderEnded.class)).isEmpty();
  }

  @Test
  void aCancelThatComesTooLateDoesNotUnmakeTheFill() {
    PlaceOrder order = restingNow(Leg.PERP);
    comeDownTo(Leg.PERP);
    awaitClosed(order);
    bench.send(new Command.CancelOrder(order.order(), order.instrument()));
    bench.await(Event.CancelRejected.class, it -> it.order().equals(order.order()));
    bench.listen(A_WHILE);
    assertThat(bench.ever(OrderEnded.class))
        .singleElement()
        .satisfies(closed -> assertThat(closed.filled()).isEqualTo(order.quantity()));
    assertThat(filled(order)).isEqualByComparingTo(order.quantity().value());
  }

  @Test
  void whatCannotBePaidIsRejectedForThatReason() {
    PlaceOrder dear = order(Leg.SPOT, place.numbers().below(), TimeInForce.ALO, times("100"));
    bench.send(dear);
    assertThat(awaitRejected(dear).reason()).isEqualTo(RejectReason.INSUFFICIENT_SPOT_BALANCE);
  }

  @Test
  void whatWouldCrossIsRejectedAndNeverCalledResting() {
    PlaceOrder crossing = order(Leg.PERP, place.numbers().ask(), TimeInForce.ALO);
    bench.send(crossing);
    assertThat(awaitRejected(crossing).reason()).isEqualTo(RejectReason.BAD_ALO_PRICE);
    bench.listen(A_WHILE);
    assertThat(bench.ever(Event.OrderAccepted.class)).isEmpty();
    assertThat(bench.ever(Event.OrderFilled.class)).isEmpty();
  }

  // ---- questions

  @Test
  void anOrderThatRestsIsFoundWhenAskedFor() {
    PlaceOrder order = restingNow(Leg.PERP);
    bench.send(new Command.QueryOrder(order.order(), order.instrument()));
    bench.listen(A_WHILE);
    assertThat(bench.ever(Event.OrderNotFound.class)).isEmpty();
    assertThat(bench.ever(OrderEnded.class)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Leg.class)
  void anOrderThatNeverWasIsNotFound(Leg leg) {
    PlaceOrder never = resting(leg);
    bench.write(never);
    bench.beAwayDuring(() -> {});
    bench.send(new Command.QueryOrder(never.order(), never.instrument()));
    bench.await(Event.OrderNotFound.class, it -> it.order().equals(never.order()));
  }

  @Test
  void theAccountIsReportedWhenAskedFor() {
    bench.forget();
    bench.send(new Command.QueryAccount());
    AccountState account = bench.await(Event.AccountReported.class, it -> true).account();
    assertThat(account.freeForSpot().value()).isEqualByComparingTo("1000");
  }

  @Test
  void leverageIsAnswered() {
    bench.send(new Command.SetLeverage(bench.instrument(Leg.PERP).id(), 3, true));
    LeverageResult answer = bench.await(LeverageResult.class, it -> true);
    assertThat(answer.accepted()).as(answer.response()).isTrue();
    bench.send(new Command.SetLeverage(bench.instrument(Leg.PERP).id(), 900, true));
    answer = bench.await(LeverageResult.class, it -> it.leverage() == 900);
    assertThat(answer.accepted()).isFalse();
  }

  // ---- somebody else's

  @Test
  void ordersOfTheAccountsOwnerAreLeftAlone() {
    PlaceOrder another = restingNow(Leg.PERP, ANOTHER_BOOK);
    bench.beAwayDuring(() -> {});
    PlaceOrder ours = restingNow(Leg.PERP);
    bench.send(new Command.CancelOrder(ours.order(), ours.instrument()));
    awaitClosed(ours);
    bench.forget();
    bench.send(new Command.QueryAccount());
    AccountState told = bench.await(Event.AccountReported.class, it -> true).account();
    assertThat(told.openOrders())
        .singleElement()
        .satisfies(order -> assertThat(order.clientOrderId()).contains(another.order()));
    bench.listen(A_WHILE);
    assertThat(openOrders()).hasSize(1);
  }

  // ---- what gets lost

  @ParameterizedTest
  @EnumSource(Leg.class)
  void noAnswerIsUnknownAndNeverARejection(Leg leg) {
    FaultyTransport wire = wire();
    wire.loseTheNextAnswerTo(place.orderRequest());
    PlaceOrder order = resting(leg);
    bench.send(order);
    bench.await(Event.class, it -> isUnknown(it, order) || isAccepted(it, order));
    bench.send(new Command.QueryOrder(order.order(), order.instrument()));
    bench.await(Event.OrderAccepted.class, it -> it.order().equals(order.order()));
    bench.listen(A_WHILE);
    assertThat(bench.ever(Event.OrderRejected.class)).isEmpty();
    assertThat(openOrders()).as("sent once").hasSize(1);
  }

  private static boolean isUnknown(Event fact, PlaceOrder order) {
    return fact instanceof Event.OrderUnknown it && it.order().equals(order.order());
  }

  private static boolean isAccepted(Event fact, PlaceOrder order) {
    return fact instanceof Event.OrderAccepted it && it.order().equals(order.order());
  }

  @Test
  void whatAStreamMissedIsToldAfterItIsBack() {
    FaultyTransport wire = wire();
    PlaceOrder order = restingNow(Leg.SPOT);
    wire.hold(true);
    wire.cut();
    comeDownTo(Leg.SPOT);
    wire.hold(false);
    bench.await(Event.OrderFilled.class, it -> isOf(it, order));
    bench.listen(A_WHILE);
    assertThat(filled(order)).isEqualByComparingTo(order.quantity().value());
    assertThat(fills(order)).extracting(Fill::identity).doesNotHaveDuplicates();
  }

  private static boolean isOf(Event.OrderFilled filled, PlaceOrder order) {
    return filled.fill().clientOrderId().equals(Optional.of(order.order()));
  }

  @Test
  void aSilentFeedIsToldAndItsReturnToo() {
    FaultyTransport wire = wire();
    bench.await(Event.BookUpdated.class, it -> true);
    wire.hold(true);
    bench.await(FeedStatusChanged.class, it -> isBook(it) && !it.fresh());
    wire.hold(false);
    bench.await(FeedStatusChanged.class, it -> isBook(it) && it.fresh());
  }

  private static boolean isBook(FeedStatusChanged changed) {
    return changed.feed() == FeedStatusChanged.Feed.BOOK;
  }

  // ---- an absence

  @Test
  void whatFilledMeanwhileIsToldAtTheReturnAndOnce() {
    PlaceOrder order = restingNow(Leg.SPOT);
    bench.beAwayDuring(() -> {
      sellThrough(Leg.SPOT);
      awaitNothingOpen();
    });
    bench.send(new Command.QueryOrder(order.order(), order.instrument()));
    bench.listen(A_WHILE);
    assertThat(filled(order)).isEqualByComparingTo(order.quantity().value());
  }

  @Test
  void fundingIsReceivedOnceHoweverOftenItIsAskedFor() {
    close();
    begin(BEFORE_THE_HOUR);
    PlaceOrder sold = sell(Leg.PERP);
    bench.send(sold);
    awaitClosed(sold);
    FundingPayment paid = bench.await(Event.FundingReceived.class, it -> true).payment();
    assertThat(paid.amount().value()).isPositive();
    bench.beAwayDuring(() -> {});
    bench.listen(A_WHILE);
    assertThat(bench.ever(Event.FundingReceived.class)).hasSize(1);
    assertThat(paid.amount()).isEqualTo(books().get(0).amount());
  }

  private List<FundingPayment> books() {
    return place.call(exchange -> exchange.payments(place.account()));
  }

  // ---- how

  private FaultyTransport wire() {
    assumeTrue(place.wire().isPresent(), "there is no wire to lose anything on");
    return place.wire().orElseThrow();
  }

  private void quoteBoth(WorldGateway street) {
    street.oracle(place.listed(Leg.PERP), price(place.numbers().bid()));
    for (Leg leg : Leg.values()) {
      street.quote(place.listed(leg), book(place.numbers().ask(), times("5").toString()));
    }
  }

  private BookSnapshot book(String ask, String size) {
    return new BookSnapshot(
        List.of(new PriceLevel(price(place.numbers().bid()), times("5"))),
        List.of(new PriceLevel(price(ask), Quantity.of(size))));
  }

  private static boolean isSize(PriceLevel level, String size) {
    return level.quantity().value().compareTo(new BigDecimal(size)) == 0;
  }

  private String size() {
    return place.numbers().size();
  }

  private Quantity times(String factor) {
    return Quantity.of(size()).times(new BigDecimal(factor));
  }

  private static Price price(String text) {
    return Price.of(text);
  }

  private void move(java.util.function.Consumer<WorldGateway> move) {
    place.call(exchange -> {
      place.world().at(exchange.now().plusMillis(1), move);
      exchange.openTurn();
      return exchange;
    });
  }

  /** Somebody sells through all that rests there. */
  private void comeDownTo(Leg leg) {
    sellThrough(leg);
    bench.listen(Duration.ofSeconds(2));
  }

  private void sellThrough(Leg leg) {
    move(street ->
        street.trade(place.listed(leg), Side.SELL, price(place.numbers().farBelow()), times("20")));
  }

  /** Nobody listens meanwhile. */
  private void awaitNothingOpen() {
    long bound = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!openOrders().isEmpty()) {
      assertThat(System.nanoTime()).as("it must fill").isLessThan(bound);
      place.call(exchange -> {
        exchange.advanceTo(exchange.now().plusMillis(100));
        return exchange;
      });
    }
  }

  private PlaceOrder resting(Leg leg) {
    return order(leg, place.numbers().below(), TimeInForce.ALO);
  }

  private PlaceOrder restingNow(Leg leg) {
    return restingNow(leg, BOOK);
  }

  private PlaceOrder restingNow(Leg leg, OrderIdTag book) {
    PlaceOrder order =
        order(
            ClientOrderId.of(book, 0, leg, OrderPurpose.ENTRY, 1, named++),
            leg,
            place.numbers().below(),
            TimeInForce.ALO,
            Quantity.of(size()));
    bench.send(order);
    bench.await(Event.OrderAccepted.class, it -> it.order().equals(order.order()));
    return order;
  }

  private PlaceOrder sell(Leg leg) {
    return new PlaceOrder(
        name(leg),
        bench.instrument(leg).id(),
        Side.SELL,
        price(place.numbers().bid()),
        Quantity.of(size()),
        TimeInForce.IOC,
        false,
        OrderPurpose.ENTRY);
  }

  private PlaceOrder order(Leg leg, String price, TimeInForce timeInForce) {
    return order(leg, price, timeInForce, Quantity.of(size()));
  }

  private PlaceOrder order(Leg leg, String price, TimeInForce timeInForce, Quantity quantity) {
    return order(name(leg), leg, price, timeInForce, quantity);
  }

  private PlaceOrder order(
      ClientOrderId name, Leg leg, String price, TimeInForce timeInForce, Quantity quantity) {
    return new PlaceOrder(
        name,
        bench.instrument(leg).id(),
        Side.BUY,
        price(price),
        quantity,
        timeInForce,
        false,
        OrderPurpose.ENTRY);
  }

  private ClientOrderId name(Leg leg) {
    return ClientOrderId.of(BOOK, 0, leg, OrderPurpose.ENTRY, 1, named++);
  }

  private OrderEnded awaitClosed(PlaceOrder order) {
    return bench.await(OrderEnded.class, it -> it.order().equals(order.order()));
  }

  private Event.OrderRejected awaitRejected(PlaceOrder order) {
    return bench.await(Event.OrderRejected.class, it -> it.order().equals(order.order()));
  }

  private List<Fill> fills(PlaceOrder order) {
    return bench.ever(Event.OrderFilled.class).stream()
        .map(Event.OrderFilled::fill)
        .filter(fill -> fill.clientOrderId().equals(Optional.of(order.order())))
        .toList();
  }

  /** An answer about an order may tell its fills once more: by their identity they count once. */
  private BigDecimal filled(PlaceOrder order) {
    return fills(order).stream()
        .distinct()
        .map(fill -> fill.quantity().value())
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private List<AccountState.OpenOrder> openOrders() {
    return place.call(exchange -> exchange.account(place.account()).openOrders());
  }
}
