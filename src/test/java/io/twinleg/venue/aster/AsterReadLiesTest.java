package io.twinleg.venue.aster;

import static io.twinleg.venue.aster.AsterProxyFixture.always;
import static io.twinleg.venue.aster.AsterProxyFixture.changed;
import static io.twinleg.venue.aster.AsterProxyFixture.first;
import static io.twinleg.venue.aster.AsterProxyFixture.unanswered;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.twinleg.core.event.Command;
import io.twinleg.core.event.Event;
import io.twinleg.core.event.Event.FeedStatusChanged;
import io.twinleg.core.event.Event.FeedStatusChanged.Feed;
import io.twinleg.core.event.SequencedEvent;
import io.twinleg.core.model.AccountState;
import io.twinleg.core.model.FundingHour;
import io.twinleg.core.model.FundingPayment;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Rate;
import io.twinleg.core.model.Usd;
import io.twinleg.proxy.LyingProxy;
import io.twinleg.venue.DataClient;
import io.twinleg.venue.VenueException;
import io.twinleg.wire.aster.request.ApiVersion;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Aster says of the account and the market may be unreadable, another's, old, or nothing. */
@Execution(ExecutionMode.CONCURRENT)
class AsterReadLiesTest {
  /** The owner's stop, set in the web page. */
  private static final String STOP =
      """
      {"orderId":5551,"symbol":"ASTERUSDT","status":"NEW","clientOrderId":"web_stop_1","price":"0",
       "avgPrice":"0.00000","origQty":"10","executedQty":"0","cumQuote":"0","timeInForce":"GTC",
       "type":"STOP_MARKET","reduceOnly":true,"closePosition":false,"side":"BUY",
       "positionSide":"BOTH","stopPrice":"2.5","workingType":"MARK_PRICE",
       "origType":"STOP_MARKET","time":1795930000000,"updateTime":1795930000000}\
      """;

  private static final String FOREIGN_FRAME =
      """
      {"e":"executionReport","E":1795930000000,"s":"BNBUSDT","c":"web_18","S":"SELL","o":"LIMIT",
       "f":"GTC","q":"1","p":"900","ap":"0","P":"0","x":"CANCELED","X":"PENDING_CANCEL","i":778,
       "l":"0","z":"0","L":"0","T":1795930000000,"t":-1,"m":false,"ot":"LIMIT",
       "O":1795930000000,"Z":"0","Y":"0","Q":"0"}\
      """;

  private static final String FOREIGN_TRADE =
      """
      {"e":"executionReport","E":1795930000000,"s":"BNBUSDT","c":"web_19","S":"SELL","o":"LIMIT",
       "f":"GTC","q":"1","p":"900","ap":"900","P":"0","x":"TRADE","X":"FILLED","i":779,"l":"1",
       "z":"1","L":"900","n":"0.4","N":"XYZ","T":1795930000000,"t":4,"m":false,"ot":"LIMIT",
       "O":1795930000000,"Z":"900","Y":"900","Q":"0"}\
      """;

  private Optional<AsterProxyFixture> open = Optional.empty();

  private AsterProxyFixture venue(ApiVersion generation) {
    return venue(generation, 1);
  }

  private AsterProxyFixture venue(ApiVersion generation, int speed) {
    AsterProxyFixture fixture = new AsterProxyFixture(generation, speed);
    open = Optional.of(fixture);
    return fixture;
  }

  @AfterEach
  void close() throws IOException {
    if (open.isPresent()) {
      open.get().close();
    }
  }

  // ---- listings

