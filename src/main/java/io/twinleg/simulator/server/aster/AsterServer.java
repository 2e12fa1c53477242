package io.twinleg.simulator.server.aster;

import io.javalin.Javalin;
import io.javalin.http.HandlerType;
import io.javalin.websocket.WsConfig;
import io.javalin.websocket.WsContext;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.Usd;
import io.twinleg.simulator.AccountId;
import io.twinleg.simulator.Exchange;
import io.twinleg.simulator.server.common.ErrorHandler;
import io.twinleg.simulator.server.common.ExchangeLoop;
import io.twinleg.simulator.server.common.HttpFaults;
import io.twinleg.simulator.server.common.OutboundQueue;
import io.twinleg.wire.aster.AsterJson;
import io.twinleg.wire.aster.request.ApiRequest.AuthType;
import io.twinleg.wire.aster.request.HmacKey;
import java.math.BigDecimal;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Our exchange with Aster's API, spot and futures on one port: {@code /api}, {@code /fapi} and the
 * streams under {@code /ws} and {@code /stream}. Only this machine reaches it.
 */
public final class AsterServer implements AutoCloseable {
  /** The chain id that V3 signatures here are made for: the testnet's. */
  public static final long CHAIN_ID = 714;

  private static final String LOOPBACK = "127.0.0.1";
  private static final List<HandlerType> METHODS =
      List.of(HandlerType.GET, HandlerType.POST, HandlerType.PUT, HandlerType.DELETE);

  private final ExchangeLoop paced;
  private final HttpFaults faults;
  private final BigDecimal speed;
  private final AsterAccountRegistry members = new AsterAccountRegistry();
  private final Services services;
  private final Javalin web;

  /** What serves the requests. Made and used on the exchange's thread. */
  private record Services(
      Exchange exchange,
      RequestRouter router,
      Authenticator authenticator,
      RequestCounter counter) {}

  public AsterServer(ExchangeLoop paced, FaultHook wire) {
    this.paced = paced;
    faults = wire.faults();
    speed = paced.speed();
    SecureRandom random = new SecureRandom();
    services =
        paced.call(exchange ->
            new Services(
                exchange,
                new RequestRouter(exchange, random::nextLong, faults),
                authenticator(exchange),
                new RequestCounter(exchange, wire)));
    HttpEndpoint endpoint = new HttpEndpoint(faults, this::serve);
    web =
        Javalin.create(config -> {
          config.startup.showJavalinBanner = false;
          ErrorHandler.register(config);
          METHODS.forEach(method -> config.routes.addHttpHandler(method, "/*", endpoint::serve));
          for (Socket socket : Socket.values()) {
            config.routes.ws(socket.path, ws -> listen(ws, socket));
          }
        });
  }

  private Authenticator authenticator(Exchange exchange) {
    return new Authenticator(
        members,
        List.of(
            new Authenticator.Dial(exchange::now, speed),
            new Authenticator.Dial(InstantSource.system(), BigDecimal.ONE)),
        CHAIN_ID);
  }

  /** Opens the port; 0 takes a free one. Returns the port. */
  public int start(int port) {
    web.start(LOOPBACK, port);
    return web.port();
  }

  public int port() {
    return web.port();
  }

  // ---- accounts

  public void fund(HmacKey key, Usd spot, Usd perp) {
    AccountId account = account(key.apiKey());
    open(account, spot, perp, () -> members.add(key, account));
  }

  public void fund(String user, Usd spot, Usd perp) {
    AccountId account = account(user);
    open(account, spot, perp, () -> members.add(user, account));
  }

  /**
   * What the exchange calls the account of a key or a wallet: its namesake elsewhere is another.
   */
  public static AccountId account(String who) {
    return new AccountId("aster " + who.toLowerCase(Locale.ROOT));
  }

  private void open(AccountId account, Usd spot, Usd perp, Runnable register) {
    paced.call(exchange -> {
      // this server checks the least value of an order itself
      exchange.admin().open(account, spot, perp, AsterInstruments.FEES, Usd.ZERO);
      register.run();
      services.router.connect(account);
      return account;
    });
  }

  public void approve(String user, String agent) {
    paced.call(exchange -> {
      members.approve(user, agent);
      return agent;
    });
  }

