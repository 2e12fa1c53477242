package io.hypercarry.venue.hyperliquid;

import io.hypercarry.core.model.AccountState;
import io.hypercarry.core.model.Book;
import io.hypercarry.core.model.ClientOrderId;
import io.hypercarry.core.model.Fee;
import io.hypercarry.core.model.Fill;
import io.hypercarry.core.model.FundingHour;
import io.hypercarry.core.model.FundingPayment;
import io.hypercarry.core.model.Instrument;
import io.hypercarry.core.model.InstrumentId;
import io.hypercarry.core.model.Leg;
import io.hypercarry.core.model.Level;
import io.hypercarry.core.model.Price;
import io.hypercarry.core.model.Quantity;
import io.hypercarry.core.model.Side;
import io.hypercarry.core.model.TimeInForce;
import io.hypercarry.exchange.Connection;
import io.hypercarry.exchange.Exchange;
import io.hypercarry.exchange.FixtureF0;
import io.hypercarry.exchange.Report;
import io.hypercarry.exchange.Request;
import io.hypercarry.exchange.World;
import io.hypercarry.protocol.hyperliquid.CancelByCloid;
import io.hypercarry.protocol.hyperliquid.Envelope;
import io.hypercarry.protocol.hyperliquid.Json;
import io.hypercarry.protocol.hyperliquid.Network;
import io.hypercarry.protocol.hyperliquid.Noop;
import io.hypercarry.protocol.hyperliquid.OrderKind;
import io.hypercarry.protocol.hyperliquid.OrderWire;
import io.hypercarry.protocol.hyperliquid.PlaceOrders;
import io.hypercarry.protocol.hyperliquid.UpdateLeverage;
import io.javalin.Javalin;
import io.javalin.http.Context;
import io.javalin.websocket.WsContext;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * Our exchange behind as much of Hyperliquid's HTTP and WebSocket as one account of one market
 * needs, on loopback: signatures, nonces and expiry are judged as the venue does. What the wire
 * does to an action is scripted.
 */
public final class LoopbackVenue implements AutoCloseable {
  /** What happens to one signed action on its way. */
  public enum Passage {
    WELL,
    /** It never arrives, and nobody answers. */
    LOST,
    /** It is carried out, and nobody answers. */
    UNANSWERED,
    /** It is carried out, and a proxy answers. */
    BAD_GATEWAY,
    /** It is carried out, and half of the answer comes. */
    TORN
  }

  private record Placed(OrderWire wire, Instrument instrument, long time) {}

  private final Exchange exchange;
  private final String account;
  private final Instant begin;
  private final long speed;
  private final long beganNanos = System.nanoTime();
  private final Javalin web;
  private final ScheduledExecutorService turns = Executors.newSingleThreadScheduledExecutor();
  private final List<WsContext> sessions = new ArrayList<>();
  private final Map<String, Placed> placed = new LinkedHashMap<>();
  private final List<String> fills = new ArrayList<>();
  private final List<String> fundings = new ArrayList<>();
  private final TreeSet<Long> nonces = new TreeSet<>();
  private final Map<String, String> answers = new LinkedHashMap<>();
  private BiFunction<Integer, String, Passage> wire = (number, type) -> Passage.WELL;
  private int actions;
  private int touched;
  private boolean muted;
  private boolean closed;

  /**
   * @param account the address that trades and signs
   * @param speed of its clock
   */
  public LoopbackVenue(World world, String account, long speed) {
    this.exchange = FixtureF0.exchange(world);
    this.account = account;
    this.begin = world.start();
    this.speed = speed;
    exchange.connect(FixtureF0.ACCOUNT, this::deliver);
    web =
        Javalin.create(config -> {
          config.startup.showJavalinBanner = false;
          config.routes.post("/info", this::info);
          config.routes.post("/exchange", this::act);
          config.routes.ws(
              "/ws",
              ws -> {
                ws.onConnect(this::open);
                ws.onMessage(message -> hear(message, message.message()));
                ws.onClose(this::leave);
              });
        });
    web.start("127.0.0.1", 0);
    var unused = turns.scheduleWithFixedDelay(this::turn, 10, 10, TimeUnit.MILLISECONDS);
  }