  @ParameterizedTest
  @CsvSource({
    "PRE_SETTLE, true, false",
    "SETTLING, true, true",
    "CLOSE, true, true",
    "BREAK, false, true"
  })
  void aPerpThatTradesNoMoreIsNoticed(String status, boolean delisted, boolean halted) {
    AsterProxyFixture venue = venue(ApiVersion.V1, 100).started();
    Instrument perp = venue.instrument(Leg.PERP);
    venue.proxy.answers(
        always(
            "GET",
            venue.path(Leg.PERP, "exchangeInfo"),
            changed(body -> body.replace("\"TRADING\"", "\"" + status + "\""))));
    venue.venue().marketData().subscribe(perp, Usd.of("100"));
    Event.TradingHalted noticed = venue.await(Event.TradingHalted.class, it -> true);
    assertThat(noticed).isEqualTo(new Event.TradingHalted(perp.id(), delisted, halted));
  }

  @ParameterizedTest
  @CsvSource({"SETTLING, true", "PRE_SETTLE, true", "TRADING, false"})
  void aDelistedPerpIsResolvedAsSuch(String status, boolean delisted) {
    AsterProxyFixture venue = venue(ApiVersion.V3);
    venue.proxy.answers(
        always(
            "GET",
            venue.path(Leg.PERP, "exchangeInfo"),
            changed(body -> body.replace("\"TRADING\"", "\"" + status + "\""))));
    assertThat(venue.resolve().delisted()).isEqualTo(delisted);
  }

  /** Sizes and prices would be rounded to a step that is none. */
  @ParameterizedTest
  @CsvSource({
    "tickSize, 0",
    "tickSize, -0.01",
    "tickSize, 1e-9",
    "tickSize, 1e30",
    "stepSize, 0",
    "stepSize, -1",
    "notional, NaN"
  })
  void aListingWithAnImpossibleFigureIsOneSentence(String field, String value) {
    AsterProxyFixture venue = venue(ApiVersion.V3);
    venue.proxy.answers(
        always(
            "GET",
            venue.path(Leg.PERP, "exchangeInfo"),
            changed(body ->
                body.replaceAll(
                    "\"" + field + "\":\"[^\"]*\"", "\"" + field + "\":\"" + value + "\""))));
    assertThatThrownBy(venue::resolve).isInstanceOf(VenueException.class);
  }

  // ---- rows that are not ours

  /** L06: at the start, in mid-run, and so for a flatten. */
  @ParameterizedTest
  @CsvSource({"V1, SPOT", "V1, PERP", "V3, SPOT", "V3, PERP"})
  void theOwnersStopIsPassedOver(ApiVersion generation, Leg leg) {
    AsterProxyFixture venue = venue(generation);
    String orders = venue.path(leg, "openOrders");
    venue.proxy.answers(
        always("GET", orders, changed(body -> "[" + STOP + "," + OWN_UNKNOWN_WORD + "]")));
    venue.resolve();
    assertThat(venue.venue().trading().account().openOrders()).isEmpty();
    venue.send(new Command.QueryAccount());
    AccountState state = venue.await(Event.AccountReported.class, it -> true).account();
    assertThat(state.openOrders()).isEmpty();
    assertThat(venue.ever(Event.MessageUnreadable.class)).isEmpty();
  }

  /** The owner's order in a state that no document names. */
  private static final String OWN_UNKNOWN_WORD =
      STOP.replace("\"status\":\"NEW\"", "\"status\":\"PENDING_CANCEL\"");

  /** L07: while another pair is traded, also in a coin that nothing prices. */
  @Test
  void framesOfAnotherPairArePassedOver() {
    AsterProxyFixture venue = venue(ApiVersion.V1).started();
    venue.proxy.frames(text ->
        text.contains("executionReport")
            ? List.of(FOREIGN_FRAME, FOREIGN_TRADE, text)
            : List.of(text));
    Command.PlaceOrder order = venue.resting(Leg.SPOT);
    venue.send(order);
    venue.accepted(order);
    venue.receiveFor(Duration.ofSeconds(1));
    assertThat(venue.ever(Event.MessageUnreadable.class)).isEmpty();
    assertThat(venue.ever(Event.OrderFilled.class)).isEmpty();
  }

  // ---- what cannot be read is no answer

