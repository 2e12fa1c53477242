package io.twinleg.simulator.server.hyperliquid;

import io.twinleg.simulator.server.common.ExchangeLoop;
import io.twinleg.simulator.server.common.HttpFaults;
import io.twinleg.simulator.server.common.OutboundQueue;
import io.twinleg.wire.MalformedMessage;
import io.twinleg.wire.hyperliquid.HyperliquidJson;
import io.twinleg.wire.hyperliquid.stream.ClientFrame;
import io.twinleg.wire.hyperliquid.stream.ServerFrame;
import io.twinleg.wire.hyperliquid.stream.Subscription;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** The messages of clients over the WebSocket, and the immediate answers to them. */
final class WebSocketEndpoint {
  /** What each subscription must name. */
  private static final Map<String, String> KINDS = kinds();

  private final ExchangeLoop paced;
  private final ServerContext context;
  private final SubscriptionHub streams;
  private final InfoHandler info;
  private final RestEndpoint rest;

  WebSocketEndpoint(
      ExchangeLoop paced,
      ServerContext context,
      SubscriptionHub streams,
      InfoHandler info,
      RestEndpoint rest) {
    this.paced = paced;
    this.context = context;
    this.streams = streams;
    this.info = info;
    this.rest = rest;
  }

  private static Map<String, String> kinds() {
    Map<String, String> kinds = new TreeMap<>();
    kinds.put("allMids", "");
    for (String type : new String[] {"l2Book", "bbo", "trades", "activeAssetCtx", "candle"}) {
      kinds.put(type, "coin");
    }
    kinds.put("activeAssetData", "coin user");
    for (String type :
        """
        orderUpdates userEvents userFills userFundings userNonFundingLedgerUpdates
        clearinghouseState openOrders spotState webData2 notification userTwapSliceFills
        userTwapHistory twapStates
        """
            .strip()
            .split("\\s+")) {
      kinds.put(type, "user");
    }
    return kinds;
  }

  void onMessage(ClientSession session, String text, String from) {
    ClientFrame frame;
    try {
      frame = ClientFrame.read(HyperliquidJson.parse(text));
    } catch (MalformedMessage malformed) {
      session.answer(ServerFrame.error("Error parsing JSON into valid websocket request: " + text));
      return;
    }
    switch (frame) {
      case ClientFrame.Ping ping -> session.answer(ServerFrame.pong());
      case ClientFrame.Subscribe wanted -> subscribe(session, wanted.subscription());
      case ClientFrame.Unsubscribe unwanted -> unsubscribe(session, unwanted.subscription());
      case ClientFrame.Post post -> post(session, post, from);
    }
  }

  private void subscribe(ClientSession session, Subscription wanted) {
    paced.call(exchange -> {
      if (!isValid(wanted)) {
        session.answer(
            ServerFrame.error("Invalid subscription " + HyperliquidJson.text(wanted.tree())));
      } else if (session.subscriptions().size() >= ClientSession.SUBSCRIPTIONS_MAX) {
        session.answer(ServerFrame.error("Too many subscriptions"));
      } else if (!session.add(wanted)) {
        session.answer(
            ServerFrame.error("Already subscribed: " + HyperliquidJson.text(wanted.tree())));
      } else {
        session.answer(ServerFrame.subscribed("subscribe", withDefaults(wanted)));
        streams.begin(info, context, session, wanted);
      }
      return wanted;
    });
  }

  private boolean isValid(Subscription wanted) {
    String needs = Optional.ofNullable(KINDS.get(wanted.type())).orElse("nothing else");
    boolean coin =
        !needs.contains("coin") || wanted.coin().flatMap(context.universe()::byCoin).isPresent();
    boolean user =
        !needs.contains("user")
            || wanted.user().filter(name -> name.matches("0x[0-9a-f]{40}")).isPresent();
    boolean interval =
        !wanted.type().equals("candle")
            || MarketHistory.isInterval(wanted.tree().path("interval").asString(""));
    return KINDS.containsKey(wanted.type()) && coin && user && interval;
  }

