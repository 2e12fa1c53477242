package io.twinleg.dashboard;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.javalin.http.sse.SseClient;
import io.twinleg.journal.JournalException;
import io.twinleg.journal.JournalLock;
import io.twinleg.journal.OperatorInbox;
import io.twinleg.runtime.JournalReplay.SettingsReader;
import io.twinleg.telemetry.JsonText;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The page over one journal, on 127.0.0.1 alone. It serves a fixed list of files, the state and its
 * changes; everything else is refused, and so is every request whose Host is not this server's own
 * (another site's name that was made to lead here). Acting needs a token that only the terminal
 * shows, and leaves a command in the journal's inbox.
 */
public final class DashboardServer implements AutoCloseable {
  public static final int DEFAULT_PORT = 8642;

  private static final String LOOPBACK = "127.0.0.1";
  private static final String JSON_TYPE = "application/json";
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Duration KEEP_ALIVE = Duration.ofSeconds(5);
  private static final int CLIENTS_MAX = 32;
  private static final int WRONG_TOKENS_MAX = 20;

  /** Of all connections: the runner in this process needs file descriptors for its venue. */
  public static final int CONNECTIONS_MAX = 100;

  /** Of a connection that sends nothing while no other is taken. */
  private static final Duration IDLE_WHEN_FULL = KEEP_ALIVE.multipliedBy(2);

  private static final int BODY_MAX = 1_000;

  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self';"
          + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "svg", "image/svg+xml",
          "woff2", "font/woff2");

  private static final Map<String, String> FILES = files();

  /** What a server serves. */
  public enum Content {
    /** The page; the metrics where {@code telemetry.metrics} is set. */
    PAGE,
    METRICS_ALONE
  }

  private final Path journal;
  private final Content content;
  private final PrometheusMetrics metrics;
  private final JournalFollower follower;
  private final boolean followsItself;
  private final String token = newToken();
  private final AtomicInteger wrongTokens = new AtomicInteger();
  private final AtomicInteger clients = new AtomicInteger();
  private final Javalin web;

  /**
   * @param journal need not exist yet
   * @param settings reads the configuration that each start wrote into the journal
   */
  public DashboardServer(
      Path journal, Content content, SettingsReader settings, InstantSource wall) {
    this.journal = journal;
    this.content = content;
    this.metrics = new PrometheusMetrics();
    this.follower = new JournalFollower(journal, settings, wall, metrics::acknowledged);
    this.followsItself = true;
    this.web = Javalin.create(this::configure);
  }

  private DashboardServer(DashboardServer page) {
    this.journal = page.journal;
    this.content = Content.METRICS_ALONE;
    this.metrics = page.metrics;
    this.follower = page.follower;
    this.followsItself = false;
    this.web = Javalin.create(this::configure);
  }

  /** The metrics on a port of their own, of what this one reads; it is closed before this one. */
  public DashboardServer metricsAlone() {
    return new DashboardServer(this);
  }

  private static Map<String, String> files() {
    Map<String, String> files = new LinkedHashMap<>();
    files.put("/", "index.html");
    for (String name :
        new String[] {
          "page.css",
          "page.js",
          "charts.js",
          "elements.js",
          "portfolio.js",
          "text.js",
          "uplot.js",
          "uplot.css",
          "inter.woff2",
          "icon.svg"
        }) {
      files.put("/" + name, name);
    }
    return files;
  }

  private void configure(JavalinConfig config) {
    config.startup.showJavalinBanner = false;
    config.http.maxRequestSize = BODY_MAX;
    config.jetty.modifyServer(server -> server.addBean(connectionLimit(server)));
    config.routes.before(this::guard);
    config.routes.error(404, context -> refuse(context, HttpStatus.NOT_FOUND, "no such page"));
    config.routes.get("/metrics", this::metrics);
    if (content == Content.METRICS_ALONE) {
      return;
    }
    FILES.forEach((path, name) -> {
      byte[] file = read(name);
      String type = TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), JSON_TYPE);
      config.routes.get(path, context -> context.contentType(type).result(file));
    });
    config.routes.get(
        "/state", context -> context.contentType(JSON_TYPE).result(follower.published().state()));
    config.routes.get(
        "/history",
        context -> context.contentType(JSON_TYPE).result(follower.published().history()));
    config.routes.sse("/changes", this::follow);
    config.routes.post("/act", this::act);
  }

  private static byte[] read(String name) {
    try (InputStream resource = DashboardServer.class.getResourceAsStream("/dashboard/" + name)) {
      if (resource == null) {
        throw new IllegalStateException("the program was built without dashboard/" + name);
      }
      return resource.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Opens the port; 0 takes a free one. Returns the port. */
  public int start(int port) {
    if (followsItself) {
      follower.start(); // reads while the port is opened
    }
    web.start(LOOPBACK, port);
    return web.port();
  }

  /** What acting needs; shown in the terminal and nowhere else. */
  public String token() {
    return token;
  }

  private static String newToken() {
    String letters = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    SecureRandom random = new SecureRandom();
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 16; i++) {
      text.append(i > 0 && i % 4 == 0 ? "-" : "");
      text.append(letters.charAt(random.nextInt(letters.length())));
    }
    return text.toString();
  }

  // ---- what every request passes

  private void guard(Context context) {
    context.header("Content-Security-Policy", POLICY);
    context.header("X-Content-Type-Options", "nosniff");
    context.header("X-Frame-Options", "DENY");
    context.header("Referrer-Policy", "no-referrer");
    context.header("Cross-Origin-Resource-Policy", "same-origin");
    context.header("Cache-Control", "no-store");
    if (!isOurs(Optional.ofNullable(context.header("Host")).orElse(""))) {
      refuse(context, HttpStatus.MISDIRECTED_REQUEST, "this server is another's name");
      context.skipRemainingHandlers();
    } else if (isFromAnotherSite(context)) {
      refuse(context, HttpStatus.FORBIDDEN, "the request came from another site");
      context.skipRemainingHandlers();
    }
  }

  /** A browser says so by either header; a program that reads the metrics sends neither. */
  private boolean isFromAnotherSite(Context context) {
    String origin = context.header("Origin");
    return "cross-site".equals(context.header("Sec-Fetch-Site"))
        || (origin != null && !isOurOrigin(origin));
  }

  private boolean isOurOrigin(String origin) {
    return origin.startsWith("http://") && isOurs(origin.substring("http://".length()));
  }

  /** What is above it waits, unaccepted, until another connection has ended. */
  private static NetworkConnectionLimit connectionLimit(Server server) {
    NetworkConnectionLimit limit = new NetworkConnectionLimit(CONNECTIONS_MAX, server);
    limit.setEndPointIdleTimeout(IDLE_WHEN_FULL.toMillis());
    return limit;
  }

  private boolean isOurs(String host) {
    return host.equals(LOOPBACK + ":" + web.port()) || host.equals("localhost:" + web.port());
  }

  private static void refuse(Context context, HttpStatus status, String sentence) {
    context.status(status).contentType(JSON_TYPE).result(JsonText.of(Map.of("refused", sentence)));
  }

  /** On the page's port where {@code telemetry.metrics} was set at the last start of the run. */
  private void metrics(Context context) {
    JsonNode state = JSON.readTree(follower.published().state());
    boolean isOn =
        content == Content.METRICS_ALONE || state.path("run").path("metrics").asBoolean(false);
    if (isOn && state.has("run")) {
      context.contentType("text/plain; version=0.0.4; charset=utf-8").result(metrics.scrape(state));
    } else {
      refuse(
          context,
          HttpStatus.SERVICE_UNAVAILABLE,
          isOn
              ? "no metrics yet: the journal is being read"
              : "no metrics: set telemetry.metrics to true, or start the run with --metrics");
    }
  }

  // ---- changes

  /** Each client has a thread of its own, so that a slow one delays no other. */
  private void follow(SseClient client) {
    if (clients.incrementAndGet() > CLIENTS_MAX) {
      clients.decrementAndGet();
      client.close();
      return;
    }
    client.keepAlive();
    Thread.ofVirtual().name("dashboard-client").start(() -> send(client));
  }

  private void send(SseClient client) {
    try {
      long version = 0; // of nothing: the page shows that it is read until there is more
      while (!client.terminated()) {
        JournalFollower.Published next = follower.awaitAfter(version, KEEP_ALIVE);
        if (next.version() > version) {
          client.sendEvent("state", next.state());
          version = next.version();
        } else {
          client.sendComment("still here");
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      clients.decrementAndGet();
      client.close();
    }
  }

  // ---- acting

  private void act(Context context) {
    String origin = Optional.ofNullable(context.header("Origin")).orElse("");
    if (!isOurOrigin(origin)) {
      refuse(context, HttpStatus.FORBIDDEN, "the request came from another site");
    } else if (!JSON_TYPE.equals(context.contentType())) {
      refuse(context, HttpStatus.UNSUPPORTED_MEDIA_TYPE, "expected " + JSON_TYPE);
    } else if (wrongTokens.get() >= WRONG_TOKENS_MAX) {
      refuse(
          context,
          HttpStatus.FORBIDDEN,
          "too many wrong tokens: acting from the page is off until it is started again");
    } else if (!isToken(Optional.ofNullable(context.header("X-Twinleg-Token")).orElse(""))) {
      wrongTokens.incrementAndGet();
      refuse(
          context, HttpStatus.FORBIDDEN, "the token is wrong: the terminal showed it at the start");
    } else {
      put(context);
    }
  }

  private boolean isToken(String given) {
    String bare = given.strip().toUpperCase(Locale.ROOT);
    return MessageDigest.isEqual(
        bare.getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8));
  }

  private void put(Context context) {
    JsonNode request;
    try {
      request = JSON.readTree(context.body());
    } catch (JacksonException unreadable) {
      refuse(context, HttpStatus.BAD_REQUEST, "expected a JSON object with a command");
      return;
    }
    String command = request.path("command").asString("");
    String argument = request.path("argument").asString("");
    Optional<String> objection = objection(command, argument);
    if (objection.isPresent()) {
      refuse(context, HttpStatus.BAD_REQUEST, objection.get());
      return;
    }
    try {
      OperatorInbox.put(journal, command, argument);
      context.contentType(JSON_TYPE).result(JsonText.of(Map.of("done", done(command))));
    } catch (JournalException failure) {
      refuse(context, HttpStatus.INTERNAL_SERVER_ERROR, String.valueOf(failure.getMessage()));
    }
  }

  private Optional<String> objection(String command, String argument) {
    return switch (command) {
      case "pause", "resume" ->
          argument.isEmpty()
              ? Optional.empty()
              : Optional.of(command + " takes no argument, and got " + argument);
      case "kill" ->
          argument.matches("[123]")
              ? Optional.empty()
              : Optional.of("kill level is '" + argument + "': expected 1, 2 or 3");
      case "flatten" ->
          JournalLock.isHeld(journal)
              ? Optional.empty()
              : Optional.of(
                  "no runner is running to close the position: say ./twinleg flatten --yes in the"
                      + " terminal, which starts one");
      default ->
          Optional.of("'" + command + "' is no command: expected pause, resume, flatten or kill");
    };
  }

  private String done(String command) {
    return JournalLock.isHeld(journal)
        ? command + ": sent to the runner"
        : command + ": no runner is running; it holds from its next start";
  }

  @Override
  public void close() {
    if (followsItself) {
      follower.close();
    }
    web.stop();
  }
}
