package io.twinleg.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.twinleg.core.event.Command;
import io.twinleg.core.event.Command.PlaceOrder;
import io.twinleg.core.event.Event;
import io.twinleg.core.event.Event.FeedStatusChanged;
import io.twinleg.core.event.Event.LeverageResult;
import io.twinleg.core.event.Event.MarkPriceUpdated;
import io.twinleg.core.event.Event.OrderEnded;
import io.twinleg.core.event.Event.TransferResult;
import io.twinleg.core.model.AccountState;
import io.twinleg.core.model.BookSnapshot;
import io.twinleg.core.model.ClientOrderId;
import io.twinleg.core.model.Fee;
import io.twinleg.core.model.FeeSchedule;
import io.twinleg.core.model.Fill;
import io.twinleg.core.model.FillOrigin;
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
import io.twinleg.core.model.Usd;
import io.twinleg.simulator.ScriptedWorld;
import io.twinleg.simulator.WorldGateway;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a runner relies on, whichever venue is behind the listener. */
abstract class VenueContract {
  static final OrderIdTag BOOK = new OrderIdTag("0000c0de");
  private static final OrderIdTag ANOTHER_BOOK = new OrderIdTag("0000beef");

  /** Long enough for every query that an adapter sends by itself. */
  private static final Duration A_WHILE = Duration.ofSeconds(6);

  /** Half a minute, of the venue's, before a full hour. */
  static final Instant BEFORE_THE_HOUR = Instant.parse("2026-01-05T12:58:00Z");

  private static final Instant QUIET = Instant.parse("2026-01-05T12:05:00Z");
  private static final Rate RATE = Rate.hourly("0.0001");

  private VenueHarness harness;
  private ContractFixture fixture;
  private int named;

  abstract VenueHarness harness(ScriptedWorld world);

  @BeforeEach
  void open() {
    start(QUIET);
  }

  private void start(Instant start) {
    harness =
        harness(ScriptedWorld.startingAt(start).fundingRate(start, RATE).settledBefore(RATE, 24));
    harness.world().at(start, this::quoteBoth);
    fixture = new ContractFixture(harness);
  }

  @AfterEach
  void close() {
    fixture.close();
    harness.close();
  }

  // ---- a start

  @Test
  void reportsFeesCapabilitiesAndBalancesAtStart() {
    assertThat(fixture.ever(Event.FeesReported.class).get(0).fees().perpTaker().signum())
        .isPositive();
    assertThat(fixture.venue().trading().capabilities().clockSpeed()).isPositive();
    AccountState account = fixture.ever(Event.AccountReported.class).get(0).account();
    assertThat(account.freeForSpot().value()).isEqualByComparingTo("1000");
    assertThat(account.openOrders()).isEmpty();
    assertThat(fixture.venue().marketData().fundingHistory(fixture.instrument(Leg.PERP), 10))
        .hasSize(10)
        .isSortedAccordingTo((one, other) -> one.hour().compareTo(other.hour()));
  }

  @Test
  void publishesBooksMarksAndFundingRates() {
    for (Leg leg : Leg.values()) {
      Event.BookUpdated update =
          fixture.await(
              Event.BookUpdated.class,
              book -> book.instrument().equals(fixture.instrument(leg).id()));
      assertThat(update.book().bids().stream().findFirst())
          .map(PriceLevel::price)
          .contains(price(harness.numbers().bid()));
      assertThat(update.book().asks().stream().findFirst())
          .map(PriceLevel::price)
          .contains(price(harness.numbers().ask()));
    }
    fixture.await(MarkPriceUpdated.class, prices -> prices.mark().value().signum() > 0);
    Event.FundingRateUpdated funding = fixture.await(Event.FundingRateUpdated.class, rate -> true);
    assertThat(funding.rate().perHour()).isEqualByComparingTo(RATE.value());
  }

  // ---- an order

