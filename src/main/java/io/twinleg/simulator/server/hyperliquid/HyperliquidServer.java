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
import io.twinleg.simulator.server.hyperliquid.RestEndpoint.Reply;
import io.twinleg.simulator.server.hyperliquid.WebSocketEndpoint.ClientSession;
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

/** Our exchange with Hyperliquid's API. Only this machine reaches it. */
public final class HyperliquidServer implements AutoCloseable {
  private static final String LOOPBACK = "127.0.0.1";
  private static final Duration BEAT = Duration.ofMillis(500);

  /** However fast the exchange's clock runs, frames are not published more often than this. */
  private static final Duration BEAT_REAL = Duration.ofMillis(50);

  private static final Duration IDLE = Duration.ofSeconds(60);
  private static final String SESSION = "session";

  private final ExchangeLoop paced;
  private final HttpFaults faults;
  private final HyperliquidAccountRegistry members = new HyperliquidAccountRegistry();
  private final Services services;
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
    services = paced.call(exchange -> new Services(exchange, paced, members, faults, listed));
    paced.call(exchange -> {
      exchange.subscribe(new Turns(services));
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
    services.streams.beat(services.info);
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
      return services.context.open(address, spot, perp);
    });
  }

  /** One pool of collateral, with the margin of positions in what is held of the quote. */
  public void unify(String address) {
    setAbstraction(address, HyperliquidAccountRegistry.Abstraction.UNIFIED);
  }

  /** As {@link #unify}, with the reserve stated apart. */
  public void usePortfolioMargin(String address) {
    setAbstraction(address, HyperliquidAccountRegistry.Abstraction.PORTFOLIO_MARGIN);
  }

  private void setAbstraction(String address, HyperliquidAccountRegistry.Abstraction abstraction) {
    paced.call(exchange -> {
      members.setAbstraction(address, abstraction);
      return address;
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

  /** What was received so far, whatever became of it. */
  public record Visits(long questions, long actions, long connections) {}

  public Visits visits() {
    return new Visits(questions.get(), actions.get(), connections.get());
  }

  private void info(Context context) {
    questions.incrementAndGet();
    serve(
        context,
        () -> CompletableFuture.completedFuture(services.rest.info(context.body(), context.ip())));
  }

  private void exchange(Context context) {
    actions.incrementAndGet();
    serve(context, () -> services.rest.exchange(context.body(), context.ip()));
  }

  private void serve(Context context, Supplier<CompletableFuture<Reply>> work) {
    if (!isJson(context)) {
      send(context, Reply.WRONG_CONTENT);
      return;
    }
    Passage passage = faults.request();
    pause(passage.delayMs());
    switch (passage.trouble()) {
      case THROTTLE -> send(context, Reply.TOO_MANY);
      case SERVER_ERROR -> send(context, Reply.BROKEN);
      case DROP_BEFORE -> hangUp(context);
      case NONE, DROP_AFTER, TRUNCATE ->
          context.future(() ->
              work.get()
                  .exceptionally(failed -> Reply.FAILED)
                  .thenAccept(reply -> answer(context, reply, passage.trouble())));
    }
  }

  private static boolean isJson(Context context) {
    String type = Optional.ofNullable(context.contentType()).orElse("");
    String bare = type.toLowerCase(Locale.ROOT).split(";", 2)[0].strip();
    return bare.equals(Reply.JSON) || (bare.startsWith("application/") && bare.endsWith("+json"));
  }

  private static void pause(long delayMs) {
    try {
      TimeUnit.MILLISECONDS.sleep(delayMs);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void answer(Context context, Reply reply, Trouble trouble) {
    if (trouble == Trouble.DROP_AFTER) {
      hangUp(context);
    } else {
      send(context, trouble == Trouble.TRUNCATE ? reply.half() : reply);
    }
  }

  private static void send(Context context, Reply reply) {
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
        services.streams.join(session);
        return session;
      });
    });
    ws.onMessage(context -> {
      ClientSession session = context.attribute(SESSION);
      if (session != null) {
        services.webSocket.onMessage(session, context.message(), LOOPBACK);
      }
    });
    ws.onClose(context -> {
      ClientSession session = context.attribute(SESSION);
      if (session != null) {
        paced.call(exchange -> {
          services.streams.leave(session);
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

  /** An injected fault: every connection is cut now. */
  public void cutStreams() {
    paced.call(exchange -> {
      services.streams.cutAll();
      return exchange;
    });
  }

  private record Turns(Services services) implements MarketListener {
    @Override
    public void turnEnded(Instant now) {
      services.triggers.turned(services.orders::submit);
    }

    @Override
    public void settled(InstrumentId perp, FundingHour funding) {}

    @Override
    public void statusChanged(InstrumentId instrument, boolean delisted, boolean halted) {}
  }

  /** What serves the requests. Made and used on the exchange's thread. */
  private static final class Services {
    private final SubscriptionHub streams;
    private final ServerContext context;
    private final Triggers triggers;
    private final HyperliquidOrderHandler orders;
    private final InfoHandler info;
    private final RestEndpoint rest;
    private final WebSocketEndpoint webSocket;

    Services(
        Exchange exchange,
        ExchangeLoop paced,
        HyperliquidAccountRegistry members,
        HttpFaults faults,
        List<Instrument> listed) {
      Universe universe = new Universe(listed);
      HyperliquidOrderLog log = new HyperliquidOrderLog(exchange);
      MarketHistory tape = new MarketHistory();
      streams = new SubscriptionHub(exchange, universe, tape, faults);
      context = new ServerContext(exchange, universe, members, log, streams);
      triggers = new Triggers(exchange);
      orders = new HyperliquidOrderHandler(context, triggers);
      CancelReplaceHandler cancels = new CancelReplaceHandler(context, orders, triggers);
      info = new InfoHandler(paced, context, tape);
      streams.setInfo(info);
      RequestAuthenticator authenticator =
          new RequestAuthenticator(context, InstantSource.system());
      ActionHandler actions = new ActionHandler(context, orders, cancels);
      rest = new RestEndpoint(paced, info, authenticator, actions);
      webSocket = new WebSocketEndpoint(paced, context, streams, info, rest);
    }
  }

  @Override
  public void close() {
    web.stop();
  }
}