  public String url() {
    return "http://127.0.0.1:" + web.port();
  }

  /** Number of the action, from 1, and its type. */
  public synchronized LoopbackVenue wire(BiFunction<Integer, String, Passage> script) {
    wire = script;
    return this;
  }

  public synchronized LoopbackVenue answer(String question, String body) {
    answers.put(question, body.replace('\'', '"'));
    return this;
  }

  /** How many signed actions have arrived or were lost on their way. */
  public synchronized int actions() {
    return actions;
  }

  /** Requests and connections of any kind. */
  public synchronized int touched() {
    return touched;
  }

  public synchronized AccountState state() {
    advance();
    return exchange.account(FixtureF0.ACCOUNT);
  }

  public synchronized Exchange exchange() {
    advance();
    return exchange;
  }

  /** Streams tell nothing more, and their connections break. */
  public synchronized void breakStreams(boolean mute) {
    muted = mute;
    sessions.forEach(session -> session.session.disconnect());
    sessions.clear();
  }

  public synchronized void unmute() {
    muted = false;
  }

  // ---- time

  private Instant now() {
    return begin.plusNanos((System.nanoTime() - beganNanos) * speed);
  }

  private void advance() {
    exchange.advanceTo(now());
  }

  private int turned;

  private synchronized void turn() {
    if (closed) {
      return;
    }
    advance();
    if (++turned % 10 == 0) {
      push("l2Book", book(FixtureF0.SPOT));
      push("l2Book", book(FixtureF0.PERP));
      push("activeAssetCtx", context());
    }
  }

  // ---- streams

  private synchronized void open(WsContext session) {
    touched++;
    if (muted) {
      session.closeSession();
      return;
    }
    sessions.add(session);
    session.send("Websocket connection established.");
  }

  private synchronized void leave(WsContext session) {
    sessions.removeIf(each -> each.sessionId().equals(session.sessionId()));
  }

  private synchronized void hear(WsContext session, String text) {
    JsonNode message = Json.parse(text);
    if (message.path("method").asString("").equals("ping")) {
      session.send("{\"channel\":\"pong\"}");
      return;
    }
    if (message.path("subscription").path("type").asString("").equals("userFills")) {
      session.send(
          frame(
              "userFills",
              "{\"isSnapshot\":true,\"user\":\""
                  + account
                  + "\",\"fills\":"
                  + list(newestFirst())
                  + "}"));
    }
  }

  private List<String> newestFirst() {
    List<String> all = new ArrayList<>(fills);
    Collections.reverse(all);
    return all;
  }

  private static String frame(String channel, String data) {
    return "{\"channel\":\"" + channel + "\",\"data\":" + data + "}";
  }

  private void push(String channel, String data) {
    for (WsContext session : List.copyOf(sessions)) {
      session.send(frame(channel, data));
    }
  }

  private synchronized void deliver(Connection.Delivery delivery) {
    switch (delivery.report()) {
      case Report.Filled filled -> {
        fills.add(fill(filled.fill()));
        push("userFills", "{\"user\":\"" + account + "\",\"fills\":[" + fill(filled.fill()) + "]}");
      }
      case Report.FundingPaid paid -> {
        fundings.add(funding(paid.payment()));
        push(
            "userFundings",
            "{\"user\":\"" + account + "\",\"fundings\":[{" + flat(paid.payment()) + "}]}");
      }
      case Report.Closed over -> over.order().ifPresent(this::pushEnd);
      case Report.AccountTold told -> {
        push(
            "clearinghouseState",
            "{\"user\":\"" + account + "\",\"clearinghouseState\":" + perp() + "}");
        push("spotState", "{\"user\":\"" + account + "\",\"spotState\":" + spot() + "}");
        push("openOrders", "{\"user\":\"" + account + "\",\"orders\":" + openOrders() + "}");
      }
      default -> {
        // told by the answer
      }
    }
  }

  private void pushEnd(ClientOrderId order) {
    push("orderUpdates", "[" + record(order) + "]");
  }

