package io.hypercarry.exchange.aster;

import io.hypercarry.core.model.Leg;
import io.hypercarry.core.model.Usd;
import io.hypercarry.exchange.AccountId;
import io.hypercarry.exchange.Exchange;
import io.hypercarry.protocol.aster.HmacKey;
import io.hypercarry.protocol.aster.Json;
import io.hypercarry.protocol.aster.Security;
import io.javalin.Javalin;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.websocket.WsConfig;
import io.javalin.websocket.WsContext;
import java.math.BigDecimal;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Aster's face of our exchange, spot and futures on one port: {@code /api}, {@code /fapi} and the
 * streams under {@code /ws} and {@code /stream}. Only this machine reaches it.
 */
public final class AsterFace implements AutoCloseable {
  /** The chain id that V3 signatures here are made for: the testnet's. */
  public static final long CHAIN_ID = 714;

  private static final String LOOPBACK = "127.0.0.1";
  private static final List<HandlerType> METHODS =
      List.of(HandlerType.GET, HandlerType.POST, HandlerType.PUT, HandlerType.DELETE);

  private final Turnstile exchangeThread;
  private final Exchange exchange;
  private final Desks desks;
  private final Members members = new Members();
  private final Doorman doorman;
  private final Counter counter;
  private final BigDecimal speed;
  private final Javalin web;

  /**
   * @param speed of the exchange's clock against the wall's
   */
  public AsterFace(Turnstile exchangeThread, Exchange exchange, BigDecimal speed, Wire wire) {
    this.exchangeThread = exchangeThread;
    this.exchange = exchange;
    this.speed = speed;
    SecureRandom random = new SecureRandom();
    desks = exchangeThread.pass(() -> new Desks(exchange, random::nextLong));
    doorman =
        new Doorman(
            members,
            List.of(
                new Doorman.Dial(exchange::now, speed),
                new Doorman.Dial(InstantSource.system(), BigDecimal.ONE)),
            CHAIN_ID);
    counter = new Counter(exchange, wire);
    web =
        Javalin.create(config -> {
          config.startup.showJavalinBanner = false;
          METHODS.forEach(method -> config.routes.addHttpHandler(method, "/*", this::serve));
          for (Socket socket : Socket.values()) {
            config.routes.ws(socket.path, ws -> listen(ws, socket));
          }
        });
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
    AccountId account = new AccountId(key.apiKey());
    open(account, spot, perp, () -> members.add(key, account));
  }

  public void fund(String user, Usd spot, Usd perp) {
    AccountId account = new AccountId(user.toLowerCase(Locale.ROOT));
    open(account, spot, perp, () -> members.add(user, account));
  }

  private void open(AccountId account, Usd spot, Usd perp, Runnable register) {
    exchangeThread.pass(() -> {
      exchange.backOffice().open(account, spot, perp);
      register.run();
      desks.connect(account);
      return account;
    });
  }

  public void approve(String user, String agent) {
    exchangeThread.pass(() -> {
      members.approve(user, agent);
      return agent;
    });
  }

  // ---- requests

  private void serve(Context context) {
    Optional<Incoming> request =
        Incoming.of(
            context.method().name(),
            context.path(),
            Optional.ofNullable(context.queryString()).orElse(""),
            context.body(),
            Optional.ofNullable(context.header("X-MBX-APIKEY")));
    if (request.isEmpty()) {
      context.status(404).contentType("text/html").result("<html>not found</html>");
      return;
    }
    Response response =
        exchangeThread.pass(() -> counter.serve(request.get(), () -> reply(request.get())));
    context.status(response.status()).contentType(response.type()).result(response.body());
    response.headers().forEach(context::header);
  }

  private Admitted reply(Incoming request) {
    Security security = Routes.security(request);
    if (security == Security.PUBLIC) {
      return new Admitted(Optional.empty(), open(request));
    }
    AccountId account = doorman.admit(request, security);
    Reply reply =
        security == Security.STREAM
            ? desks.stream(request, account)
            : desks.signed(request, account);
    return new Admitted(Optional.of(account), reply);
  }

  private Reply open(Incoming request) {
    return switch (request.resource()) {
      case "ping" -> Reply.of(Json.object());
      case "time" -> desks.time(speed);
      default -> desks.open(request);
    };
  }

  // ---- streams

  private void listen(WsConfig ws, Socket socket) {
    ws.onConnect(context -> {
      context.enableAutomaticPings();
      Streams.Listener listener = new Listening(context);
      context.attribute("listener", listener);
      List<String> names = socket.names(context);
      exchangeThread.pass(() -> {
        desks.streams().join(listener, socket.leg, names, socket.wrapped);
        return listener;
      });
    });
    ws.onMessage(context ->
        exchangeThread.pass(() -> {
          StreamControl.obey(
              desks.streams(), context.attribute("listener"), socket.leg, context.message());
          return context;
        }));
    ws.onClose(context ->
        exchangeThread.pass(() -> {
          desks.streams().leave(context.attribute("listener"));
          return context;
        }));
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

  private record Listening(WsContext context) implements Streams.Listener {
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

  // ---- trouble on purpose

  /** As an hour without keeping them does. */
  public void expireListenKeys() {
    exchangeThread.pass(() -> {
      desks.streams().expireAll();
      return desks;
    });
  }

  public void cutStreams() {
    exchangeThread.pass(() -> {
      desks.streams().cutAll();
      return desks;
    });
  }

  @Override
  public void close() {
    web.stop();
  }
}
