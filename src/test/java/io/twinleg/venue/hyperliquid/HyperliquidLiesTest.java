package io.twinleg.venue.hyperliquid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinleg.core.event.Command;
import io.twinleg.core.event.Command.PlaceOrder;
import io.twinleg.core.event.Event;
import io.twinleg.core.event.Event.FeedStatusChanged;
import io.twinleg.core.event.Event.FeedStatusChanged.Feed;
import io.twinleg.core.model.AccountState;
import io.twinleg.core.model.ClientOrderId;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.OrderIdTag;
import io.twinleg.core.model.OrderPurpose;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Side;
import io.twinleg.core.model.TimeInForce;
import io.twinleg.core.model.Usd;
import io.twinleg.proxy.LyingProxy;
import io.twinleg.proxy.LyingProxy.Reply;
import io.twinleg.simulator.AccountId;
import io.twinleg.simulator.Exchange;
import io.twinleg.simulator.FixtureF0;
import io.twinleg.simulator.Request;
import io.twinleg.simulator.ScriptedWorld;
import io.twinleg.simulator.server.common.ExchangeLoop;
import io.twinleg.simulator.server.common.HttpFaults;
import io.twinleg.simulator.server.hyperliquid.HyperliquidServer;
import io.twinleg.venue.EventSource;
import io.twinleg.venue.MarketSymbols;
import io.twinleg.venue.PreparedCommand;
import io.twinleg.venue.VenueException;
import io.twinleg.venue.hyperliquid.order.SigningIdentity;
import io.twinleg.wire.Signer;
import io.twinleg.wire.hyperliquid.Network;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The live adapter on our exchange, with a proxy between them that states what a test wants. */
@Execution(ExecutionMode.CONCURRENT)
class HyperliquidLiesTest {
  private static final MarketSymbols NAMES =
      new MarketSymbols(
          FixtureF0.HYPE, "HYPE/USDC", "HYPE", Optional.empty(), Optional.empty(), BigDecimal.ONE);
  private static final Duration BOUND = Duration.ofSeconds(40);
  private static final FeedStatusChanged STALE =
      new FeedStatusChanged(Feed.ACCOUNT, Optional.empty(), false);
  private static final FeedStatusChanged FRESH =
      new FeedStatusChanged(Feed.ACCOUNT, Optional.empty(), true);
  private static final Signer SIGNER = Signer.of(key());

  private final List<AutoCloseable> open = new ArrayList<>();
  private final List<Event> seen = new ArrayList<>();
  private ExchangeLoop loop;
  private HyperliquidServer server;
  private LyingProxy proxy;
  private HyperliquidVenue venue;
  private Instrument spot;
  private Instrument perp;
  private boolean isAccountFresh = true;
  private int orders;
  private int others;

  private static byte[] key() {
    byte[] key = new byte[32];
    Arrays.fill(key, (byte) 5);
    return key;
  }

  /** An exchange whose clock is so far from this machine's. */
  private void exchange(Duration ahead) throws IOException {
    Instant start = Instant.now().plus(ahead);
    ScriptedWorld world =
        ScriptedWorld.startingAt(start)
            .at(Duration.ZERO, FixtureF0::open)
            .fundingRate(start, FixtureF0.FUNDING)
            .settledBefore(FixtureF0.FUNDING, 24);
    loop =
        new ExchangeLoop(
            new Exchange(FixtureF0.instruments(), FixtureF0.FEES, world),
            BigDecimal.ONE,
            error -> {});
    server = new HyperliquidServer(loop, HttpFaults.none());
    server.fund(SIGNER.address(), Usd.of("1000"), Usd.of("1000"));
    proxy = new LyingProxy("http://127.0.0.1:" + server.start(0));
    open.addAll(List.of(loop, server, proxy));
  }

  private void run() throws IOException {
    exchange(Duration.ZERO);
    connect();
  }

  private HyperliquidVenue newVenue() {
    HyperliquidVenue opened =
        HyperliquidVenue.open(
            proxy.url(),
            Duration.ofSeconds(2),
            Duration.ofSeconds(90),
            SigningIdentity.ofAccount(SIGNER.address(), SIGNER, Network.TESTNET));
    open.add(opened);
    return opened;
  }

  private void connect() {
    venue = newVenue();
    resolve();
    seen.addAll(venue.trading().backfill());
    seen.add(new Event.AccountReported(venue.trading().account()));
  }