  /** The venue repeats a subscription with what it assumed. */
  private static Subscription withDefaults(Subscription wanted) {
    ObjectNode tree = wanted.tree().deepCopy();
    wanted.user().ifPresent(user -> tree.put("user", user));
    if (wanted.type().equals("l2Book")) {
      for (String key : new String[] {"nSigFigs", "mantissa"}) {
        tree.putIfAbsent(key, tree.nullNode());
      }
    }
    if (wanted.type().equals("userFills") && !tree.has("aggregateByTime")) {
      tree.put("aggregateByTime", false);
    }
    return new Subscription(wanted.type(), tree);
  }

  private void unsubscribe(ClientSession session, Subscription unwanted) {
    paced.call(exchange -> {
      session.answer(
          session.remove(unwanted)
              ? ServerFrame.subscribed("unsubscribe", withDefaults(unwanted))
              : ServerFrame.error(
                  "Already unsubscribed: " + HyperliquidJson.text(unwanted.tree())));
      return unwanted;
    });
  }

  // ---- posts

  private void post(ClientSession session, ClientFrame.Post post, String from) {
    String body = HyperliquidJson.text(post.payload());
    if (post.isAction()) {
      var unused =
          rest.exchange(body, from)
              .thenAccept(reply -> session.answer(posted(post, "action", reply)));
    } else {
      session.answer(posted(post, "info", rest.info(body, from)));
    }
  }

  private static ServerFrame posted(ClientFrame.Post post, String type, RestEndpoint.Reply reply) {
    if (reply.status() != 200) {
      return ServerFrame.posted(
          post.id(), "error", StringNode.valueOf(reply.status() + ": " + reply.body()));
    }
    JsonNode answer = HyperliquidJson.parse(reply.body());
    if (post.isAction()) {
      return ServerFrame.posted(post.id(), type, answer);
    }
    ObjectNode payload =
        HyperliquidJson.object().put("type", post.payload().path("type").asString(""));
    payload.set("data", answer);
    return ServerFrame.posted(post.id(), type, payload);
  }

  /** One connection: its subscriptions and its outbound queue. */
  static final class ClientSession {
    static final int SUBSCRIPTIONS_MAX = 1000;

    private final OutboundQueue line;
    private final Map<String, Subscription> subscriptions = new LinkedHashMap<>();
    private final Map<String, Object> lastPublished = new LinkedHashMap<>();

    ClientSession(OutboundQueue.Channel channel, HttpFaults faults) {
      line = new OutboundQueue(channel, faults);
    }

    // ---- subscriptions, on the exchange's thread

    Collection<Subscription> subscriptions() {
      return subscriptions.values();
    }

    static String key(Subscription subscription) {
      return HyperliquidJson.text(subscription.tree());
    }

    boolean add(Subscription subscription) {
      return subscriptions.putIfAbsent(key(subscription), subscription) == null;
    }

    boolean remove(Subscription subscription) {
      lastPublished.remove(key(subscription));
      return subscriptions.remove(key(subscription)) != null;
    }

    /** Whether this differs from what was published last; remembers this as the last. */
    boolean isChanged(Subscription subscription, Object version) {
      return !version.equals(lastPublished.put(key(subscription), version));
    }

    // ---- frames

    /** An answer: never subject to an injected fault. */
    void answer(ServerFrame frame) {
      line.answer(HyperliquidJson.text(frame.json()));
    }

    void greet() {
      line.answer(ServerFrame.GREETING);
    }

    /** A frame of a subscription: subject to injected faults. */
    void push(ServerFrame frame) {
      line.push(HyperliquidJson.text(frame.json()));
    }

    boolean isClosed() {
      return line.isClosed();
    }

    void close() {
      line.close();
    }
  }
}