  @ParameterizedTest
  @EnumSource(Leg.class)
  void acceptsThenFillsThenEndsARestingOrder(Leg leg) {
    PlaceOrder order = resting(leg);
    fixture.send(order);
    fixture.await(Event.OrderAccepted.class, it -> it.order().equals(order.order()));
    tradeDownTo(leg);
    OrderEnded closed = awaitEnd(order);
    assertThat(closed.filled()).isEqualTo(order.quantity());
    fixture.receiveFor(A_WHILE);
    assertThat(filled(order)).isEqualByComparingTo(order.quantity().value());
    assertThat(fixture.ever(OrderEnded.class)).hasSize(1);
    assertThat(fills(order)).allMatch(Fill::maker).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @EnumSource(Leg.class)
  void fillsAnIocOrderInPartAndEndsIt(Leg leg) {
    String part = new BigDecimal(size()).divide(new BigDecimal(4)).toPlainString();
    change(market -> market.quote(harness.listed(leg), book(harness.numbers().ask(), part)));
    fixture.await(
        Event.BookUpdated.class,
        it ->
            it.instrument().equals(fixture.instrument(leg).id())
                && it.book().asks().stream()
                    .findFirst()
                    .filter(ask -> isSize(ask, part))
                    .isPresent());
    PlaceOrder order = order(leg, harness.numbers().ask(), TimeInForce.IOC);
    fixture.send(order);
    OrderEnded closed = awaitEnd(order);
    assertThat(closed.filled().value()).isEqualByComparingTo(part);
    fixture.receiveFor(A_WHILE);
    assertThat(filled(order)).isEqualByComparingTo(part);
    assertThat(fixture.ever(Event.OrderRejected.class)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Leg.class)
  void endsACancelledOrderUnfilled(Leg leg) {
    PlaceOrder order = restingNow(leg);
    fixture.send(new Command.CancelOrder(order.order(), order.instrument()));
    assertThat(awaitEnd(order).filled().isZero()).isTrue();
    assertThat(openOrders()).isEmpty();
  }

  @Test
  void rejectsACancelOfAnUnknownOrderAndEndsNothing() {
    PlaceOrder never = resting(Leg.SPOT);
    fixture.send(new Command.CancelOrder(never.order(), never.instrument()));
    fixture.await(Event.CancelRejected.class, it -> it.order().equals(never.order()));
    fixture.receiveFor(A_WHILE);
    assertThat(fixture.ever(OrderEnded.class)).isEmpty();
  }

  @Test
  void keepsAFillThatPrecedesItsCancel() {
    PlaceOrder order = restingNow(Leg.PERP);
    tradeDownTo(Leg.PERP);
    awaitEnd(order);
    fixture.send(new Command.CancelOrder(order.order(), order.instrument()));
    fixture.await(Event.CancelRejected.class, it -> it.order().equals(order.order()));
    fixture.receiveFor(A_WHILE);
    assertThat(fixture.ever(OrderEnded.class))
        .singleElement()
        .satisfies(closed -> assertThat(closed.filled()).isEqualTo(order.quantity()));
    assertThat(filled(order)).isEqualByComparingTo(order.quantity().value());
  }

  @Test
  void rejectsAnOrderBeyondTheBalanceForThatReason() {
    PlaceOrder dear = order(Leg.SPOT, harness.numbers().below(), TimeInForce.ALO, times("100"));
    fixture.send(dear);
    assertThat(awaitRejected(dear).reason()).isEqualTo(RejectReason.INSUFFICIENT_SPOT_BALANCE);
  }

  @Test
  void rejectsAPostOnlyOrderThatWouldCross() {
    PlaceOrder crossing = order(Leg.PERP, harness.numbers().ask(), TimeInForce.ALO);
    fixture.send(crossing);
    assertThat(awaitRejected(crossing).reason()).isEqualTo(RejectReason.BAD_ALO_PRICE);
    fixture.receiveFor(A_WHILE);
    assertThat(fixture.ever(Event.OrderAccepted.class)).isEmpty();
    assertThat(fixture.ever(Event.OrderFilled.class)).isEmpty();
  }

  // ---- queries

  @Test
  void findsARestingOrder() {
    PlaceOrder order = restingNow(Leg.PERP);
    fixture.send(new Command.QueryOrder(order.order(), order.instrument()));
    fixture.receiveFor(A_WHILE);
    assertThat(fixture.ever(Event.OrderNotFound.class)).isEmpty();
    assertThat(fixture.ever(OrderEnded.class)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Leg.class)
  void reportsAnOrderThatWasNeverSentAsNotFound(Leg leg) {
    PlaceOrder never = resting(leg);
    fixture.write(never);
    fixture.restartAfter(() -> {});
    fixture.send(new Command.QueryOrder(never.order(), never.instrument()));
    fixture.await(Event.OrderNotFound.class, it -> it.order().equals(never.order()));
  }

  @Test
  void reportsTheAccountOnRequest() {
    fixture.discardReceived();
    fixture.send(new Command.QueryAccount());
    AccountState account = fixture.await(Event.AccountReported.class, it -> true).account();
    assertThat(account.freeForSpot().value()).isEqualByComparingTo("1000");
  }

  /** Everything of it: what is resting, what is held, and what is free. */
  @Test
  void reportsAnAccountAsTheExchangeHasIt() {
    PlaceOrder held = order(Leg.SPOT, harness.numbers().ask(), TimeInForce.IOC);
    PlaceOrder shorted = sell(Leg.PERP);
    fixture.send(held);
    fixture.send(shorted);
    awaitEnd(held);
    awaitEnd(shorted);
    PlaceOrder resting = restingNow(Leg.SPOT);
    fixture.discardReceived();
    fixture.send(new Command.QueryAccount());
    AccountState reported = fixture.await(Event.AccountReported.class, it -> true).account();
    AccountState real = harness.call(exchange -> exchange.account(harness.account()));
    assertThat(whole(reported)).isEqualTo(whole(real));
    assertThat(reported.openOrders())
        .singleElement()
        .satisfies(open -> assertThat(open.clientOrderId()).contains(resting.order()));
    assertThat(reported.perpEquity().value())
        .isCloseTo(real.perpEquity().value(), within(new BigDecimal("0.01")));
  }

  private static List<Object> whole(AccountState state) {
    List<Object> facts = new ArrayList<>();
    facts.add(state.pooled());
    facts.add(state.freeForSpot().value().setScale(6, RoundingMode.DOWN));
    facts.add(state.quoteBalance().value().setScale(6, RoundingMode.DOWN));
    state
        .balances()
        .forEach(each -> facts.add(List.of(each.instrument(), each.total(), each.hold())));
    state
        .positions()
        .forEach(each -> facts.add(List.of(each.instrument(), each.size(), each.leverage())));
    state
        .openOrders()
        .forEach(each ->
            facts.add(List.of(each.instrument(), each.side(), each.price(), each.remaining())));
    return facts;
  }

  @Test
  void answersALeverageChange() {
    fixture.send(new Command.SetLeverage(fixture.instrument(Leg.PERP).id(), 3, true));
    LeverageResult answer = fixture.await(LeverageResult.class, it -> true);
    assertThat(answer.accepted()).as(answer.response()).isTrue();
    fixture.send(new Command.SetLeverage(fixture.instrument(Leg.PERP).id(), 900, true));
    answer = fixture.await(LeverageResult.class, it -> it.leverage() == 900);
    assertThat(answer.accepted()).isFalse();
  }

  @Test
  void movesCollateralBetweenTheWallets() {
    fixture.send(new Command.TransferCollateral(17, Usd.of("123.45"), Leg.PERP));
    TransferResult moved = fixture.await(TransferResult.class, it -> it.transfer() == 17);
    assertThat(moved.outcome()).as(moved.response()).isEqualTo(TransferResult.Outcome.MOVED);
    fixture.send(new Command.QueryAccount());
    fixture.await(
        Event.AccountReported.class, it -> it.account().freeForSpot().equals(Usd.of("1123.45")));
  }

  // ---- orders of others

  @Test
  void leavesOrdersOfAnotherProgramAlone() {
    PlaceOrder another = restingNow(Leg.PERP, ANOTHER_BOOK);
    fixture.restartAfter(() -> {});
    PlaceOrder ours = restingNow(Leg.PERP);
    fixture.send(new Command.CancelOrder(ours.order(), ours.instrument()));
    awaitEnd(ours);
    fixture.discardReceived();
    fixture.send(new Command.QueryAccount());
    AccountState reported = fixture.await(Event.AccountReported.class, it -> true).account();
    assertThat(reported.openOrders())
        .singleElement()
        .satisfies(order -> assertThat(order.clientOrderId()).contains(another.order()));
    fixture.receiveFor(A_WHILE);
    assertThat(openOrders()).hasSize(1);
  }

  // ---- what gets lost

  @ParameterizedTest
  @EnumSource(Leg.class)
  void treatsAMissingResponseAsUnknownAndNeverAsARejection(Leg leg) {
    FaultyTransport transport = transport();
    transport.loseNextResponseTo(harness.orderRequest());
    PlaceOrder order = resting(leg);
    fixture.send(order);
    fixture.await(Event.class, it -> isUnknown(it, order) || isAccepted(it, order));
    fixture.send(new Command.QueryOrder(order.order(), order.instrument()));
    fixture.await(Event.OrderAccepted.class, it -> it.order().equals(order.order()));
    fixture.receiveFor(A_WHILE);
    assertThat(fixture.ever(Event.OrderRejected.class)).isEmpty();
    assertThat(openOrders()).as("sent once").hasSize(1);
  }

  private static boolean isUnknown(Event fact, PlaceOrder order) {
    return fact instanceof Event.OrderUnknown it && it.order().equals(order.order());
  }

  private static boolean isAccepted(Event fact, PlaceOrder order) {
    return fact instanceof Event.OrderAccepted it && it.order().equals(order.order());
  }

  @Test
  void deliversWhatAStreamMissedAfterReconnecting() {
    FaultyTransport transport = transport();
    PlaceOrder order = restingNow(Leg.SPOT);
    transport.hold(true);
    transport.cut();
    tradeDownTo(Leg.SPOT);
    transport.hold(false);
    fixture.await(Event.OrderFilled.class, it -> isOf(it, order));
    fixture.receiveFor(A_WHILE);
    assertThat(filled(order)).isEqualByComparingTo(order.quantity().value());
    assertThat(fills(order)).extracting(Fill::identity).doesNotHaveDuplicates();
  }

  private static boolean isOf(Event.OrderFilled filled, PlaceOrder order) {
    return filled.fill().clientOrderId().equals(Optional.of(order.order()));
  }

  @Test
  void reportsASilentFeedAndItsReturn() {
    FaultyTransport transport = transport();
    fixture.await(Event.BookUpdated.class, it -> true);
    transport.hold(true);
    fixture.await(FeedStatusChanged.class, it -> isBook(it) && !it.fresh());
    transport.hold(false);
    fixture.await(FeedStatusChanged.class, it -> isBook(it) && it.fresh());
  }

  private static boolean isBook(FeedStatusChanged changed) {
    return changed.feed() == FeedStatusChanged.Feed.BOOK;
  }

  // ---- an absence

  @Test
  void deliversTheFillsOfADowntimeOnce() {
    PlaceOrder order = restingNow(Leg.SPOT);
    fixture.restartAfter(() -> {
      sellThrough(Leg.SPOT);
      awaitNothingOpen();
    });
    fixture.send(new Command.QueryOrder(order.order(), order.instrument()));
    fixture.receiveFor(A_WHILE);
    assertThat(filled(order)).isEqualByComparingTo(order.quantity().value());
  }

  @Test
  void deliversAFundingPaymentOnce() {
    close();
    start(BEFORE_THE_HOUR);
    PlaceOrder sold = sell(Leg.PERP);
    fixture.send(sold);
    awaitEnd(sold);
    FundingPayment paid = fixture.await(Event.FundingReceived.class, it -> true).payment();
    assertThat(paid.amount().value()).isPositive();
    fixture.restartAfter(() -> {});
    fixture.receiveFor(A_WHILE);
    assertThat(fixture.ever(Event.FundingReceived.class)).hasSize(1);
    FundingPayment booked = books().get(0);
    assertThat(paid.amount()).isEqualTo(booked.amount());
    assertThat(paid.position()).isEqualTo(booked.position());
    assertThat(paid.instrument()).isEqualTo(fixture.instrument(Leg.PERP).id());
    assertThat(paid.rate().perHour()).isEqualByComparingTo(booked.rate().perHour());
    assertThat(Duration.between(booked.time(), paid.time()).abs())
        .isLessThan(Duration.ofMinutes(1));
    assertThat(fills(sold)).isNotEmpty();
  }

  private List<FundingPayment> books() {
    return harness.call(exchange -> exchange.payments(harness.account()));
  }

  // ---- helpers

  private FaultyTransport transport() {
    assumeTrue(harness.transport().isPresent(), "there is no transport to lose anything on");
    return harness.transport().orElseThrow();
  }

  private void quoteBoth(WorldGateway market) {
    market.oracle(harness.listed(Leg.PERP), price(harness.numbers().bid()));
    for (Leg leg : Leg.values()) {
      market.quote(harness.listed(leg), book(harness.numbers().ask(), times("5").toString()));
    }
  }

  private BookSnapshot book(String ask, String size) {
    return new BookSnapshot(
        List.of(new PriceLevel(price(harness.numbers().bid()), times("5"))),
        List.of(new PriceLevel(price(ask), Quantity.of(size))));
  }

  private static boolean isSize(PriceLevel level, String size) {
    return level.quantity().value().compareTo(new BigDecimal(size)) == 0;
  }

  private String size() {
    return harness.numbers().size();
  }

  private Quantity times(String factor) {
    return Quantity.of(size()).times(new BigDecimal(factor));
  }

  private static Price price(String text) {
    return Price.of(text);
  }

  private void change(java.util.function.Consumer<WorldGateway> move) {
    harness.call(exchange -> {
      harness.world().at(exchange.now().plusMillis(1), move);
      exchange.openTurn();
      return exchange;
    });
  }

  /** A taker sells through all that rests there. */
  private void tradeDownTo(Leg leg) {
    sellThrough(leg);
    fixture.receiveFor(Duration.ofSeconds(2));
  }

  private void sellThrough(Leg leg) {
    change(market ->
        market.trade(
            harness.listed(leg), Side.SELL, price(harness.numbers().farBelow()), times("20")));
  }

  /** Without receiving events. */
  private void awaitNothingOpen() {
    long bound = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!openOrders().isEmpty()) {
      assertThat(System.nanoTime()).as("it must fill").isLessThan(bound);
      harness.call(exchange -> {
        exchange.advanceTo(exchange.now().plusMillis(100));
        return exchange;
      });
    }
  }

  private PlaceOrder resting(Leg leg) {
    return order(leg, harness.numbers().below(), TimeInForce.ALO);
  }

  private PlaceOrder restingNow(Leg leg) {
    return restingNow(leg, BOOK);
  }

  private PlaceOrder restingNow(Leg leg, OrderIdTag book) {
    PlaceOrder order =
        order(
            ClientOrderId.of(book, 0, leg, OrderPurpose.ENTRY, 1, named++),
            leg,
            harness.numbers().below(),
            TimeInForce.ALO,
            Quantity.of(size()));
    fixture.send(order);
    fixture.await(Event.OrderAccepted.class, it -> it.order().equals(order.order()));
    return order;
  }

  private PlaceOrder sell(Leg leg) {
    return new PlaceOrder(
        name(leg),
        fixture.instrument(leg).id(),
        Side.SELL,
        price(harness.numbers().bid()),
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
        fixture.instrument(leg).id(),
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

  private OrderEnded awaitEnd(PlaceOrder order) {
    return fixture.await(OrderEnded.class, it -> it.order().equals(order.order()));
  }

  private Event.OrderRejected awaitRejected(PlaceOrder order) {
    return fixture.await(Event.OrderRejected.class, it -> it.order().equals(order.order()));
  }

  /** Each is judged as a whole: a field that is wrong fails whatever test it came in. */
  private List<Fill> fills(PlaceOrder order) {
    List<Fill> fills =
        fixture.ever(Event.OrderFilled.class).stream()
            .map(Event.OrderFilled::fill)
            .filter(fill -> fill.clientOrderId().equals(Optional.of(order.order())))
            .toList();
    fills.forEach(fill -> assertWhole(fill, order));
    return fills;
  }

  private void assertWhole(Fill fill, PlaceOrder order) {
    assertThat(fill.instrument()).isEqualTo(order.instrument());
    assertThat(fill.side()).isEqualTo(order.side());
    assertThat(fill.cause()).isEqualTo(FillOrigin.ORDER);
    assertThat(fill.maker()).isEqualTo(order.timeInForce() != TimeInForce.IOC);
    assertThat(fill.orderId()).isPositive();
    boolean isBetter =
        order.side() == Side.BUY
            ? fill.price().compareTo(order.price()) <= 0
            : fill.price().compareTo(order.price()) >= 0;
    assertThat(isBetter).as("%s at %s", fill.price(), order.price()).isTrue();
    Leg leg = order.instrument().leg();
    boolean inBase = leg == Leg.SPOT && order.side() == Side.BUY;
    assertThat(fill.fee().token()).isEqualTo(inBase ? Fee.Token.BASE : Fee.Token.QUOTE);
    FeeSchedule fees = fixture.ever(Event.FeesReported.class).get(0).fees();
    BigDecimal rate = fill.maker() ? fees.maker(leg) : fees.taker(leg);
    BigDecimal charged = inBase ? fill.quantity().value() : fill.notional().value();
    assertThat(fill.fee().amount())
        .isCloseTo(charged.multiply(rate), within(new BigDecimal("0.000001")));
    Instant now = harness.call(exchange -> exchange.now());
    assertThat(fill.time()).isBetween(now.minusSeconds(600), now);
  }

  /** A status response may report fills again: by their identity they count once. */
  private BigDecimal filled(PlaceOrder order) {
    return fills(order).stream()
        .distinct()
        .map(fill -> fill.quantity().value())
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private List<AccountState.OpenOrder> openOrders() {
    return harness.call(exchange -> exchange.account(harness.account()).openOrders());
  }
}