  // ---- questions

  private synchronized void info(Context context) {
    touched++;
    advance();
    JsonNode asked = Json.parse(context.body());
    String type = asked.path("type").asString("");
    context.contentType("application/json");
    context.result(Optional.ofNullable(answers.get(type)).orElseGet(() -> answer(type, asked)));
  }

  private String answer(String type, JsonNode asked) {
    return switch (type) {
      case "exchangeStatus" -> "{\"time\":%d,\"speed\":%d}".formatted(now().toEpochMilli(), speed);
      case "meta" ->
          "{\"universe\":["
              + "{\"name\":\"OLD\",\"szDecimals\":1,\"maxLeverage\":3,\"isDelisted\":true},"
                  .repeat(159)
              + "{\"name\":\"HYPE\",\"szDecimals\":2,\"maxLeverage\":10}]}";
      case "spotMeta" ->
          "{\"universe\":[{\"tokens\":[150,0],\"name\":\"@107\",\"index\":107}],\"tokens\":[{\"name\":\"USDC\",\"szDecimals\":8,\"index\":0,\"tokenId\":\"0x6d\"},{\"name\":\"HYPE\",\"szDecimals\":2,\"index\":150,\"tokenId\":\"0x0d\"}]}";
      case "userRole" -> "{\"role\":\"user\"}";
      case "userAbstraction" -> "\"default\"";
      case "userFees" ->
          "{\"userCrossRate\":\"0.00045\",\"userAddRate\":\"0.00015\",\"userSpotCrossRate\":\"0.0007\",\"userSpotAddRate\":\"0.0004\",\"activeReferralDiscount\":\"0.0\"}";
      case "userRateLimit" -> "{\"cumVlm\":\"1.0\",\"nRequestsUsed\":1,\"nRequestsCap\":10001}";
      case "clearinghouseState" -> perp();
      case "spotClearinghouseState" -> spot();
      case "frontendOpenOrders", "openOrders" -> openOrders();
      case "orderStatus" -> orderStatus(asked.path("oid").asString(""));
      case "userFillsByTime" -> since(fills, asked);
      case "userFunding" -> since(fundings, asked);
      case "fundingHistory" -> history(asked);
      case "l2Book" ->
          book(asked.path("coin").asString("").equals("HYPE") ? FixtureF0.PERP : FixtureF0.SPOT);
      default -> "null";
    };
  }

  private static String since(List<String> rows, JsonNode asked) {
    long start = asked.path("startTime").asLong();
    return list(
        rows.stream().filter(row -> Json.parse(row).path("time").asLong() >= start).toList());
  }

  private static String list(List<String> rows) {
    return "[" + String.join(",", rows) + "]";
  }

  private String history(JsonNode asked) {
    List<FundingHour> hours = exchange.fundingHistory(FixtureF0.PERP.id(), 400);
    return list(
        hours.stream()
            .filter(hour -> hour.hour().toEpochMilli() + 40 >= asked.path("startTime").asLong())
            .map(hour ->
                "{\"coin\":\"HYPE\",\"fundingRate\":\"%s\",\"premium\":\"0.0\",\"time\":%d}"
                    .formatted(
                        hour.rate().value().toPlainString(), hour.hour().toEpochMilli() + 40))
            .toList());
  }

  private String orderStatus(String cloid) {
    return placed.containsKey(cloid)
        ? "{\"status\":\"order\",\"order\":" + record(new ClientOrderId(cloid)) + "}"
        : "{\"status\":\"unknownOid\"}";
  }