  /** L05 and L18 on Aster, in mid-run: asked again until there is an answer. */
  @ParameterizedTest
  @ValueSource(strings = {"{}", "[]", "null", "<html>blocked</html>", "{\"assets\":[]}"})
  void anAccountThatIsNoneIsRequestedAgain(String body) {
    AsterProxyFixture venue = venue(ApiVersion.V1).started();
    venue.events.clear();
    venue.proxy.answers(
        first(
            3,
            "GET",
            venue.path(Leg.PERP, "account"),
            (request, upstream) ->
                body.startsWith("<") ? LyingProxy.page(403) : LyingProxy.json(body)));
    venue.send(new Command.QueryAccount());
    venue.await(Event.MessageUnreadable.class, it -> it.source().equals("aster account"));
    venue.await(FeedStatusChanged.class, it -> it.feed() == Feed.ACCOUNT && !it.fresh());
    venue.await(FeedStatusChanged.class, it -> it.feed() == Feed.ACCOUNT && it.fresh());
    venue.await(Event.AccountReported.class, it -> true);
    assertThat(venue.requests("GET", venue.path(Leg.PERP, "account"))).isGreaterThan(4);
    assertThat(venue.ever(Event.AccountReported.class))
        .allSatisfy(it -> assertThat(it.account().perpEquity()).isEqualTo(Usd.of("1000")));
  }

  /** One of our positions that cannot be read would look flat: there is no account without it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"positionAmt\":\"NaN\"",
        "\"positionSide\":\"LONG\"",
        "\"positionAmt\":\"0\"",
        "\"symbol\":\"BTCUSDT\""
      })
  void aPositionThatCannotBeReadIsNotFlat(String field) {
    AsterProxyFixture venue = venue(ApiVersion.V1).started();
    Command.PlaceOrder order = venue.taking(Leg.PERP);
    venue.send(order);
    venue.await(Event.AccountReported.class, it -> !it.account().positions().isEmpty());
    venue.events.clear();
    String name = field.substring(0, field.indexOf(':'));
    venue.proxy.answers(
        first(
            2,
            "GET",
            "/fapi/v2/positionRisk",
            changed(body -> body.replaceAll(name + ":\"[^\"]*\"", field))));
    venue.send(new Command.QueryAccount());
    venue.await(Event.MessageUnreadable.class, it -> it.source().equals("aster account"));
    Event.AccountReported next = venue.await(Event.AccountReported.class, it -> true);
    assertThat(next.account().positions()).hasSize(1);
  }

  /** A short with nothing behind it was liquidated long ago: no emergency, and no answer. */
  @ParameterizedTest
  @ValueSource(strings = {"0", "0.00000000", "-1"})
  void aPositionWithNothingBehindItIsNoAccount(String margin) {
    AsterProxyFixture venue = venue(ApiVersion.V1).started();
    venue.send(venue.taking(Leg.PERP));
    venue.await(Event.AccountReported.class, it -> !it.account().positions().isEmpty());
    venue.events.clear();
    venue.proxy.answers(
        first(
            2,
            "GET",
            venue.path(Leg.PERP, "account"),
            changed(body ->
                body.replaceAll(
                    "\"totalMarginBalance\":\"[^\"]*\"",
                    "\"totalMarginBalance\":\"" + margin + "\""))));
    venue.send(new Command.QueryAccount());
    venue.await(Event.MessageUnreadable.class, it -> it.detail().contains("totalMarginBalance"));
    Event.AccountReported next = venue.await(Event.AccountReported.class, it -> true);
    assertThat(next.account().perpEquity()).isGreaterThan(Usd.of("900"));
  }

  // ---- at a start

  @ParameterizedTest
  @EnumSource(ApiVersion.class)
  void aStartRepeatsWhatIsNotAnsweredAtOnce(ApiVersion generation) {
    AsterProxyFixture venue = venue(generation);
    venue.proxy.answers((request, upstream) ->
        venue.proxy.requests().size() % 2 == 1 ? LyingProxy.page(502) : upstream.ask());
    venue.resolve();
    venue.venue().marketData().subscribe(venue.instrument(Leg.PERP), Usd.of("100"));
    venue.proxy.forwardsEverything();
    assertThat(venue.venue().trading().account().perpEquity()).isEqualTo(Usd.of("1000"));
    venue.await(Event.BookUpdated.class, it -> true);
  }

