package io.twinleg.venue.aster;

import io.twinleg.core.event.Command;
import io.twinleg.core.event.Event;
import io.twinleg.core.model.ClientOrderId;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.MarketId;
import io.twinleg.core.model.OrderIdTag;
import io.twinleg.core.model.OrderPurpose;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Side;
import io.twinleg.core.model.TimeInForce;
import io.twinleg.proxy.LyingProxy;
import io.twinleg.proxy.LyingProxy.Lie;
import io.twinleg.proxy.LyingProxy.Reply;
import io.twinleg.proxy.LyingProxy.Request;
import io.twinleg.simulator.server.aster.AsterServer;
import io.twinleg.simulator.server.aster.AsterServerFixture;
import io.twinleg.simulator.server.aster.FaultHook;
import io.twinleg.venue.DataClient;
import io.twinleg.venue.EventSource;
import io.twinleg.venue.MarketSymbols;
import io.twinleg.wire.aster.request.ApiVersion;
import io.twinleg.wire.aster.request.Signing;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** The adapter on our server, with a proxy between them that says what a test lets it say. */
final class AsterProxyFixture implements AutoCloseable {
  private static final MarketId ASTER = new MarketId("ASTER");
  private static final Duration BOUND = Duration.ofSeconds(60);

  final ApiVersion generation;
  final AsterServerFixture face;
  final LyingProxy proxy;
  final List<Event> events = new ArrayList<>();
  private Optional<AsterVenue> open = Optional.empty();
  private Optional<DataClient.Pair> pair = Optional.empty();
  private int named;

  AsterProxyFixture(ApiVersion generation) {
    this(generation, 1);
  }

  AsterProxyFixture(ApiVersion generation, int speed) {
    this(generation, speed, Duration.ZERO);
  }

  /**
   * @param ahead how far the venue's clock is before ours
   */
  AsterProxyFixture(ApiVersion generation, int speed, Duration ahead) {
    this.generation = generation;
    face = new AsterServerFixture(speed, FaultHook.SOUND, Map.of(), ahead);
    face.giveCoins();
    try {
      proxy = new LyingProxy(face.url());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** With its markets resolved, its streams open and its account read once. */
  AsterProxyFixture started() {
    resolve();
    venue().trading().account();
    await(Event.AccountReported.class, it -> true);
    return this;
  }

  AsterVenue venue() {
    AsterVenue venue = open.orElseGet(() -> AsterVenue.open(settings()));
    open = Optional.of(venue);
    return venue;
  }

  AsterSettings settings() {
    Signing signing =
        generation == ApiVersion.V1
            ? new Signing.ByKey(AsterServerFixture.KEY, Duration.ofSeconds(5))
            : new Signing.ByWallet(
                AsterServerFixture.WALLET.address(),
                AsterServerFixture.WALLET,
                AsterServer.CHAIN_ID);
    return AsterSettings.of(Optional.of(signing), proxy.url(), proxy.url());
  }

  DataClient.Pair resolve() {
    MarketSymbols symbols =
        new MarketSymbols(
            ASTER, "ASTER/USDT", "ASTERUSDT", Optional.empty(), Optional.empty(), BigDecimal.ONE);
    DataClient.Pair found = pair.orElseGet(() -> venue().marketData().resolve(symbols));
    pair = Optional.of(found);
    return found;
  }

  Instrument instrument(Leg leg) {
    return leg == Leg.SPOT ? resolve().spot() : resolve().perp();
  }

  // ---- commands

  /** Far enough below the book to rest. */
  Command.PlaceOrder resting(Leg leg) {
    return order(leg, Side.BUY, "0.69", TimeInForce.ALO);
  }

  /** Takes what is there. */
  Command.PlaceOrder taking(Leg leg) {
    return order(leg, Side.BUY, "0.71", TimeInForce.IOC);
  }

  Command.PlaceOrder order(Leg leg, Side side, String price, TimeInForce timeInForce) {
    ClientOrderId id =
        ClientOrderId.of(new OrderIdTag("00000001"), 0, leg, OrderPurpose.ENTRY, 1, named++);
    return new Command.PlaceOrder(
        id,
        leg == Leg.SPOT ? InstrumentId.spot(ASTER) : InstrumentId.perp(ASTER),
        side,
        Price.of(price),
        Quantity.of("20"),
        timeInForce,
        false,
        OrderPurpose.ENTRY);
  }

  void send(Command command) {
    venue().trading().send(List.of(venue().trading().prepare(command)));
  }

  void query(Command.PlaceOrder order) {
    send(new Command.QueryOrder(order.order(), order.instrument()));
  }

  // ---- what is said

  /** The first requests with this method whose target has this path are answered so. */
  static Lie first(int times, String method, String path, Lie lie) {
    AtomicInteger seen = new AtomicInteger();
    return (request, venue) ->
        is(request, method, path) && seen.incrementAndGet() <= times
            ? lie.answer(request, venue)
            : venue.ask();
  }

  static Lie always(String method, String path, Lie lie) {
    return first(Integer.MAX_VALUE, method, path, lie);
  }

  static boolean is(Request request, String method, String path) {
    return request.method().equals(method) && request.target().split("\\?")[0].equals(path);
  }

  static Lie changed(UnaryOperator<String> body) {
    return (request, venue) -> {
      Reply.Whole whole = venue.ask();
      return whole.withBody(body.apply(whole.body()));
    };
  }

  /** It arrives, and its answer does not. */
  static Lie unanswered() {
    return (request, venue) -> {
      var unused = venue.ask();
      return new Reply.Closed();
    };
  }

  String path(Leg leg, String resource) {
    return generation.path(leg, resource);
  }

  long requests(String method, String path) {
    return proxy.requests().stream().filter(request -> is(request, method, path)).count();
  }

  // ---- what arrives

  <T extends Event> T await(Class<T> type, Predicate<T> which) {
    Optional<T> before = ever(type).stream().filter(which).findFirst();
    for (Instant end = Instant.now().plus(BOUND); before.isEmpty(); ) {
      if (Instant.now().isAfter(end)) {
        throw new AssertionError("no such " + type.getSimpleName() + " in " + events);
      }
      Optional<EventSource.Received> arrival = venue().events().await(Instant.MAX);
      arrival.map(EventSource.Received::event).ifPresent(events::add);
      before = arrival.map(EventSource.Received::event).filter(type::isInstance).map(type::cast);
      before = before.filter(which);
    }
    return before.get();
  }

  /** Everything that arrives in this time, for what must not come. */
  void receiveFor(Duration time) {
    for (Instant end = Instant.now().plus(time); Instant.now().isBefore(end); ) {
      venue().events().await(Instant.MAX).map(EventSource.Received::event).ifPresent(events::add);
    }
  }

  <T extends Event> List<T> ever(Class<T> type) {
    return events.stream().filter(type::isInstance).map(type::cast).toList();
  }

  Event.OrderAccepted accepted(Command.PlaceOrder order) {
    return await(Event.OrderAccepted.class, it -> it.order().equals(order.order()));
  }

  Event.OrderUnknown unknown(Command.PlaceOrder order) {
    return await(Event.OrderUnknown.class, it -> it.order().equals(order.order()));
  }

  @Override
  public void close() throws IOException {
    open.ifPresent(AsterVenue::close);
    proxy.close();
    face.close();
  }
}
