package io.twinleg.venue.transport;

import io.twinleg.venue.VenueException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * A WebSocket that is opened again whenever it breaks, with jittered waits that grow. It pings, and
 * holds a connection that stays silent for dead. What was subscribed to is not remembered here: the
 * listener subscribes anew each time it is told {@link Listener#opened}. Everything the listener is
 * told comes on this link's one thread, so it needs no locks between its own methods.
 */
public final class ReconnectingWebSocket implements AutoCloseable {
  /**
   * @param ping text to send so often: empty sends a ping of the WebSocket protocol instead
   * @param silence without any frame after which the connection is dead
   */
  public record Heartbeat(Optional<String> ping, Duration every, Duration silence) {}

  /** Told on the link's thread. */
  public interface Listener {
    void onOpened();

    /** One whole message, its partial frames put together. */
    void onFrame(String text);

    void onLost(String why);
  }

  private final Supplier<URI> address;
  private final Heartbeat heartbeat;
  private final Backoff backoff;
  private final Listener listener;
  private final HttpClient client = HttpClient.newHttpClient();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(ReconnectingWebSocket::daemon);

  // Touched on the link's thread only.
  private Optional<WebSocketConnection> current = Optional.empty();
  private boolean closed;

  public ReconnectingWebSocket(
      URI address, Heartbeat heartbeat, Backoff backoff, Listener listener) {
    this(() -> address, heartbeat, backoff, listener);
  }

  /**
   * @param address asked for anew at each connection, on this link's thread; where it throws a
   *     {@link VenueException}, that connection did not come about
   */
  public ReconnectingWebSocket(
      Supplier<URI> address, Heartbeat heartbeat, Backoff backoff, Listener listener) {
    this.address = address;
    this.heartbeat = heartbeat;
    this.backoff = backoff;
    this.listener = listener;
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "venue-stream");
    thread.setDaemon(true);
    return thread;
  }

  public void start() {
    execute(this::connect);
    long every = heartbeat.every().toNanos();
    every(Duration.ofNanos(Math.max(1, Math.min(every, heartbeat.silence().toNanos() / 4))));
  }

  private void every(Duration pause) {
    schedule(
        pause,
        () -> {
          current.ifPresent(this::keepAlive);
          every(pause);
        });
  }

  /** On this link's thread, between frames: how the listener's own state is reached from others. */
  public void execute(Runnable work) {
    schedule(Duration.ZERO, work);
  }

  public void schedule(Duration wait, Runnable work) {
    try {
      var unused = thread.schedule(() -> guarded(work), wait.toNanos(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      if (!thread.isShutdown()) {
        throw e;
      }
    }
  }

  /**
   * A mistake of ours ends the connection, not the thread: it is told, and the link starts over.
   */
  private void guarded(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException mistake) {
      drop("could not read it: " + mistake);
    }
  }

  private void connect() {
    if (closed) {
      return;
    }
    WebSocketConnection connection = new WebSocketConnection(this);
    current = Optional.of(connection);
    try {
      connect(connection, address.get());
    } catch (VenueException unknown) {
      lost(connection, String.valueOf(unknown.getMessage()));
    }
  }

  private void connect(WebSocketConnection connection, URI to) {
    var unused =
        client
            .newWebSocketBuilder()
            .connectTimeout(heartbeat.silence())
            .buildAsync(to, connection)
            .whenComplete((socket, trouble) -> {
              if (trouble != null) {
                execute(() -> lost(connection, "no connection"));
              }
            });
  }

  // ---- told by the connection, on the link's thread

  void opened(WebSocketConnection connection) {
    if (isCurrent(connection)) {
      listener.onOpened();
    }
  }

  void frame(WebSocketConnection connection, String text) {
    if (isCurrent(connection)) {
      backoff.reset();
      listener.onFrame(text);
    }
  }

  void lost(WebSocketConnection connection, String why) {
    if (isCurrent(connection)) {
      current = Optional.empty();
      listener.onLost(why);
      schedule(backoff.next(), this::connect);
    }
  }

  private boolean isCurrent(WebSocketConnection connection) {
    return current.filter(connection::equals).isPresent();
  }

  // ---- the heart beats

  private void keepAlive(WebSocketConnection connection) {
    if (connection.silence().compareTo(heartbeat.silence()) > 0) {
      drop("silent for " + heartbeat.silence().toMillis() + " ms");
    } else {
      connection.pingEvery(heartbeat);
    }
  }

  private void drop(String why) {
    Optional<WebSocketConnection> dead = current;
    dead.ifPresent(WebSocketConnection::abort);
    dead.ifPresent(connection -> lost(connection, why));
  }

  /** Breaks the connection: it will be opened anew. */
  public void reopen(String why) {
    execute(() -> drop(why));
  }

  /** Says something, if there is a connection: what is said to nobody is not kept. */
  public void send(String text) {
    execute(() -> current.ifPresent(connection -> connection.send(text)));
  }

  @Override
  public void close() {
    execute(() -> {
      closed = true;
      current.ifPresent(WebSocketConnection::abort);
      current = Optional.empty();
      thread.shutdown();
    });
    client.shutdownNow();
  }
}