  /** L18 on Aster, at the start. */
  @Test
  void aStartWithoutAnAccountIsASentenceAndNoEmptyAccount() {
    AsterProxyFixture venue = venue(ApiVersion.V1);
    venue.resolve();
    venue.proxy.answers(
        always(
            "GET", venue.path(Leg.SPOT, "account"), (request, upstream) -> LyingProxy.json("{}")));
    assertThatThrownBy(() -> venue.venue().trading().account())
        .isInstanceOfSatisfying(
            VenueException.class, failure -> assertThat(failure.isRetryable()).isTrue())
        .hasMessageContaining("cannot be read");
  }

  /** L13 on Aster: SIGTERM reaches a start that waits. */
  @Test
  void anInterruptEndsAStartThatWaits() throws InterruptedException {
    AsterProxyFixture venue = venue(ApiVersion.V1);
    venue.proxy.answers((request, upstream) -> LyingProxy.page(502));
    AtomicReference<RuntimeException> ended = new AtomicReference<>();
    Thread start =
        Thread.ofPlatform()
            .start(() -> {
              try {
                AsterVenue.open(venue.settings()).close();
              } catch (VenueException failure) {
                ended.set(failure);
              }
            });
    while (venue.proxy.requests().isEmpty()) {
      Thread.onSpinWait();
    }
    start.interrupt();
    start.join();
    assertThat(ended.get()).hasMessageContaining("interrupted");
    assertThat(venue.proxy.requests().size()).isLessThan(5);
  }

  /**
   * In hedge mode a closing order would open the other side; in multi-asset mode coins whose prices
   * move are collateral.
   */
  @ParameterizedTest
  @CsvSource({
    "V1,positionSide/dual,dualSidePosition,one-way mode",
    "V3,multiAssetsMargin,multiAssetsMargin,single-asset mode"
  })
  void anAccountInAModeThatCannotBeTradedIsASentence(
      ApiVersion generation, String resource, String field, String remedy) {
    AsterProxyFixture venue = venue(generation);
    venue.resolve();
    venue.proxy.answers(
        always(
            "GET",
            venue.path(Leg.PERP, resource),
            (request, upstream) -> LyingProxy.json("{\"" + field + "\":true}")));
    assertThatThrownBy(() -> venue.venue().trading().account())
        .isInstanceOfSatisfying(
            VenueException.class, failure -> assertThat(failure.isRetryable()).isFalse())
        .hasMessageContaining("switch it to " + remedy);
  }

  /** A start that fails leaves no thread behind, of those that it began. */
  @Test
  void aStartThatTheFirstClockReadEndsLeavesNoThread() throws InterruptedException {
    AsterProxyFixture venue = venue(ApiVersion.V1);
    venue.proxy.answers((request, upstream) -> LyingProxy.page(403));
    ThreadGroup begun = new ThreadGroup("the start");
    AtomicReference<Throwable> failure = new AtomicReference<>();
    Thread start = new Thread(begun, () -> AsterVenue.open(venue.settings()));
    start.setUncaughtExceptionHandler((thread, thrown) -> failure.set(thrown));
    start.start();
    start.join();
    assertThat(failure.get()).isInstanceOf(VenueException.class);
    Thread[] left = new Thread[begun.activeCount() + 10];
    int count = begun.enumerate(left);
    assertThat(Arrays.asList(left).subList(0, count))
        .extracting(Thread::getName)
        .noneMatch(name -> name.startsWith("aster-"));
  }

  // ---- collateral

