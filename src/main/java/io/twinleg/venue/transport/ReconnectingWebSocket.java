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
import org.jspecify.annotations.Nullable;

/**
 * A WebSocket that is opened again whenever it breaks, after jittered waits that grow. It pings,
 * and takes a silent connection for dead. Subscriptions are not kept here: the listener subscribes
 * in each {@link Listener#onOpened}. All call-backs come on this socket's one thread, so that a
 * listener needs no locks between its own methods.
 */
public final class ReconnectingWebSocket implements AutoCloseable {
  /**
   * @param ping text to send this often; empty sends a ping of the WebSocket protocol
   * @param silence time without any frame after which the connection is dead
   */
  public record Heartbeat(Optional<String> ping, Duration every, Duration silence) {}

  /** Called on the socket's thread. */
  public interface Listener {
    void onOpened();

    /** One whole message, joined from its partial frames. */
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

  // Touched on this socket's thread only.
  private @Nullable WebSocketConnection current;
  private boolean closed;

  public ReconnectingWebSocket(
      URI address, Heartbeat heartbeat, Backoff backoff, Listener listener) {
    this(() -> address, heartbeat, backoff, listener);
  }

  /**
   * @param address evaluated at each connection, on this socket's thread; a {@link VenueException}
   *     from it counts as a failed connection
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
          if (current != null) {
            keepAlive(current);
          }
          every(pause);
        });
  }

  /**
   * Runs on this socket's thread, between frames: the way in which other threads reach the
   * listener's state.
   */
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
   * An exception of a listener ends the connection, not the thread: it is reported as the reason,
   * and the socket connects again.
   */
  private void guarded(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException error) {
      drop("could not be read: " + error);
    }
  }

  private void connect() {
    if (closed) {
      return;
    }
    WebSocketConnection connection = new WebSocketConnection(this);
    current = connection;
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
            .whenComplete((socket, failure) -> {
              if (failure != null) {
                execute(() -> lost(connection, "no connection"));
              }
            });
  }

  // ---- called by the connection, on this socket's thread

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
      current = null;
      listener.onLost(why);
      schedule(backoff.next(), this::connect);
    }
  }

  private boolean isCurrent(WebSocketConnection connection) {
    return connection.equals(current);
  }

  // ---- keep-alive

  private void keepAlive(WebSocketConnection connection) {
    if (connection.silence().compareTo(heartbeat.silence()) > 0) {
      drop("silent for " + heartbeat.silence().toMillis() + " ms");
    } else {
      connection.pingIfDue(heartbeat);
    }
  }

  private void drop(String why) {
    WebSocketConnection dead = current;
    if (dead != null) {
      dead.abort();
      lost(dead, why);
    }
  }

  /** Ends the connection; a new one is opened. */
  public void reopen(String why) {
    execute(() -> drop(why));
  }

  /** Sends a text if there is a connection; otherwise it is dropped. */
  public void send(String text) {
    execute(() -> {
      if (current != null) {
        current.send(text);
      }
    });
  }

  @Override
  public void close() {
    execute(() -> {
      closed = true;
      if (current != null) {
        current.abort();
      }
      current = null;
      thread.shutdown();
    });
    client.shutdownNow();
  }
}
