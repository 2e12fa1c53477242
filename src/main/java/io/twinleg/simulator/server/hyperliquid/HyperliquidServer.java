package io.twinleg.simulator.server.hyperliquid;

import io.javalin.Javalin;
import io.javalin.http.Context;
import io.javalin.websocket.WsConfig;
import io.javalin.websocket.WsContext;
import io.twinleg.core.model.FundingHour;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.Usd;
import io.twinleg.simulator.AccountId;
import io.twinleg.simulator.Exchange;
import io.twinleg.simulator.MarketListener;
import io.twinleg.simulator.server.common.ConnectionAborter;
import io.twinleg.simulator.server.common.ErrorHandler;
import io.twinleg.simulator.server.common.ExchangeLoop;
import io.twinleg.simulator.server.common.HttpFaults;
import io.twinleg.simulator.server.common.HttpFaults.Passage;
import io.twinleg.simulator.server.common.HttpFaults.Trouble;
import io.twinleg.simulator.server.common.OutboundQueue;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** Hyperliquid's face of our exchange. Only this machine reaches it. */
public final class HyperliquidServer implements AutoCloseable {
  private static final String LOOPBACK = "127.0.0.1";
  private static final Duration BEAT = Duration.ofMillis(500);

  /** However fast the exchange lives, nobody is told more often than this. */
  private static final Duration BEAT_REAL = Duration.ofMillis(50);

  private static final Duration IDLE = Duration.ofSeconds(60);
  private static final String SESSION = "session";

  private final ExchangeLoop paced;
  private final HttpFaults faults;
  private final HyperliquidAccountRegistry members = new HyperliquidAccountRegistry();
  private final Desks desks;
  private final Javalin web;
  private final AtomicLong questions = new AtomicLong();
  private final AtomicLong actions = new AtomicLong();
  private final AtomicLong connections = new AtomicLong();

  /** With everything that the exchange trades. */
  public HyperliquidServer(ExchangeLoop paced, HttpFaults faults) {
    this(paced, faults, paced.call(Exchange::instruments));
  }

  /**
   * @param listed what this venue lists of it, by its own rules
   */
  public HyperliquidServer(ExchangeLoop paced, HttpFaults faults, List<Instrument> listed) {
    this.paced = paced;
    this.faults = faults;
    desks = paced.call(exchange -> new Desks(exchange, paced, members, faults, listed));
    paced.call(exchange -> {
      exchange.subscribe(new Turns(desks));
      beat(exchange);
      return exchange;
    });
    web =
        Javalin.create(config -> {
          config.startup.showJavalinBanner = false;
          ErrorHandler.register(config);
          config.jetty.modifyWebSocketServletFactory(factory -> factory.setIdleTimeout(IDLE));
          config.routes.post("/info", this::info);
          config.routes.post("/exchange", this::exchange);
          config.routes.ws("/ws", this::listen);
        });
  }

  private void beat(Exchange exchange) {
    desks.streams.beat(desks.info);
    long real = paced.speed().multiply(BigDecimal.valueOf(BEAT_REAL.toMillis())).longValue();
    Duration step = Duration.ofMillis(Math.max(BEAT.toMillis(), real));
    exchange.at(exchange.now().plus(step), () -> beat(exchange));
  }

  /** Opens the port; 0 takes a free one. Returns the port. */
  public int start(int port) {
    web.start(LOOPBACK, port);
    return web.port();
  }

  // ---- accounts

  /** Opens an account with so much in its two wallets. */
  public void fund(String address, Usd spot, Usd perp) {
    paced.call(exchange -> {
      return desks.clients.open(address, spot, perp);
    });
  }

  /** Lets another address sign for an account that is open. */
  public void approve(String account, String agent) {
    paced.call(exchange -> {
      AccountId master = members.find(account).orElseThrow();
      members.approve(
          new HyperliquidAccountRegistry.Agent(
              agent.toLowerCase(Locale.ROOT), agent, master, Optional.empty()));
      return master;
    });
  }

  // ---- requests

  /** What has come to the door so far, whatever became of it. */
  public record Visits(long questions, long actions, long connections) {}

  public Visits visits() {
    return new Visits(questions.get(), actions.get(), connections.get());
  }

  private void info(Context context) {
    questions.incrementAndGet();
    serve(
        context,
        () ->
            CompletableFuture.completedFuture(desks.infoDoor.handle(context.body(), context.ip())));
  }

  private void exchange(Context context) {
    actions.incrementAndGet();
    serve(context, () -> desks.actionDoor.handle(context.body(), context.ip()));
  }