  @ParameterizedTest
  @EnumSource(ApiVersion.class)
  void aTransferWhoseAnswerWasLostIsFoundInTheIncome(ApiVersion generation) {
    AsterProxyFixture venue = venue(generation).started();
    String path = venue.path(Leg.PERP, "asset/wallet/transfer");
    venue.proxy.answers(first(1, "POST", path, unanswered()));
    venue.send(new Command.TransferCollateral(41, Usd.of("123.45"), Leg.PERP));
    venue.await(
        Event.AccountReported.class, it -> it.account().freeForSpot().equals(Usd.of("1123.45")));
    venue.send(new Command.ConfirmTransfer(41));
    Event.TransferResult result = venue.await(Event.TransferResult.class, it -> true);
    assertThat(result.outcome()).isEqualTo(Event.TransferResult.Outcome.MOVED);
    assertThat(venue.requests("POST", path)).as("sent once").isEqualTo(1);
  }

  /** Its nonce is used up: what is not in the income then never comes. */
  @Test
  void aTransferThatNeverArrivedIsProvenByItsNonce() {
    AsterProxyFixture venue = venue(ApiVersion.V3).started();
    venue.proxy.answers(
        first(
            1,
            "POST",
            venue.path(Leg.PERP, "asset/wallet/transfer"),
            (request, upstream) -> new LyingProxy.Reply.Closed()));
    venue.send(new Command.TransferCollateral(42, Usd.of("67.89"), Leg.SPOT));
    List<Event.TransferResult> results = List.of();
    while (results.isEmpty()) {
      venue.send(new Command.ConfirmTransfer(42));
      venue.receiveFor(Duration.ofMillis(400));
      results = venue.ever(Event.TransferResult.class);
    }
    assertThat(results.getFirst().outcome()).isEqualTo(Event.TransferResult.Outcome.NEVER_LANDED);
    assertThat(venue.face.state(ApiVersion.V3).freeForSpot()).isEqualTo(Usd.of("1000"));
  }

  @Test
  void aTransferBeyondTheBalanceIsRefused() {
    AsterProxyFixture venue = venue(ApiVersion.V1).started();
    venue.send(new Command.TransferCollateral(43, Usd.of("4321"), Leg.SPOT));
    Event.TransferResult result = venue.await(Event.TransferResult.class, it -> true);
    assertThat(result.outcome()).isEqualTo(Event.TransferResult.Outcome.REFUSED);
    assertThat(result.response()).contains("-2018");
  }

  /** One price that only the account has: by it the equity of the same answer counts the short. */
  @Test
  void aPositionHasTheMarkOfTheEquityItIsReportedWith() {
    AsterProxyFixture venue = venue(ApiVersion.V1).started();
    venue.send(venue.taking(Leg.PERP));
    venue.await(Event.OrderFilled.class, it -> true);
    Pattern profit = Pattern.compile("\"unrealizedProfit\":\"[^\"]*\"");
    venue.proxy.answers(
        always(
            "GET",
            venue.path(Leg.PERP, "account"),
            changed(body -> profit.matcher(body).replaceAll("\"unrealizedProfit\":\"-12.3\""))));
    AccountState.PerpPosition position = venue.venue().trading().account().positions().getFirst();
    Usd value = position.mark().orElseThrow().times(position.size());
    assertThat(value.minus(position.entryNotional()).value())
        .isCloseTo(new BigDecimal("-12.3"), within(new BigDecimal("0.000001")));
  }

  // ---- leverage and funding

  /** The same request again, and one answer. */
  @Test
  void aLostAnswerToAChangeOfLeverageIsSentAgain() {
    AsterProxyFixture venue = venue(ApiVersion.V1).started();
    venue.proxy.answers(first(2, "POST", venue.path(Leg.PERP, "leverage"), unanswered()));
    venue.send(new Command.SetLeverage(venue.instrument(Leg.PERP).id(), 7, true));
    Event.LeverageResult result = venue.await(Event.LeverageResult.class, it -> true);
    assertThat(result.accepted()).isTrue();
    assertThat(venue.requests("POST", venue.path(Leg.PERP, "leverage"))).isEqualTo(3);
  }