  /** As the exchange tells an order's story now. */
  private String record(ClientOrderId name) {
    Placed order = placed.get(name.hex());
    List<Report> story = story(name);
    Quantity filled =
        story.stream()
            .filter(Report.Filled.class::isInstance)
            .map(report -> ((Report.Filled) report).fill().quantity())
            .reduce(Quantity.ZERO, Quantity::plus);
    return "{\"order\":{\"coin\":\"%s\",\"side\":\"%s\",\"limitPx\":\"%s\",\"sz\":\"%s\",\"oid\":%d,\"timestamp\":%d,\"origSz\":\"%s\",\"cloid\":\"%s\"},\"status\":\"%s\",\"statusTimestamp\":%d}"
        .formatted(
            order.instrument().wireName(),
            order.wire().isBuy() ? "B" : "A",
            order.wire().price().toPlainString(),
            new Quantity(order.wire().size()).minus(filled),
            oid(story),
            order.time(),
            order.wire().size().toPlainString(),
            name.hex(),
            status(story, new Quantity(order.wire().size()), filled),
            now().toEpochMilli());
  }

  private List<Report> story(ClientOrderId name) {
    return exchange
        .backOffice()
        .byHand(FixtureF0.ACCOUNT, new Request.QueryOrder(name, FixtureF0.SPOT.id()));
  }

  private static long oid(List<Report> story) {
    for (Report report : story) {
      switch (report) {
        case Report.Accepted accepted -> {
          return accepted.orderId();
        }
        case Report.Closed over -> {
          return over.orderId();
        }
        default -> {
          // no number in it
        }
      }
    }
    return 0;
  }

  private static String status(List<Report> story, Quantity size, Quantity filled) {
    Report last = story.get(story.size() - 1);
    boolean over = story.stream().anyMatch(Report.Closed.class::isInstance);
    if (last instanceof Report.Rejected) {
      return "perpMarginRejected";
    }
    return over ? filled.compareTo(size) >= 0 ? "filled" : "canceled" : "open";
  }

  // ---- actions

  private synchronized void act(Context context) {
    touched++;
    advance();
    Envelope envelope = Envelope.read(context.body());
    Passage passage = wire.apply(++actions, envelope.action().type());
    String answer = passage == Passage.LOST ? "" : answer(envelope);
    context.contentType("application/json");
    switch (passage) {
      case WELL -> context.result(answer);
      case LOST, UNANSWERED -> context.future(CompletableFuture::new);
      case BAD_GATEWAY -> context.status(502).contentType("text/html").result("<html>");
      case TORN -> context.result(answer.substring(0, answer.length() / 2));
    }
  }

  private String answer(Envelope envelope) {
    if (envelope.signer(Network.TESTNET).filter(account::equals).isEmpty()) {
      return refusal(
          "User or API Wallet "
              + envelope.signer(Network.TESTNET).orElse("?")
              + " does not exist.");
    }
    if (!nonces.add(envelope.nonce())) {
      return refusal("Invalid nonce: duplicate nonce " + envelope.nonce());
    }
    if (envelope.unsigned().expiresAfter().orElse(Long.MAX_VALUE) < now().toEpochMilli()) {
      return refusal("Action already expired");
    }
    return switch (envelope.action()) {
      case PlaceOrders orders ->
          statuses("order", orders.orders().stream().map(this::place).toList());
      case CancelByCloid cancels ->
          statuses("cancel", cancels.cancels().stream().map(this::cancel).toList());
      case UpdateLeverage leverage -> leverage(leverage);
      case Noop noop -> "{\"status\":\"ok\",\"response\":{\"type\":\"default\"}}";
      default -> refusal("not spoken here");
    };
  }

  private static String refusal(String text) {
    return "{\"status\":\"err\",\"response\":\"" + text + "\"}";
  }

  private static String statuses(String type, List<String> each) {
    return "{\"status\":\"ok\",\"response\":{\"type\":\""
        + type
        + "\",\"data\":{\"statuses\":"
        + list(each)
        + "}}}";
  }

  private static String error(String text) {
    return "{\"error\":\"" + text + "\"}";
  }

  private static Instrument instrument(long asset) {
    return asset == FixtureF0.PERP.assetId() ? FixtureF0.PERP : FixtureF0.SPOT;
  }

