package io.twinleg.simulator.server.aster;

import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Side;
import io.twinleg.simulator.AccountId;
import io.twinleg.simulator.Exchange;
import io.twinleg.simulator.server.common.HttpFaults;
import io.twinleg.wire.aster.AggTrade;
import io.twinleg.wire.aster.AsterJson;
import io.twinleg.wire.aster.AsterTradeRow;
import io.twinleg.wire.aster.AsterUserEvent;
import io.twinleg.wire.aster.ErrorReply;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Listen keys, stream subscriptions, and the frames that are published on them. */
final class StreamHub implements UserFrames.Sink {
  private static final Duration KEY_VALIDITY = Duration.ofMinutes(60);
  private static final int LEVELS = 20;

  /** The server's end of a connection. */
  interface Listener {
    /** Never subject to an injected fault. */
    void answer(String text);

    void push(String text);

    void close();
  }

  private record Key(String text, AccountId account, Leg leg) {}

  /**
   * {@code version} and {@code frame}: what was published last, for a stream of a book; a frozen
   * one repeats it.
   */
  private static final class Subscription {
    private final Leg leg;
    private final String name;
    private final boolean wrapped;
    private long version = -1;
    private Optional<JsonNode> frame = Optional.empty();

    Subscription(Leg leg, String name, boolean wrapped) {
      this.leg = leg;
      this.name = name;
      this.wrapped = wrapped;
    }
  }

  private final Exchange exchange;
  private final MarketHandler market;
  private final LongSupplier names;
  private final HttpFaults faults;
  private final Map<String, Key> keys = new TreeMap<>();
  private final Map<String, Instant> expiries = new TreeMap<>();
  private final Map<Listener, List<Subscription>> listeners = new LinkedHashMap<>();

  /**
   * @param names for listen keys: they cannot be guessed
   */
  StreamHub(Exchange exchange, MarketHandler market, LongSupplier names, HttpFaults faults) {
    this.exchange = exchange;
    this.market = market;
    this.names = names;
    this.faults = faults;
  }

  // ---- listen keys

  /** The same key again, extended, where the account has one. */
  AsterReply open(AccountId account, Leg leg) {
    Key key =
        find(account, leg)
            .orElseGet(() ->
                new Key(
                    String.format("%016x%016x", names.getAsLong(), names.getAsLong()),
                    account,
                    leg));
    keys.put(key.text(), key);
    expiries.put(key.text(), exchange.now().plus(KEY_VALIDITY));
    return AsterReply.of(AsterJson.object().put("listenKey", key.text()));
  }

  AsterReply keep(AccountId account, Leg leg) {
    Optional<Key> key = find(account, leg);
    key.ifPresent(found -> expiries.put(found.text(), exchange.now().plus(KEY_VALIDITY)));
    return key.isPresent() ? AsterReply.of(AsterJson.object()) : unknownKey();
  }

  AsterReply close(AccountId account, Leg leg) {
    Optional<Key> key = find(account, leg);
    key.ifPresent(this::expire);
    return key.isPresent() ? AsterReply.of(AsterJson.object()) : unknownKey();
  }

  private static AsterReply unknownKey() {
    return AsterReply.error(ErrorReply.NO_LISTEN_KEY, "This listenKey does not exist.");
  }

  private Optional<Key> find(AccountId account, Leg leg) {
    return keys.values().stream()
        .filter(key -> key.account().equals(account) && key.leg() == leg)
        .findFirst();
  }

  /** For tests and faults: as after an hour without a keepalive. */
  void expireAll() {
    List.copyOf(keys.values()).forEach(this::expire);
  }

  private void expire(Key key) {
    publish(key.text(), AsterUserEvent.listenKeyExpired(exchange.now().toEpochMilli()));
    keys.remove(key.text());
    expiries.remove(key.text());
  }

  private void expireOld() {
    Instant now = exchange.now();
    List.copyOf(keys.values()).stream()
        .filter(key -> expiries.getOrDefault(key.text(), now).isBefore(now))
        .forEach(this::expire);
  }

  // ---- listeners

  void join(Listener listener, Leg leg, List<String> streams, boolean wrapped) {
    listeners.putIfAbsent(listener, new ArrayList<>());
    streams.forEach(name -> subscribe(listener, leg, name, wrapped));
  }

  void subscribe(Listener listener, Leg leg, String name, boolean wrapped) {
    List<Subscription> list = listeners.get(listener);
    if (list != null) {
      list.add(new Subscription(leg, name, wrapped));
      turned();
    }
  }

  void unsubscribe(Listener listener, String name) {
    listeners
        .getOrDefault(listener, new ArrayList<>())
        .removeIf(subscription -> subscription.name.equals(name));
  }

  void leave(Listener listener) {
    listeners.remove(listener);
  }

  /** As the venue does once a day, and whenever it likes. */
  void cutAll() {
    List<Listener> all = List.copyOf(listeners.keySet());
    listeners.clear();
    all.forEach(Listener::close);
  }

  // ---- frames