  /** Absent from fundingInfo: settled every four hours, not every eight. */
  @Test
  void theIntervalOfASymbolThatIsNotListedIsTheDistanceOfItsSettlements() {
    AsterProxyFixture venue = venue(ApiVersion.V1);
    Instrument perp = venue.instrument(Leg.PERP);
    String rates = venue.path(Leg.PERP, "fundingRate");
    String info = venue.path(Leg.PERP, "fundingInfo");
    venue.proxy.answers((request, upstream) -> {
      if (AsterProxyFixture.is(request, "GET", info)) {
        return LyingProxy.json("[]");
      }
      return AsterProxyFixture.is(request, "GET", rates)
          ? LyingProxy.json(
              "[" + settled(0, "1") + "," + settled(8, "2") + "," + settled(12, "3") + "]")
          : upstream.ask();
    });
    List<FundingHour> hours = venue.venue().marketData().fundingHistory(perp, 24);
    assertThat(hours).extracting(hour -> hour.rate().periodHours()).containsExactly(8, 8, 4);
  }

  private static String settled(int hour, String rate) {
    long time = 1_795_910_400_000L + hour * 3_600_000L + 3_000;
    return "{\"symbol\":\"ASTERUSDT\",\"fundingTime\":"
        + time
        + ",\"fundingRate\":\"0.000"
        + rate
        + "\"}";
  }

  /** The journal has the first; the second is dated a year ahead and hides none that follows. */
  @Test
  void aSettlementCountsOnceWhateverItsTime() {
    AsterProxyFixture venue = venue(ApiVersion.V1);
    InstrumentId perp = venue.instrument(Leg.PERP).id();
    Instant hour = Instant.now().truncatedTo(ChronoUnit.HOURS);
    Instant ahead = hour.plus(Duration.ofDays(365));
    List<Instant> times = List.of(hour.plusSeconds(9), ahead, ahead.plusSeconds(11));
    List<String> targets = new CopyOnWriteArrayList<>();
    venue.proxy.answers((request, upstream) -> {
      if (!AsterProxyFixture.is(request, "GET", venue.path(Leg.PERP, "income"))) {
        return upstream.ask();
      }
      targets.add(request.target());
      return LyingProxy.json(
          times.stream().map(AsterReadLiesTest::paid).collect(Collectors.joining(",", "[", "]")));
    });
    replay(venue, hour.minusSeconds(600), pinned(venue));
    replay(
        venue,
        hour,
        new Event.FundingReceived(
            new FundingPayment(
                perp,
                hour.plusSeconds(2),
                Usd.of("0.0123"),
                Quantity.of("-5"),
                Rate.hourly("0.00003"))));
    List<Event> events = new ArrayList<>(venue.venue().trading().backfill());
    events.addAll(venue.venue().trading().backfill());
    // A poll of its own, as its stream opened, may have come before the first of them.
    if (received(events).isEmpty()) {
      venue.await(Event.FundingReceived.class, it -> true);
    }
    events.addAll(venue.ever(Event.FundingReceived.class));
    assertThat(received(events)).containsExactly(ahead);
    assertThat(targets)
        .hasSizeGreaterThan(1)
        .allMatch(target -> startTime(target).isBefore(Instant.now()));
  }

  /** The first ever: no payment of the journal says from when they count. */
  @Test
  void aPaymentWhileNothingRanIsFoundAtTheNextStart() {
    AsterProxyFixture venue = venue(ApiVersion.V3);
    venue.resolve();
    Instant hour = Instant.now().truncatedTo(ChronoUnit.HOURS);
    Instant first = hour.minus(Duration.ofMinutes(25));
    List<Instant> times = List.of(first.minusSeconds(5), hour.plusSeconds(1));
    String of = paid(hour.minusSeconds(1000));
    String others =
        of.replace("FUNDING_FEE", "COMMISSION") + "," + of.replace("ASTERUSDT", "BTCUSDT");
    venue.proxy.answers(
        always(
            "GET",
            venue.path(Leg.PERP, "income"),
            (request, upstream) ->
                LyingProxy.json(
                    times.stream()
                        .map(AsterReadLiesTest::paid)
                        .collect(Collectors.joining(",", "[" + others + ",", "]")))));
    replay(venue, first, pinned(venue));
    replay(venue, first.plusSeconds(300), pinned(venue));
    List<Event> events = new ArrayList<>(venue.venue().trading().backfill());
    if (received(events).isEmpty()) {
      venue.await(Event.FundingReceived.class, it -> true);
    }
    events.addAll(venue.ever(Event.FundingReceived.class));
    assertThat(received(events)).containsExactly(hour.plusSeconds(1));
  }

