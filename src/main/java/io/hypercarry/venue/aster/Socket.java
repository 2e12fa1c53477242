package io.hypercarry.venue.aster;

import io.hypercarry.protocol.aster.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/**
 * A stream that is kept open: after a loss it connects again, later each time and not all at one
 * instant, and says when it did, since what came meanwhile was missed.
 */
final class Socket implements AutoCloseable {
  private static final Duration FIRST_WAIT = Duration.ofMillis(250);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
  private static final Duration PING_EVERY = Duration.ofSeconds(15);
  private static final Duration PONG_WITHIN = Duration.ofSeconds(40);

  private final HttpClient http;
  private final Door door;
  private final Supplier<String> url;
  private final Consumer<JsonNode> heard;
  private final Runnable opened;
  private Optional<WebSocket> open = Optional.empty();
  private Duration wait = FIRST_WAIT;
  private long pongNanos;
  private int generation;
  private boolean closed;

  /**
   * @param url asked for anew at each connection, on the lane for questions
   */
  Socket(
      HttpClient http, Door door, Supplier<String> url, Consumer<JsonNode> heard, Runnable opened) {
    this.http = http;
    this.door = door;
    this.url = url;
    this.heard = heard;
    this.opened = opened;
  }

  Socket start() {
    door.handle(this::connect);
    door.every(PING_EVERY, this::ping);
    return this;
  }

  private void connect() {
    if (!closed) {
      door.ask(url, this::connect, fault -> later());
    }
  }

  private void connect(String to) {
    int mine = ++generation;
    var unused =
        http.newWebSocketBuilder()
            .connectTimeout(Duration.ofSeconds(5))
            .buildAsync(URI.create(to), new Ear(mine))
            .whenComplete((socket, trouble) ->
                door.handle(() -> {
                  if (trouble != null) {
                    lost(mine);
                  } else {
                    connected(socket);
                  }
                }));
  }

  private void connected(WebSocket socket) {
    if (closed) {
      socket.abort();
      return;
    }
    open = Optional.of(socket);
    wait = FIRST_WAIT;
    pongNanos = System.nanoTime();
    opened.run();
  }

  private void lost(int which) {
    if (which == generation && !closed) {
      open.ifPresent(WebSocket::abort);
      open = Optional.empty();
      generation++;
      later();
    }
  }

  /** Connects anew although the line is well: its name is valid no longer. */
  void renew() {
    lost(generation);
  }

  private void later() {
    long jitter = ThreadLocalRandom.current().nextLong(wait.toMillis());
    door.handleIn(wait.plusMillis(jitter), this::connect);
    wait = wait.multipliedBy(2).compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait.multipliedBy(2);
  }

  /** A line that is dead without having been closed answers no ping. */
  private void ping() {
    if (open.isPresent() && System.nanoTime() - pongNanos > PONG_WITHIN.toNanos()) {
      lost(generation);
    }
    open.ifPresent(socket -> {
      var unused = socket.sendPing(ByteBuffer.allocate(0));
    });
  }

  private final class Ear implements WebSocket.Listener {
    private final int mine;
    private final StringBuilder text = new StringBuilder();

    Ear(int mine) {
      this.mine = mine;
    }

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
      text.append(part);
      if (last) {
        Optional<JsonNode> frame = Json.parse(text.toString());
        text.setLength(0);
        frame.ifPresent(said -> door.handle(() -> heard.accept(said)));
      }
      socket.request(1);
      return CompletableFuture.completedFuture(socket);
    }

    @Override
    public CompletionStage<?> onPong(WebSocket socket, ByteBuffer message) {
      door.handle(() -> pongNanos = System.nanoTime());
      return WebSocket.Listener.super.onPong(socket, message);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
      door.handle(() -> lost(mine));
      return CompletableFuture.completedFuture(socket);
    }

    @Override
    public void onError(WebSocket socket, Throwable trouble) {
      door.handle(() -> lost(mine));
    }
  }

  @Override
  public void close() {
    closed = true;
    open.ifPresent(WebSocket::abort);
  }
}