  private String place(OrderWire order) {
    Instrument instrument = instrument(order.asset());
    ClientOrderId name = new ClientOrderId(order.cloid().orElseThrow());
    placed.put(name.hex(), new Placed(order, instrument, now().toEpochMilli()));
    Request.Place request =
        new Request.Place(
            Optional.of(name),
            instrument.id(),
            order.isBuy() ? Side.BUY : Side.SELL,
            Price.of(order.price()),
            new Quantity(order.size()),
            TimeInForce.valueOf(((OrderKind.Limit) order.kind()).tif().name()),
            order.reduceOnly(),
            Optional.empty());
    for (Report report : exchange.backOffice().byHand(FixtureF0.ACCOUNT, request)) {
      if (report instanceof Report.Rejected rejected) {
        return error(rejected.text() + " asset=" + order.asset());
      }
    }
    return placedWell(name);
  }

  private String placedWell(ClientOrderId name) {
    List<Report> story = story(name);
    List<Fill> got =
        story.stream()
            .filter(Report.Filled.class::isInstance)
            .map(report -> ((Report.Filled) report).fill())
            .toList();
    if (got.isEmpty()) {
      push("orderUpdates", "[" + record(name) + "]");
      return "{\"resting\":{\"oid\":" + oid(story) + "}}";
    }
    Quantity total = got.stream().map(Fill::quantity).reduce(Quantity.ZERO, Quantity::plus);
    return "{\"filled\":{\"totalSz\":\""
        + total
        + "\",\"avgPx\":\""
        + got.get(0).price()
        + "\",\"oid\":"
        + oid(story)
        + "}}";
  }

  private String cancel(CancelByCloid.One one) {
    InstrumentId id = instrument(one.asset()).id();
    List<Report> answer =
        exchange
            .backOffice()
            .byHand(FixtureF0.ACCOUNT, new Request.Cancel(new ClientOrderId(one.cloid()), id));
    return answer.isEmpty()
        ? "\"success\""
        : error("Order was never placed, already canceled, or filled. asset=" + one.asset());
  }

  private String leverage(UpdateLeverage set) {
    Request request =
        new Request.SetLeverage(
            instrument(set.asset()).id(), Math.toIntExact(set.leverage()), set.isCross());
    for (Report report : exchange.backOffice().byHand(FixtureF0.ACCOUNT, request)) {
      if (report instanceof Report.LeverageAnswered told && !told.accepted()) {
        return refusal(told.response());
      }
    }
    return "{\"status\":\"ok\",\"response\":{\"type\":\"default\"}}";
  }

  // ---- bodies

  private String perp() {
    AccountState state = exchange.account(FixtureF0.ACCOUNT);
    String positions =
        state.positions().stream()
            .filter(position -> !position.size().isZero())
            .map(position ->
                "{\"type\":\"oneWay\",\"position\":{\"coin\":\"HYPE\",\"szi\":\"%s\",\"leverage\":{\"type\":\"cross\",\"value\":%d},\"entryPx\":\"%s\",\"unrealizedPnl\":\"0.0\",\"marginUsed\":\"0.0\"}}"
                    .formatted(
                        position.size(),
                        position.leverage(),
                        position
                            .entryNotional()
                            .value()
                            .divide(position.size().abs().value(), MathContext.DECIMAL64)
                            .toPlainString()))
            .collect(Collectors.joining(","));
    return "{\"marginSummary\":{\"accountValue\":\"%s\"},\"crossMaintenanceMarginUsed\":\"%s\",\"withdrawable\":\"%s\",\"assetPositions\":[%s],\"time\":%d}"
        .formatted(
            state.perpEquity().plain().toPlainString(),
            state.maintenanceMargin().plain().toPlainString(),
            state.freeForPerp().plain().toPlainString(),
            positions,
            now().toEpochMilli());
  }

  private String spot() {
    AccountState state = exchange.account(FixtureF0.ACCOUNT);
    return "{\"balances\":[{\"coin\":\"USDC\",\"token\":0,\"total\":\"%s\",\"hold\":\"%s\"},{\"coin\":\"HYPE\",\"token\":150,\"total\":\"%s\",\"hold\":\"0.0\"}]}"
        .formatted(
            state.quoteBalance().plain().toPlainString(),
            state.quoteBalance().minus(state.freeForSpot()).plain().toPlainString(),
            state.spotTotal(FixtureF0.SPOT.id()));
  }