  /** The owner's own short, opened before the hour and closed after it, while nothing ran. */
  @Test
  void aPaymentComesBetweenTheFillsOfItsTimeAndOnWhatWasHeldThen() {
    AsterProxyFixture venue = venue(ApiVersion.V1);
    venue.resolve();
    Instant hour = Instant.now().truncatedTo(ChronoUnit.HOURS);
    String fills =
        "[%s,%s]"
            .formatted(
                trade(71, "SELL", "5", hour.minusSeconds(300)),
                trade(72, "BUY", "3", hour.plusSeconds(30)));
    LyingProxy.Lie income =
        (request, upstream) -> LyingProxy.json("[" + paid(hour.plusSeconds(2)) + "]");
    venue.proxy.answers((request, upstream) -> {
      if (AsterProxyFixture.is(request, "GET", venue.path(Leg.PERP, "userTrades"))) {
        return LyingProxy.json(fills);
      }
      return AsterProxyFixture.is(request, "GET", venue.path(Leg.PERP, "income"))
          ? income.answer(request, upstream)
          : upstream.ask();
    });
    replay(venue, hour.minusSeconds(900), pinned(venue));
    List<Event> events = venue.venue().trading().backfill();
    assertThat(events)
        .extracting(event -> event.getClass().getSimpleName())
        .containsExactly("OrderFilled", "FundingReceived", "OrderFilled");
    FundingPayment payment = ((Event.FundingReceived) events.get(1)).payment();
    assertThat(payment.position()).as("flat now, 3 were bought since").isEqualTo(Quantity.of("-3"));
  }

  /** A list without end would be read until the memory is full. */
  @ParameterizedTest
  @ValueSource(strings = {"userTrades", "fundingRate"})
  void pagesThatDoNotGoOnAreUnreadable(String resource) {
    AsterProxyFixture venue = venue(ApiVersion.V1);
    venue.resolve();
    Instant now = Instant.now();
    String row =
        resource.equals("userTrades")
            ? trade(71, "SELL", "5", now)
            : "{\"symbol\":\"ASTERUSDT\",\"fundingTime\":7,\"fundingRate\":\"0.0001\"}";
    String page = "[" + String.join(",", Collections.nCopies(1000, row)) + "]";
    venue.proxy.answers(
        always(
            "GET", venue.path(Leg.PERP, resource), (request, upstream) -> LyingProxy.json(page)));
    replay(venue, now.minusSeconds(900), pinned(venue));
    assertThatThrownBy(
            () -> {
              var unused =
                  resource.equals("userTrades")
                      ? venue.venue().trading().backfill()
                      : venue.venue().marketData().fundingHistory(venue.instrument(Leg.PERP), 48);
            })
        .isInstanceOf(VenueException.class)
        .hasMessageContaining("does not go on");
  }

  private static String trade(long id, String side, String size, Instant time) {
    return ("{\"symbol\":\"ASTERUSDT\",\"id\":%d,\"orderId\":%d,\"side\":\"%s\",\"price\":\"0.7\","
            + "\"qty\":\"%s\",\"commission\":\"0.01\",\"commissionAsset\":\"USDT\","
            + "\"realizedPnl\":\"0\",\"maker\":false,\"time\":%d}")
        .formatted(id, 900 + id, side, size, time.toEpochMilli());
  }