  /** How far from this exchange's clock a V3 nonce may be dated. */
  public void setNonceWindow(Duration window) {
    paced.call(exchange -> {
      services.authenticator.setNonceWindow(window);
      return window;
    });
  }

  // ---- requests

  private Response serve(AsterRequest request) {
    return paced.call(exchange -> services.counter.serve(request, () -> reply(request)));
  }

  private AsterReply.AuthenticatedReply reply(AsterRequest request) {
    AuthType security = AsterRequest.Routes.security(request);
    if (security == AuthType.PUBLIC) {
      return new AsterReply.AuthenticatedReply(Optional.empty(), open(request));
    }
    AccountId account = services.authenticator.admit(request, security);
    if (AsterRequest.Routes.isPlacing(request)) {
      services.counter.requireOrderRate(account, request.leg());
    }
    AsterReply reply =
        security == AuthType.STREAM
            ? services.router.stream(request, account)
            : services.router.signed(request, account);
    return new AsterReply.AuthenticatedReply(Optional.of(account), reply);
  }

  private AsterReply open(AsterRequest request) {
    return switch (request.resource()) {
      case "ping" -> AsterReply.of(AsterJson.object());
      case "time" -> services.router.time(speed);
      default -> services.router.open(request);
    };
  }

  // ---- streams

  private void listen(WsConfig ws, Socket socket) {
    ws.onConnect(context -> {
      context.enableAutomaticPings();
      StreamHub.Listener listener = new StreamSession(context, faults);
      context.attribute("listener", listener);
      List<String> names = socket.names(context);
      paced.call(exchange -> {
        services.router.streams().join(listener, socket.leg, names, socket.wrapped);
        return listener;
      });
    });
    ws.onMessage(context ->
        paced.call(exchange -> {
          StreamHub.StreamControl.handle(
              services.router.streams(),
              context.attribute("listener"),
              socket.leg,
              context.message());
          return context;
        }));
    ws.onClose(context ->
        paced.call(exchange -> {
          services.router.streams().leave(context.attribute("listener"));
          return context;
        }));
  }

  /** One WebSocket connection of a stream client. */
  private static final class StreamSession implements StreamHub.Listener {
    private final OutboundQueue queue;

    StreamSession(WsContext context, HttpFaults faults) {
      queue = new OutboundQueue(new SocketChannel(context), faults);
    }

    @Override
    public void answer(String text) {
      queue.answer(text);
    }

    @Override
    public void push(String text) {
      queue.push(text);
    }

    @Override
    public void close() {
      queue.close();
    }
  }

  private record SocketChannel(WsContext context) implements OutboundQueue.Channel {
    @Override
    public void send(String text) {
      if (context.session.isOpen()) {
        context.send(text);
      }
    }

    @Override
    public void close() {
      context.closeSession();
    }
  }

  /** Futures and spot have hosts of their own on the venue, and paths of their own here. */
  private enum Socket {
    FUTURES("/fapi/ws/{stream}", Leg.PERP, false),
    FUTURES_MANY("/fapi/stream", Leg.PERP, true),
    SPOT("/api/ws/{stream}", Leg.SPOT, false),
    SPOT_MANY("/api/stream", Leg.SPOT, true),
    PLAIN("/ws/{stream}", Leg.PERP, false),
    PLAIN_MANY("/stream", Leg.PERP, true);

    private final String path;
    private final Leg leg;
    private final boolean wrapped;

    Socket(String path, Leg leg, boolean wrapped) {
      this.path = path;
      this.leg = leg;
      this.wrapped = wrapped;
    }

    List<String> names(WsContext context) {
      if (!wrapped) {
        return List.of(context.pathParam("stream"));
      }
      return Optional.ofNullable(context.queryParam("streams"))
          .map(names -> Arrays.asList(names.split("/")))
          .orElse(List.of());
    }
  }

  // ---- injected faults

  /** As an hour without a keepalive does. */
  public void expireListenKeys() {
    paced.call(exchange -> {
      services.router.streams().expireAll();
      return services;
    });
  }

  public void cutStreams() {
    paced.call(exchange -> {
      services.router.streams().cutAll();
      return services;
    });
  }

  @Override
  public void close() {
    web.stop();
  }
}