  @Override
  public void push(AccountId account, Leg leg, JsonNode frame) {
    find(account, leg).ifPresent(key -> publish(key.text(), frame));
  }

  private void publish(String stream, JsonNode frame) {
    listeners.forEach((listener, list) ->
        list.stream()
            .filter(subscription -> subscription.name.equals(stream))
            .forEach(subscription -> send(listener, subscription, frame)));
  }

  private static void send(Listener listener, Subscription subscription, JsonNode frame) {
    if (subscription.wrapped) {
      ObjectNode wrapper = AsterJson.object().put("stream", subscription.name);
      wrapper.set("data", frame);
      listener.push(wrapper.toString());
    } else {
      listener.push(frame.toString());
    }
  }

  /** A trade of a member; the background's own are not shown. */
  void publishTrade(Leg leg, AsterTradeRow row) {
    Side taker = row.maker() ? row.side().opposite() : row.side();
    AggTrade trade =
        new AggTrade(
            row.symbol(),
            row.id(),
            Price.of(row.price()),
            new Quantity(row.quantity()),
            taker,
            row.time());
    String name = row.symbol().toLowerCase(Locale.ROOT) + "@aggTrade";
    listeners.forEach((listener, list) ->
        list.stream()
            .filter(subscription -> subscription.leg == leg && subscription.name.equals(name))
            .forEach(subscription -> send(listener, subscription, trade.json())));
  }

  /** Books that have changed. */
  void turned() {
    listeners.forEach((listener, list) -> list.forEach(each -> publishBook(listener, each)));
  }

  private void publishBook(Listener listener, Subscription subscription) {
    Optional<AsterInstruments> listing = listing(subscription);
    if (listing.isEmpty() || !isBook(subscription)) {
      return;
    }
    InstrumentId id = listing.get().id(subscription.leg);
    long version = exchange.bookVersion(id);
    if (version != subscription.version) {
      subscription.version = version;
      boolean stands = subscription.frame.isPresent() && faults.freezesBook(subscription.name);
      JsonNode shown = stands ? subscription.frame.get() : book(listing.get(), subscription);
      subscription.frame = Optional.of(shown);
      send(listener, subscription, shown);
    }
  }

  private static boolean isBook(Subscription subscription) {
    return subscription.name.contains("@depth") || subscription.name.endsWith("@bookTicker");
  }

  private JsonNode book(AsterInstruments listing, Subscription subscription) {
    if (subscription.name.endsWith("@bookTicker")) {
      return ticker(listing, subscription.leg);
    }
    return subscription.leg == Leg.PERP
        ? market.depth(listing, Leg.PERP).futuresFrame(listing.symbol(), LEVELS)
        : market.depth(listing, Leg.SPOT).json(LEVELS).put("s", listing.symbol());
  }

  private JsonNode ticker(AsterInstruments listing, Leg leg) {
    var top = market.ticker(listing, leg);
    return AsterJson.object()
        .put("e", "bookTicker")
        .put("u", exchange.bookVersion(listing.id(leg)))
        .put("E", top.time())
        .put("s", top.symbol())
        .put("b", AsterJson.plain(top.bid()))
        .put("B", AsterJson.plain(top.bidQuantity()))
        .put("a", AsterJson.plain(top.ask()))
        .put("A", AsterJson.plain(top.askQuantity()));
  }

  private static Optional<AsterInstruments> listing(Subscription subscription) {
    int at = subscription.name.indexOf('@');
    return at < 0
        ? Optional.empty()
        : AsterInstruments.find(subscription.name.substring(0, at).toUpperCase(Locale.ROOT));
  }

  /**
   * Once a second: books and marks, whether or not they moved, and keys that are over. Unlike the
   * stream of differences, that of the best levels is pushed at its interval.
   */
  void everySecond() {
    expireOld();
    listeners.forEach((listener, list) ->
        list.stream()
            .filter(subscription -> subscription.name.contains("@depth"))
            .forEach(subscription -> {
              subscription.version = -1;
              publishBook(listener, subscription);
            }));
    listeners.forEach((listener, list) ->
        list.stream()
            .filter(subscription -> subscription.name.contains("@markPrice"))
            .forEach(subscription ->
                listing(subscription)
                    .ifPresent(
                        listing -> send(listener, subscription, market.premium(listing).frame()))));
  }

  /** A client's requests on its stream: to subscribe and to unsubscribe. */
  static final class StreamControl {
    private StreamControl() {}

    static void handle(StreamHub streams, StreamHub.Listener listener, Leg leg, String text) {
      JsonNode request = AsterJson.parse(text).orElseGet(AsterJson::object);
      for (JsonNode stream : request.path("params")) {
        switch (request.path("method").asString("")) {
          case "SUBSCRIBE" -> streams.subscribe(listener, leg, stream.asString(), false);
          case "UNSUBSCRIBE" -> streams.unsubscribe(listener, stream.asString());
          default -> {}
        }
      }
      ObjectNode answer = AsterJson.object().putNull("result");
      answer.set("id", request.path("id"));
      listener.answer(answer.toString());
    }
  }
}