  private void serve(Context context, Supplier<CompletableFuture<HyperliquidReply>> work) {
    if (!isJson(context)) {
      send(context, HyperliquidReply.WRONG_CONTENT);
      return;
    }
    Passage passage = faults.request();
    pause(passage.delayMs());
    switch (passage.trouble()) {
      case THROTTLE -> send(context, HyperliquidReply.TOO_MANY);
      case SERVER_ERROR -> send(context, HyperliquidReply.BROKEN);
      case DROP_BEFORE -> hangUp(context);
      case NONE, DROP_AFTER, TRUNCATE ->
          context.future(() ->
              work.get()
                  .exceptionally(failed -> HyperliquidReply.FAILED)
                  .thenAccept(reply -> answer(context, reply, passage.trouble())));
    }
  }

  private static boolean isJson(Context context) {
    String type = Optional.ofNullable(context.contentType()).orElse("");
    String bare = type.toLowerCase(Locale.ROOT).split(";", 2)[0].strip();
    return bare.equals(HyperliquidReply.JSON)
        || (bare.startsWith("application/") && bare.endsWith("+json"));
  }

  private static void pause(long delayMs) {
    try {
      TimeUnit.MILLISECONDS.sleep(delayMs);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void answer(Context context, HyperliquidReply reply, Trouble trouble) {
    if (trouble == Trouble.DROP_AFTER) {
      hangUp(context);
    } else {
      send(context, trouble == Trouble.TRUNCATE ? reply.half() : reply);
    }
  }

  private static void send(Context context, HyperliquidReply reply) {
    context.status(reply.status()).contentType(reply.type()).result(reply.body());
  }

  /** The connection ends without a word. */
  private static void hangUp(Context context) {
    ConnectionAborter.cut(context.req());
  }

  // ---- streams

  private void listen(WsConfig ws) {
    ws.onConnect(context -> {
      connections.incrementAndGet();
      ClientSession session = new ClientSession(new Line(context), faults);
      context.attribute(SESSION, session);
      session.greet();
      paced.call(exchange -> {
        desks.streams.join(session);
        return session;
      });
    });
    ws.onMessage(context -> {
      ClientSession session = context.attribute(SESSION);
      if (session != null) {
        desks.socketDoor.hear(session, context.message(), LOOPBACK);
      }
    });
    ws.onClose(context -> {
      ClientSession session = context.attribute(SESSION);
      if (session != null) {
        paced.call(exchange -> {
          desks.streams.leave(session);
          return session;
        });
      }
    });
  }

  private record Line(WsContext context) implements OutboundQueue.Channel {
    @Override
    public void send(String text) {
      if (context.session.isOpen()) {
        context.send(text);
      }
    }

    @Override
    public void close() {
      context.closeSession(1000, "Inactive");
    }
  }

  /** Trouble on purpose: every connection is cut now. */
  public void cutStreams() {
    paced.call(exchange -> {
      desks.streams.cutAll();
      return exchange;
    });
  }

  private record Turns(Desks desks) implements MarketListener {
    @Override
    public void turnEnded(Instant now) {
      desks.triggers.turned(desks.orders::submit);
    }

    @Override
    public void settled(InstrumentId perp, FundingHour funding) {}

    @Override
    public void statusChanged(InstrumentId instrument, boolean delisted, boolean halted) {}
  }

  /** Who sits where. Made and used on the exchange's thread. */
  private static final class Desks {
    private final SubscriptionHub streams;
    private final AccountHistories books;
    private final ServerContext clients;
    private final Triggers triggers;
    private final HyperliquidOrderHandler orders;
    private final InfoHandler info;
    private final InfoEndpoint infoDoor;
    private final ExchangeEndpoint actionDoor;
    private final WebSocketEndpoint socketDoor;

    Desks(
        Exchange exchange,
        ExchangeLoop paced,
        HyperliquidAccountRegistry members,
        HttpFaults faults,
        List<Instrument> listed) {
      Universe universe = new Universe(listed);
      HyperliquidOrderLog log = new HyperliquidOrderLog(exchange);
      MarketHistory tape = new MarketHistory();
      streams = new SubscriptionHub(exchange, universe, tape, faults);
      books = new AccountHistories(exchange, universe, log, streams);
      triggers = new Triggers(exchange);
      orders = new HyperliquidOrderHandler(exchange, universe, log, books, triggers);
      CancelHandler cancels = new CancelHandler(exchange, log, books, triggers);
      info = new InfoHandler(paced, exchange, universe, members, log, books, tape);
      streams.inform(info);
      RequestWeights weights = new RequestWeights(paced::nanos);
      RequestAuthenticator gate =
          new RequestAuthenticator(exchange, InstantSource.system(), members, books);
      clients = new ServerContext(exchange, universe, members, books);
      ActionHandler actions =
          new ActionHandler(clients, orders, cancels, new ModifyHandler(log, orders, cancels));
      infoDoor = new InfoEndpoint(paced, weights, info);
      actionDoor = new ExchangeEndpoint(paced, weights, gate, actions);
      socketDoor =
          new WebSocketEndpoint(
              paced, universe, members, books, streams, info, infoDoor, actionDoor);
    }
  }

  @Override
  public void close() {
    web.stop();
  }
}
