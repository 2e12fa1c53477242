package io.twinleg.alerts;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A service that takes alerts: real HTTP on loopback, with the answers that a test wants. */
public final class AlertReceiver implements AutoCloseable {
  /** What never comes fails. */
  private static final Duration MOST = Duration.ofSeconds(90);

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile Function<Request, Answer> answers = request -> Answer.OK;

  /** What came in. */
  public record Request(
      String method, String path, Map<String, List<String>> headers, String body) {
    public JsonNode json() {
      return JSON.readTree(body);
    }

    String header(String name) {
      return String.join(",", headers.getOrDefault(name, List.of()));
    }
  }

  /**
   * What goes out.
   *
   * @param silent nothing at all goes out: the client waits
   */
  public record Answer(int status, String body, Map<String, String> headers, boolean silent) {
    public static final Answer OK = of(200, "{\"ok\":true}");
    public static final Answer NEVER = new Answer(0, "", Map.of(), true);

    public static Answer of(int status, String body) {
      return new Answer(status, body, Map.of(), false);
    }
  }

  public AlertReceiver() {
    this(0);
  }

  /** On the port of one that was closed: the service is back. */
  public AlertReceiver(int port) {
    try {
      server =
          HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  private void handle(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    Request request =
        new Request(
            exchange.getRequestMethod(),
            exchange.getRequestURI().toString(),
            Map.copyOf(exchange.getRequestHeaders()),
            body);
    requests.add(request);
    Answer answer = answers.apply(request);
    if (answer.silent()) {
      try {
        closed.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      exchange.close();
      return;
    }
    answer.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
    byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
    if (bytes.length > 0) {
      exchange.getResponseBody().write(bytes);
    }
    exchange.close();
  }

  public AlertReceiver answering(Function<Request, Answer> wanted) {
    answers = wanted;
    return this;
  }

  public int port() {
    return server.getAddress().getPort();
  }

  public String site() {
    return "http://127.0.0.1:" + port();
  }

  public URI url(String path) {
    return URI.create(site() + path);
  }

  public List<Request> requests() {
    return List.copyOf(requests);
  }

  /** Of the requests to one path. */
  public List<Request> requests(String path) {
    return requests.stream().filter(each -> each.path().equals(path)).toList();
  }

  /** What a field of each message to a plain webhook says, in the order they came. */
  public List<String> texts(String path, String field) {
    return requests(path).stream().map(each -> each.json().path(field).asString()).toList();
  }

  /** Waits for what must come some time. */
  public static void await(String what, BooleanSupplier condition) throws InterruptedException {
    long until = System.nanoTime() + MOST.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > until) {
        throw new AssertionError("never came: " + what);
      }
      Thread.sleep(20);
    }
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