  private void resolve() {
    spot = venue.marketData().resolve(NAMES).spot();
    perp = venue.marketData().resolve(NAMES).perp();
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : open.reversed()) {
      each.close();
    }
  }

  // ---- what is sent and what comes

  private PlaceOrder order(Leg leg, Side side, String price, String size, TimeInForce tif) {
    ClientOrderId id =
        ClientOrderId.of(new OrderIdTag("0000000a"), 0, leg, OrderPurpose.ENTRY, 1, ++orders);
    return new PlaceOrder(
        id,
        leg == Leg.SPOT ? spot.id() : perp.id(),
        side,
        Price.of(price),
        Quantity.of(size),
        tif,
        false,
        OrderPurpose.ENTRY);
  }

  private PlaceOrder bid() {
    return order(Leg.SPOT, Side.BUY, "40.005", "1.00", TimeInForce.ALO);
  }

  private PlaceOrder shortPerp() {
    return order(Leg.PERP, Side.SELL, "39.900", "1.00", TimeInForce.IOC);
  }

  private void send(Command command) {
    PreparedCommand prepared = venue.trading().prepare(command);
    venue.trading().send(List.of(prepared));
  }

  private void query(PlaceOrder order) {
    send(new Command.QueryOrder(order.order(), order.instrument()));
  }

  private <F extends Event> F next(Class<F> kind, Predicate<F> wanted) {
    Instant end = Instant.now().plus(BOUND);
    for (int read = 0; ; read++) {
      while (read == seen.size()) {
        if (Instant.now().isAfter(end)) {
          throw new AssertionError("no " + kind.getSimpleName() + " in " + reported());
        }
        receive();
      }
      Event event = seen.get(read);
      if (kind.isInstance(event) && wanted.test(kind.cast(event))) {
        seen.subList(0, read + 1).clear();
        return kind.cast(event);
      }
    }
  }

  private void receive() {
    venue
        .events()
        .await(Instant.now().plusMillis(100))
        .map(EventSource.Received::event)
        .ifPresent(event -> {
          seen.add(event);
          isAccountFresh = event.equals(FRESH) || (isAccountFresh && !event.equals(STALE));
        });
  }

  private void receiveForTwoSeconds() {
    Instant later = Instant.now().plusSeconds(2);
    while (Instant.now().isBefore(later)) {
      receive();
    }
  }

  private List<String> reported() {
    return seen.stream()
        .filter(event -> !(event instanceof Event.BookUpdated))
        .map(Object::toString)
        .toList();
  }

  private <F extends Event> boolean wasSeen(Class<F> kind, Predicate<F> wanted) {
    return seen.stream().filter(kind::isInstance).map(kind::cast).anyMatch(wanted);
  }

  private <F extends Event> F next(Class<F> kind) {
    return next(kind, any -> true);
  }

  private void nextFeed(FeedStatusChanged wanted) {
    next(FeedStatusChanged.class, wanted::equals);
  }

  /** Trades with what rests, as anyone may. */
  private void sellIntoBook(String price, String size) {
    loop.call(exchange -> {
      exchange.admin().executeManually(anyone(exchange), sale(price, size, TimeInForce.IOC));
      return size;
    });
  }

  private static Request sale(String price, String size, TimeInForce timeInForce) {
    return new Request.Place(
        Optional.empty(),
        FixtureF0.SPOT.id(),
        Side.SELL,
        Price.of(price),
        Quantity.of(size),
        timeInForce,
        false,
        Optional.empty());
  }

  private AccountId anyone(Exchange exchange) {
    AccountId other = new AccountId("anyone-" + ++others);
    exchange.admin().open(other, Usd.of("1"), Usd.of("1"));
    exchange.admin().depositCoins(other, FixtureF0.SPOT.id(), Quantity.of("100"));
    return other;
  }

  private void lie(String mentioned, Function<Reply.Whole, Reply> about) {
    proxy.answers(
        (request, real) -> request.mentions(mentioned) ? about.apply(real.ask()) : real.ask());
  }

  private static boolean isOrder(LyingProxy.Request request) {
    return request.target().equals("/exchange") && request.mentions("\"orders\"");
  }

  // ---- kinds A and C: answers to orders

  /** Cases L01 and L08, and others of their kinds: the order never arrives. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"filled\":{\"totalSz\":\"NaN\",\"avgPx\":\"NaN\",\"oid\":7}}",
        "{\"filled\":{\"totalSz\":\"1.00\",\"avgPx\":\"39.9\",\"oid\":987654321,\"cloid\":\"0x000000000000000000000000deadbeef\"}}",
        "{\"filled\":{\"totalSz\":\"1.00\",\"avgPx\":\"39.9\",\"oid\":7}}",
        "{\"error\":\"Post only order would have immediately matched, bbo was 1@2. asset=159\"}",
        "[]"
      })
  void aHedgeThatNeverArrivedIsUnknownAtOnceAndFoundNotToBeThere(String status) throws Exception {
    run();
    proxy.answers((request, real) ->
        isOrder(request)
            ? LyingProxy.json(
                "{\"status\":\"ok\",\"response\":{\"type\":\"order\",\"data\":{\"statuses\":["
                    + status
                    + "]}}}")
            : real.ask());
    PlaceOrder hedge = shortPerp();
    send(hedge);
    next(Event.OrderUnknown.class, unknown -> unknown.order().equals(hedge.order()));
    query(hedge);
    next(Event.OrderNotFound.class);
    send(new Command.InvalidateNonce(hedge.order()));
    assertThat(next(Event.NonceInvalidated.class))
        .isEqualTo(new Event.NonceInvalidated(hedge.order(), true));
  }

  /** Cases L03 and L09: the order has landed, and its answer states anything else. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"resting\":{\"oid\":DIGITS}}",
        "{\"error\":\"Order could not immediately match against any resting orders. asset=1\"}",
        "{\"error\":\"Order could not immediately match against any resting orders. asset=10107\"}",
        "{\"resting\":{\"oid\":7,\"cloid\":\"0x000000000000000000000000deadbeef\"}}"
      })
  void aBidThatLandedIsNotTakenForRefusedAndIsFoundByItsId(String status) throws Exception {
    run();
    proxy.frames(frame -> frame.contains("orderUpdates") ? List.of() : List.of(frame));
    proxy.answers((request, real) -> {
      Reply.Whole answer = real.ask();
      return isOrder(request)
          ? answer.withBody(
              "{\"status\":\"ok\",\"response\":{\"type\":\"order\",\"data\":{\"statuses\":["
                  + status.replace("DIGITS", "9".repeat(500))
                  + "]}}}")
          : answer;
    });
    PlaceOrder bid = bid();
    send(bid);
    next(Event.OrderUnknown.class, unknown -> unknown.order().equals(bid.order()));
    query(bid);
    next(Event.OrderAccepted.class, accepted -> accepted.order().equals(bid.order()));
    send(new Command.QueryAccount());
    AccountState account =
        next(Event.AccountReported.class, report -> !report.account().openOrders().isEmpty())
            .account();
    assertThat(account.openOrders().getFirst().clientOrderId()).contains(bid.order());
  }

  // ---- kind A: reads

  /** Case L04, on the stream and by requests: for a while, and for good. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'px':'40.005'|'px':'4O.005'|px",
        "'px':'40.005'|'px':'40.0050000001'|impossible",
        "'px':'40.005'|'px':'1e30'|impossible",
        "'px':'40.005'|'px':'1e-9'|impossible",
        "'sz':'0.4'|'sz':'400.0'|not of",
        "'sz':'0.4'|'sz':'-0.4'|sz",
        "'side':'B'|'side':'A'|not of",
        "'side':'B'|'side':null|side",
        "'coin':'@107'|'coin':'HYPE'|not of",
        "'fee':'0.|'fee':'9.|fee",
      },
      quoteCharacter = '`')
  void aFillThatCannotBeReadIsRequestedForAgainAndBookedByItsOrdersRecordMeanwhile(
      String found, String put, String named) throws Exception {
    run();
    Function<String, String> broken =
        text ->
            text.contains("\"tid\"")
                ? text.replace(found.replace('\'', '"'), put.replace('\'', '"'))
                : text;
    proxy.frames(frame -> List.of(broken.apply(frame)));
    lie("userFillsByTime", answer -> answer.withBody(broken.apply(answer.body())));
    PlaceOrder bid = bid();
    send(bid);
    next(Event.OrderAccepted.class);
    sellIntoBook("40.005", "0.40");
    next(
        Event.MessageUnreadable.class,
        reported -> reported.source().equals("fills") && reported.detail().contains(named));
    nextFeed(STALE);
    Event.OrderFilled booked = next(Event.OrderFilled.class);
    assertThat(booked.fill().clientOrderId()).contains(bid.order());
    assertThat(booked.fill().quantity()).isEqualTo(Quantity.of("0.40"));
    proxy.forwardsEverything();
    nextFeed(FRESH);
    sellIntoBook("40.005", "0.60");
    assertThat(next(Event.OrderFilled.class).fill().quantity()).isEqualTo(Quantity.of("0.60"));
    assertThat(wasSeen(Event.OrderFilled.class, any -> true)).isFalse();
  }

  /** It would be taken for the owner's own trade, and the hedge for what never came. */
  @ParameterizedTest
  @ValueSource(strings = {"\"cloid\":null", "\"cloid\":7", "\"none\":1"})
  void aFillThatDoesNotNameItsOrderIsOurs(String put) throws Exception {
    run();
    UnaryOperator<String> broken =
        text -> text.contains("\"tid\"") ? text.replaceAll("\"cloid\":\"0x[0-9a-f]+\"", put) : text;
    proxy.frames(frame -> List.of(broken.apply(frame)));
    lie("userFillsByTime", answer -> answer.withBody(broken.apply(answer.body())));
    PlaceOrder hedge = shortPerp();
    send(hedge);
    Event.OrderFilled filled = next(Event.OrderFilled.class);
    assertThat(filled.fill().clientOrderId()).contains(hedge.order());
    receiveForTwoSeconds();
    assertThat(wasSeen(Event.OrderFilled.class, any -> true)).isFalse();
  }

  /** Case L02: only one page is unreadable. */
  @Test
  void oneUnreadableRowOfAPageIsRequestedForAgain() throws Exception {
    run();
    PlaceOrder bid = bid();
    send(bid);
    next(Event.OrderAccepted.class);
    AtomicInteger pages = new AtomicInteger();
    lie(
        "userFillsByTime",
        answer ->
            answer.body().contains("\"tid\"") && pages.getAndIncrement() == 0
                ? answer.withBody(answer.body().replaceAll("\"px\":\"[0-9.]+\"", "\"px\":\"NaN\""))
                : answer);
    proxy.frames(frame -> frame.contains("\"tid\"") ? List.of() : List.of(frame));
    sellIntoBook("40.005", "1.00");
    proxy.cut();
    next(Event.MessageUnreadable.class, reported -> reported.source().equals("fills"));
    assertThat(next(Event.OrderFilled.class).fill().price()).isEqualTo(Price.of("40.005"));
    nextFeed(FRESH);
    assertThat(pages.get()).isGreaterThan(1);
  }

  /** Case L05, and others of its kind. */
  @ParameterizedTest
  @ValueSource(ints = {403, 404, 429, 500, 503})
  void aPageInsteadOfTheAccountEndsNothing(int status) throws Exception {
    run();
    lie("spotClearinghouseState", answer -> LyingProxy.page(status));
    send(new Command.QueryAccount());
    next(Event.MessageUnreadable.class, reported -> reported.source().equals("the account"));
    while (isAccountFresh) {
      receive();
    }
    proxy.forwardsEverything();
    send(new Command.QueryAccount());
    next(Event.AccountReported.class);
    nextFeed(FRESH);
  }

  /** Case L18. */
  @Test
  void anEmptyAccountStateIsNoAnswer() throws Exception {
    run();
    seen.clear();
    proxy.frames(frame ->
        frame.contains("\"clearinghouseState\"") || frame.contains("\"spotState\"")
            ? List.of(
                frame.replaceAll(
                    "\"(clearinghouseState|spotState)\":\\{.*\\}\\}\\}", "\"$1\":{}}}"))
            : List.of(frame));
    proxy.answers((request, real) ->
        request.mentions("learinghouseState") ? LyingProxy.json("{}") : real.ask());
    send(new Command.QueryAccount());
    next(Event.MessageUnreadable.class, reported -> reported.source().equals("the account"));
    while (isAccountFresh) {
      receive();
    }
    seen.clear();
    send(new Command.QueryAccount());
    receiveForTwoSeconds();
    assertThat(wasSeen(Event.AccountReported.class, report -> true)).isFalse();
    assertThat(isAccountFresh).isFalse();
    proxy.forwardsEverything();
    send(new Command.QueryAccount());
    AccountState account = next(Event.AccountReported.class).account();
    assertThat(account.quoteBalance()).isEqualTo(Usd.of("1000"));
    nextFeed(FRESH);
  }

  // ---- kind A and G: amounts that can be read and cannot be

  private void hold() {
    send(shortPerp());
    next(Event.OrderFilled.class);
    send(order(Leg.SPOT, Side.BUY, "40.020", "1.00", TimeInForce.IOC));
    next(Event.OrderFilled.class);
    send(new Command.QueryAccount());
    next(
        Event.AccountReported.class,
        report ->
            report.account().perpSize(perp.id()).equals(Quantity.of("-1"))
                && report.account().spotTotal(spot.id()).isPositive());
  }

  /** A position or a balance of ours in such a state would look as if it were not there. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"coin\":\"HYPE\",\"szi\"|\"coin\":null,\"szi\"",
        "\"coin\":\"HYPE\",\"szi\"|\"coin\":7,\"szi\"",
        "\"coin\":\"HYPE\",\"szi\"|\"szi\"",
        "\"position\"|\"positions\"",
        "\"assetPositions\":\\[\\{.*\\}\\],\"time\"|\"assetPositions\":[],\"time\"",
        "\"positionValue\":\"|\"positionValue\":\"-",
        "\"token\":150|\"token\":\"150\"",
        "\"token\":150|\"token\":null",
        "\"token\":150,|",
        "\"total\":\"0.9|\"total\":\"-0.9",
      })
  void whatOfTheAccountCannotBeReadIsNotFlat(String found, String put) throws Exception {
    run();
    hold();
    seen.clear();
    AtomicInteger changed = new AtomicInteger();
    proxy.answers((request, real) -> {
      Reply.Whole answer = real.ask();
      if (!request.mentions("learinghouseState")) {
        return answer;
      }
      String body = answer.body().replaceAll(found, put == null ? "" : put);
      changed.addAndGet(body.equals(answer.body()) ? 0 : 1);
      return answer.withBody(body);
    });
    proxy.frames(frame ->
        frame.contains("\"clearinghouseState\"") || frame.contains("\"spotState\"")
            ? List.of(frame.replaceAll(found, put == null ? "" : put))
            : List.of(frame));
    send(new Command.QueryAccount());
    receiveForTwoSeconds();
    assertThat(changed.get()).isPositive();
    assertThat(
            seen.stream()
                .filter(Event.AccountReported.class::isInstance)
                .map(event -> ((Event.AccountReported) event).account())
                .filter(state ->
                    !state.perpSize(perp.id()).equals(Quantity.of("-1"))
                        || !state.spotTotal(spot.id()).isPositive()))
        .isEmpty();
    assertThat(wasSeen(Event.MessageUnreadable.class, it -> it.source().equals("the account")))
        .isTrue();
    assertThat(isAccountFresh).isFalse();
  }

  // ---- kind D: clocks

  private void connectByTheWallClock() {
    AtomicReference<LyingProxy.Lie> next = new AtomicReference<>((request, real) -> real.ask());
    proxy.answers((request, real) -> {
      Reply whole = next.get().answer(request, real);
      return request.mentions("exchangeStatus") && whole instanceof Reply.Whole answer
          ? answer.withBody(answer.body().replaceAll(",\"speed\":[0-9]+", ""))
          : whole;
    });
    connect();
  }

  /** Case L10: with the venue 3.3 s ahead, what it gets is not late from the first order on. */
  @Test
  void ordersForAVenueThatIsAheadAreDatedByItsClock() throws Exception {
    Duration ahead = Duration.ofMillis(3300);
    exchange(ahead);
    connectByTheWallClock();
    assertThat(next(Event.ClockSkewed.class).offsetMs()).isBetween(2_800L, 3_800L);
    PlaceOrder hedge = shortPerp();
    PreparedCommand prepared = venue.trading().prepare(hedge);
    long expires =
        Long.parseLong(prepared.envelope().replaceAll(".*\"expiresAfter\":([0-9]+).*", "$1"));
    assertThat(expires).isGreaterThan(Instant.now().plus(ahead).toEpochMilli());
    venue.trading().send(List.of(prepared));
    next(Event.OrderFilled.class);
  }

  /** Case L10: the clock is set while a run goes on, and the refusal itself shows it. */
  @Test
  void aRefusalAsExpiredMeasuresTheClockAtOnce() throws Exception {
    exchange(Duration.ZERO);
    connectByTheWallClock();
    AtomicInteger requested = new AtomicInteger();
    proxy.answers((request, real) -> {
      if (isOrder(request)) {
        return LyingProxy.json("{\"status\":\"err\",\"response\":\"Action already expired\"}");
      }
      if (request.mentions("exchangeStatus")) {
        requested.incrementAndGet();
        long time = Instant.now().plusSeconds(4).toEpochMilli();
        return LyingProxy.json("{\"time\":" + time + ",\"specialStatuses\":null}");
      }
      return real.ask();
    });
    send(shortPerp());
    long offset = next(Event.ClockSkewed.class).offsetMs();
    while (offset < 3_000) {
      // of the start, on a machine that was slow to answer itself
      offset = next(Event.ClockSkewed.class).offsetMs();
    }
    assertThat(offset).isBetween(3_500L, 4_500L);
    assertThat(requested.get()).isEqualTo(1);
  }

  /** Case L11: our clock is 2.5 s ahead, and the first order fills at once. */
  @Test
  void ourFirstFillIsBookedThoughOurClockIsAhead() throws Exception {
    exchange(Duration.ofMillis(-2500));
    connectByTheWallClock();
    PlaceOrder hedge = shortPerp();
    send(hedge);
    assertThat(next(Event.OrderFilled.class).fill().clientOrderId()).contains(hedge.order());
  }

  // ---- kind E: deadlines

  /** Case L12: an answer that stalls in its body delays nothing but itself. */
  @Test
  void aStalledAnswerAboutAnOrderIsRequestedAgain() throws Exception {
    run();
    AtomicInteger requested = new AtomicInteger();
    proxy.answers((request, real) -> {
      if (isOrder(request)) {
        return new Reply.Closed();
      }
      boolean stalls = request.mentions("orderStatus") && requested.getAndIncrement() == 0;
      return stalls ? new Reply.Stalled(real.ask(), 5) : real.ask();
    });
    PlaceOrder hedge = shortPerp();
    send(hedge);
    next(Event.OrderUnknown.class);
    query(hedge);
    while (requested.get() == 0) {
      receive();
    }
    query(hedge);
    next(Event.OrderNotFound.class);
    send(new Command.QueryAccount());
    next(Event.AccountReported.class);
  }

  /** Case L13: SIGTERM ends a start that waits. */
  @Test
  void aStartThatWaitsForTheListingEndsWhenItIsInterrupted() throws Exception {
    exchange(Duration.ZERO);
    venue = newVenue();
    proxy.answers((request, real) ->
        request.mentions("spotMeta") ? new Reply.Stalled(real.ask(), 50) : real.ask());
    AtomicReference<Throwable> ended = new AtomicReference<>();
    Thread start =
        Thread.ofPlatform()
            .start(() -> {
              try {
                resolve();
              } catch (VenueException interrupted) {
                ended.set(interrupted);
              }
            });
    while (proxy.requests().stream().noneMatch(request -> request.mentions("spotMeta"))) {
      Thread.onSpinWait();
    }
    start.interrupt();
    start.join(BOUND.toMillis());
    assertThat(ended.get()).isInstanceOf(VenueException.class);
  }

  @Test
  void aListingThatCannotBeReadIsOneSentence() throws Exception {
    exchange(Duration.ZERO);
    venue = newVenue();
    lie("\"meta\"", answer -> LyingProxy.json("{\"universe\":[]}"));
    assertThatThrownBy(this::resolve)
        .isInstanceOfSatisfying(
            VenueException.class, reported -> assertThat(reported.isRetryable()).isTrue())
        .hasMessageContaining("the request to")
        .hasMessageContaining("for meta");
  }

  /** Sizes and prices would be rounded to a step that is none. */
  @ParameterizedTest
  @CsvSource({
    "meta, szDecimals, -1",
    "meta, szDecimals, 9",
    "meta, szDecimals, 4294967298",
    "meta, maxLeverage, 0",
    "meta, maxLeverage, -3",
    "meta, maxLeverage, 4294967299",
    "spotMeta, szDecimals, -1",
    "spotMeta, szDecimals, 12",
    "spotMeta, szDecimals, 4294967298",
    "spotMeta, index, -1",
    "spotMeta, index, 4294967298"
  })
  void aListingWithAnImpossibleFigureIsOneSentence(String request, String field, String value)
      throws Exception {
    exchange(Duration.ZERO);
    venue = newVenue();
    lie(
        "\"" + request + "\"",
        answer ->
            answer.withBody(
                answer
                    .body()
                    .replaceAll("\"" + field + "\":-?[0-9]+", "\"" + field + "\":" + value)));
    assertThatThrownBy(this::resolve).isInstanceOf(VenueException.class);
  }

  /** A start that would end for good lists it a moment later. */
  @Test
  void aMarketWhoseRowCannotBeReadMayBeListed() throws Exception {
    exchange(Duration.ZERO);
    venue = newVenue();
    lie(
        "\"meta\"",
        answer ->
            answer.withBody(
                answer
                    .body()
                    .replaceAll(
                        "\"szDecimals\":[0-9]+,\"name\":\"HYPE\"",
                        "\"szDecimals\":\"two\",\"name\":\"HYPE\"")));
    assertThatThrownBy(this::resolve)
        .isInstanceOfSatisfying(
            VenueException.class, failure -> assertThat(failure.isRetryable()).isTrue())
        .hasMessageContaining("the venue has no such perp");
  }

  // ---- kind F: staleness

  private void follow() {
    venue.marketData().subscribe(spot, Usd.of("100"));
    venue.marketData().subscribe(perp, Usd.of("100"));
    next(Event.BookUpdated.class, book -> book.instrument().equals(spot.id()));
  }

  /** Case L15: a book by request never makes a feed fresh. */
  @Test
  void aBookWhoseFramesAreGoneStaysStaleThoughRequestsAnswer() throws Exception {
    run();
    follow();
    proxy.frames(frame ->
        frame.contains("\"l2Book\"") || frame.contains("\"bbo\"") ? List.of() : List.of(frame));
    FeedStatusChanged gone = new FeedStatusChanged(Feed.BOOK, Optional.of(spot.id()), false);
    nextFeed(gone);
    long before = bookRequests();
    Instant end = Instant.now().plus(BOUND);
    while (bookRequests() < before + 2 && Instant.now().isBefore(end)) {
      receive();
    }
    assertThat(bookRequests()).isGreaterThanOrEqualTo(before + 2);
    assertThat(wasSeen(FeedStatusChanged.class, fed -> fed.fresh() && fed.feed() == Feed.BOOK))
        .isFalse();
    proxy.forwardsEverything();
    nextFeed(new FeedStatusChanged(Feed.BOOK, Optional.of(spot.id()), true));
  }

  private long bookRequests() {
    return proxy.requests().stream().filter(request -> request.mentions("l2Book")).count();
  }

  /** Case L16. */
  @Test
  void oneFrameOfAnImpossibleTimeBlindsNothing() throws Exception {
    run();
    follow();
    AtomicInteger changed = new AtomicInteger();
    proxy.frames(frame ->
        frame.contains("\"l2Book\"") && changed.getAndIncrement() < 2
            ? List.of(
                frame
                    .replaceAll("\"time\":[0-9]+", "\"time\":4102444800000")
                    .replace("40.00", "50.00"))
            : List.of(frame));
    while (changed.get() < 4) {
      receive();
    }
    loop.call(exchange -> {
      exchange.admin().executeManually(anyone(exchange), sale("40.005", "1.00", TimeInForce.GTC));
      return 1;
    });
    next(
        Event.BookUpdated.class,
        book -> book.book().asks().getFirst().price().equals(Price.of("40.005")));
    assertThat(wasSeen(FeedStatusChanged.class, fed -> fed.feed() == Feed.BOOK)).isFalse();
  }

  /** A sum of two such prices does not fit, and what is so small is rounded to nothing. */
  @ParameterizedTest
  @ValueSource(strings = {"60000000000", "1e30", "0", "-40", "0.000000001"})
  void aPriceThatCannotBeIsNoBookAndNoMark(String price) throws Exception {
    run();
    follow();
    proxy.frames(frame -> {
      String changed =
          frame
              .replaceAll("\"px\":\"[0-9.]+\"", "\"px\":\"" + price + "\"")
              .replaceAll("\"(markPx|oraclePx)\":\"[0-9.]+\"", "\"$1\":\"" + price + "\"");
      return List.of(changed);
    });
    seen.clear();
    proxy.cut();
    Set<String> unreadable = new TreeSet<>();
    while (!unreadable.containsAll(Set.of("l2Book", "activeAssetCtx"))) {
      unreadable.add(next(Event.MessageUnreadable.class).source());
    }
    assertThat(wasSeen(Event.BookUpdated.class, any -> true)).isFalse();
    assertThat(wasSeen(Event.MarkPriceUpdated.class, any -> true)).isFalse();
  }

  /** The first level would be taken for the best one, and the clip priced by it. */
  @Test
  void aBookWhoseLevelsAreNotBestFirstIsNoBook() throws Exception {
    run();
    follow();
    proxy.frames(frame ->
        List.of(
            frame.contains("\"l2Book\"")
                ? frame.replaceAll("\\[(\\{\"px\":[^}]*}),(\\{\"px\":[^}]*})", "[$2,$1")
                : frame));
    seen.clear();
    proxy.cut();
    Event.MessageUnreadable unreadable =
        next(Event.MessageUnreadable.class, it -> it.source().equals("l2Book"));
    assertThat(unreadable.detail()).contains("are not in order, best first");
    assertThat(wasSeen(Event.BookUpdated.class, book -> !book.book().bids().isEmpty())).isFalse();
  }

  /** Where several markets are traded it would be every market's mark. */
  @ParameterizedTest
  @ValueSource(strings = {"\"coin\":null", "\"coin\":7", "\"none\":1"})
  void pricesThatDoNotNameTheirCoinAreNobodys(String put) throws Exception {
    run();
    follow();
    seen.clear();
    proxy.frames(frame ->
        List.of(
            frame.contains("\"activeAssetCtx\"")
                ? frame
                    .replace("\"coin\":\"HYPE\"", put)
                    .replaceAll("\"markPx\":\"[0-9.]+\"", "\"markPx\":\"97000\"")
                : frame));
    proxy.cut();
    next(Event.MessageUnreadable.class, it -> it.source().equals("activeAssetCtx"));
    assertThat(wasSeen(Event.MarkPriceUpdated.class, any -> true)).isFalse();
  }

  @Test
  void aBookOfAnotherCoinIsNoAnswer() throws Exception {
    run();
    follow();
    proxy.frames(frame ->
        frame.contains("\"l2Book\"") || frame.contains("\"bbo\"") ? List.of() : List.of(frame));
    lie(
        "\"l2Book\"",
        answer ->
            answer.withBody(
                answer
                    .body()
                    .replaceAll("\"coin\":\"[^\"]*\"", "\"coin\":\"BTC\"")
                    .replace("40.0", "97.0")));
    seen.clear();
    next(
        Event.MessageUnreadable.class,
        it -> it.source().equals("/info") && it.detail().contains("BTC"));
    receiveForTwoSeconds();
    assertThat(
            wasSeen(
                Event.BookUpdated.class,
                it -> it.book().best(Side.BUY).filter(Price.of("90")::isBelow).isPresent()))
        .isFalse();
  }

  @Test
  void aHistoryOfAnotherCoinIsNoAnswer() throws Exception {
    run();
    lie("fundingHistory", answer -> answer.withBody(answer.body().replace("\"HYPE\"", "\"BTC\"")));
    assertThatThrownBy(() -> venue.marketData().fundingHistory(perp, 4))
        .isInstanceOfSatisfying(
            VenueException.class, failure -> assertThat(failure.isRetryable()).isTrue());
  }

  /** The venue pays at most 4 % an hour: an entry for more would be for nothing. */
  @ParameterizedTest
  @ValueSource(strings = {"0.0401", "-0.5", "1e30"})
  void aRateThatTheVenueNeverPaysIsNone(String rate) throws Exception {
    run();
    follow();
    seen.clear();
    proxy.frames(frame ->
        List.of(frame.replaceAll("\"funding\":\"[0-9.]+\"", "\"funding\":\"" + rate + "\"")));
    proxy.cut();
    next(Event.MessageUnreadable.class, it -> it.source().equals("activeAssetCtx"));
    assertThat(wasSeen(Event.FundingRateUpdated.class, any -> true)).isFalse();
  }

  /** Case L17: pongs are no word about the account. */
  @Test
  void anAccountStreamThatStatesNothingIsFoundOutByItsFill() throws Exception {
    run();
    PlaceOrder bid = bid();
    send(bid);
    next(Event.OrderAccepted.class);
    List<String> account =
        List.of(
            "userFills",
            "orderUpdates",
            "\"user\"",
            "userFundings",
            "userNonFunding",
            "clearinghouseState",
            "spotState",
            "openOrders");
    proxy.frames(frame ->
        account.stream()
                .anyMatch(
                    channel -> frame.startsWith("{\"channel\":\"" + channel.replace("\"", "")))
            ? List.of()
            : List.of(frame));
    sellIntoBook("40.005", "1.00");
    assertThat(next(Event.OrderFilled.class).fill().clientOrderId()).contains(bid.order());
    proxy.forwardsEverything();
    send(new Command.QueryAccount());
    next(Event.AccountReported.class, report -> report.account().openOrders().isEmpty());
  }

  @Test
  void whereNothingIsAnsweredEitherTheAccountGoesStale() throws Exception {
    run();
    proxy.frames(frame -> frame.contains("pong") ? List.of(frame) : List.of());
    proxy.answers((request, real) -> LyingProxy.page(503));
    nextFeed(STALE);
    proxy.forwardsEverything();
    nextFeed(FRESH);
  }

  // ---- kind I: account modes

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aPoolIsCountedOnceWhateverItIsCalled(boolean portfolio) throws Exception {
    exchange(Duration.ZERO);
    if (portfolio) {
      server.usePortfolioMargin(SIGNER.address());
    } else {
      server.unify(SIGNER.address());
    }
    connect();
    AccountState start = next(Event.AccountReported.class).account();
    assertThat(start.pooled()).isTrue();
    assertThat(start.freeForSpot()).isEqualTo(Usd.of("2000"));
    send(order(Leg.PERP, Side.SELL, "39.900", "10.00", TimeInForce.IOC));
    next(Event.OrderFilled.class);
    send(new Command.QueryAccount());
    AccountState held =
        next(Event.AccountReported.class, report -> !report.account().positions().isEmpty())
            .account();
    BigDecimal margin = held.quoteBalance().minus(held.freeForSpot()).value();
    int leverage = held.positions().getFirst().leverage();
    assertThat(margin.multiply(BigDecimal.valueOf(leverage)))
        .isBetween(new BigDecimal("395"), new BigDecimal("405"));
    send(order(Leg.SPOT, Side.BUY, "40.020", "30.00", TimeInForce.IOC));
    assertThat(next(Event.OrderFilled.class).fill().quantity()).isEqualTo(Quantity.of("30.00"));
  }

  /**
   * The venue or the owner changes it while a position is held: its collateral is elsewhere then.
   */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void anAccountWhoseModeChangesHasNotLostItsCollateral(boolean portfolio) throws Exception {
    run();
    hold();
    seen.clear();
    if (portfolio) {
      server.usePortfolioMargin(SIGNER.address());
    } else {
      server.unify(SIGNER.address());
    }
    send(new Command.QueryAccount());
    next(Event.MessageUnreadable.class, it -> it.source().equals("the account"));
    receiveForTwoSeconds();
    assertThat(isAccountFresh).isFalse();
    assertThat(
            wasSeen(
                Event.AccountReported.class,
                it -> it.account().perpEquity().isBelow(Usd.of("900"))))
        .isFalse();
  }
}