  private static void replay(AsterProxyFixture venue, Instant at, Event fact) {
    venue.venue().trading().replay(new SequencedEvent(7, at, at, fact), List.of());
  }

  private static Event pinned(AsterProxyFixture venue) {
    DataClient.Pair pair = venue.resolve();
    return new Event.InstrumentsResolved(pair.perp().id().market(), 0, pair.spot(), pair.perp());
  }

  private static Instant startTime(String target) {
    return Instant.ofEpochMilli(Long.parseLong(target.replaceAll(".*startTime=(\\d+).*", "$1")));
  }

  private static List<Instant> received(List<Event> events) {
    return events.stream()
        .filter(Event.FundingReceived.class::isInstance)
        .map(event -> ((Event.FundingReceived) event).payment().time())
        .toList();
  }

  private static String paid(Instant time) {
    return "{\"symbol\":\"ASTERUSDT\",\"incomeType\":\"FUNDING_FEE\",\"income\":\"0.0123\","
        + "\"asset\":\"USDT\",\"info\":\"\",\"tranId\":\"9\",\"tradeId\":\"\",\"time\":"
        + time.toEpochMilli()
        + "}";
  }

  // ---- silence

  /** L15 on Aster: a requested book does not take the place of the stream. */
  @Test
  void aRequestedBookDoesNotEndTheStreamsSilence() {
    AsterProxyFixture venue = venue(ApiVersion.V1);
    venue.proxy.frames(text -> List.of());
    venue.resolve();
    venue.venue().marketData().subscribe(venue.instrument(Leg.PERP), Usd.of("100"));
    venue.await(FeedStatusChanged.class, it -> it.feed() == Feed.BOOK && !it.fresh());
    venue.receiveFor(Duration.ofSeconds(5));
    assertThat(venue.ever(Event.BookUpdated.class)).isNotEmpty();
    assertThat(venue.requests("GET", venue.path(Leg.PERP, "depth"))).isGreaterThan(3);
    assertThat(venue.ever(FeedStatusChanged.class)).noneMatch(FeedStatusChanged::fresh);
    venue.proxy.forwardsEverything();
    venue.await(FeedStatusChanged.class, it -> it.feed() == Feed.BOOK && it.fresh());
  }

  /** L16 on Aster: one frame of each stream is dated in the year 2100. */
  @Test
  void aBookOfAnImpossibleTimeIsDropped() {
    AsterProxyFixture venue = venue(ApiVersion.V1);
    venue.proxy.frames(
        text -> List.of(text.replaceAll("\"E\":[0-9]+", "\"E\":4102444800000"), text));
    venue.resolve();
    venue.venue().marketData().subscribe(venue.instrument(Leg.PERP), Usd.of("100"));
    venue.await(Event.BookUpdated.class, it -> true);
    venue.receiveFor(Duration.ofSeconds(5));
    assertThat(venue.ever(FeedStatusChanged.class)).isEmpty();
  }

  /** L17 on Aster: a user stream that says nothing, though its connection stands. */
  @Test
  void aChangeThatTheUserStreamDoesNotReportOpensItAnew() {
    AsterProxyFixture venue = venue(ApiVersion.V1).started();
    String keys = venue.path(Leg.SPOT, "listenKey");
    long opened = venue.requests("POST", keys);
    venue.proxy.frames(text ->
        text.contains("executionReport") || text.contains("outboundAccountPosition")
            ? List.of()
            : List.of(text));
    Command.PlaceOrder order = venue.resting(Leg.SPOT);
    venue.send(order);
    venue.accepted(order);
    venue.receiveFor(Duration.ofSeconds(7));
    venue.face.cancelAll(ApiVersion.V1);
    venue.await(Event.OrderEnded.class, it -> it.order().equals(order.order()));
    venue.await(Event.MessageUnreadable.class, it -> it.source().equals("aster user stream"));
    while (venue.requests("POST", keys) == opened) {
      venue.receiveFor(Duration.ofMillis(100));
    }
  }
}