  private String openOrders() {
    return list(
        exchange.account(FixtureF0.ACCOUNT).openOrders().stream()
            .map(order ->
                "{\"coin\":\"%s\",\"side\":\"%s\",\"limitPx\":\"%s\",\"sz\":\"%s\",\"oid\":1,\"timestamp\":1,\"origSz\":\"%s\"%s}"
                    .formatted(
                        order.instrument().leg() == Leg.SPOT ? "@107" : "HYPE",
                        order.side() == Side.BUY ? "B" : "A",
                        order.price(),
                        order.remaining(),
                        order.remaining(),
                        order
                            .clientOrderId()
                            .map(id -> ",\"cloid\":\"" + id.hex() + "\"")
                            .orElse("")))
            .toList());
  }

  private String book(Instrument of) {
    Book book = exchange.book(of.id());
    return "{\"coin\":\"%s\",\"time\":%d,\"levels\":[%s,%s]}"
        .formatted(of.wireName(), now().toEpochMilli(), levels(book.bids()), levels(book.asks()));
  }

  private static String levels(List<Level> levels) {
    return list(
        levels.stream()
            .map(level ->
                "{\"px\":\"%s\",\"sz\":\"%s\",\"n\":1}".formatted(level.price(), level.quantity()))
            .toList());
  }

  private String context() {
    InstrumentId perp = FixtureF0.PERP.id();
    return "{\"coin\":\"HYPE\",\"ctx\":{\"funding\":\"%s\",\"oraclePx\":\"%s\",\"markPx\":\"%s\"}}"
        .formatted(
            exchange.fundingRate(perp).map(rate -> rate.value().toPlainString()).orElse("0.0"),
            exchange.oracle(perp).map(Price::toString).orElse("0.0"),
            exchange.mark(perp).map(Price::toString).orElse("0.0"));
  }

  private static String fill(Fill fill) {
    boolean spot = fill.instrument().leg() == Leg.SPOT;
    return "{\"coin\":\"%s\",\"px\":\"%s\",\"sz\":\"%s\",\"side\":\"%s\",\"time\":%d,\"oid\":%d,\"tid\":%d,\"crossed\":%s,\"fee\":\"%s\",\"feeToken\":\"%s\"%s}"
        .formatted(
            spot ? "@107" : "HYPE",
            fill.price(),
            fill.quantity(),
            fill.side() == Side.BUY ? "B" : "A",
            fill.time().toEpochMilli(),
            fill.orderId(),
            fill.tradeId(),
            !fill.maker(),
            fill.fee().amount().toPlainString(),
            fill.fee().token() == Fee.Token.BASE ? "HYPE" : "USDC",
            fill.clientOrderId().map(id -> ",\"cloid\":\"" + id.hex() + "\"").orElse(""));
  }

  private static String flat(FundingPayment payment) {
    return "\"time\":%d,%s".formatted(payment.time().toEpochMilli(), delta(payment));
  }

  private static String delta(FundingPayment payment) {
    return "\"coin\":\"HYPE\",\"usdc\":\"%s\",\"szi\":\"%s\",\"fundingRate\":\"%s\",\"nSamples\":null"
        .formatted(
            payment.amount().plain().toPlainString(),
            payment.position(),
            payment.rate().value().toPlainString());
  }

  private static String funding(FundingPayment payment) {
    return "{\"time\":%d,\"hash\":\"0x0\",\"delta\":{\"type\":\"funding\",%s}}"
        .formatted(payment.time().toEpochMilli(), delta(payment));
  }

  /** Until something about the exchange is so; a test that waits in vain fails. */
  public void await(String what, Predicate<LoopbackVenue> is) throws InterruptedException {
    long giveUp = System.nanoTime() + Duration.ofSeconds(40).toNanos();
    while (!is.test(this)) {
      if (System.nanoTime() > giveUp) {
        throw new AssertionError("in vain waited for: " + what + "; " + state());
      }
      TimeUnit.MILLISECONDS.sleep(5);
    }
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    turns.shutdownNow();
    web.stop();
  }
}
