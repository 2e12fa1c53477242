package io.twinleg.venue.transport;

import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.CompletionStage;

/**
 * One connection of a link, from its opening to its end. The client's threads put messages together
 * here and hand them to the link's; one message is said at a time, as the client demands.
 */
final class WebSocketConnection implements WebSocket.Listener {
  private final ReconnectingWebSocket link;
  private final StringBuilder partial = new StringBuilder();
  private volatile long heardAt = System.nanoTime();

  // Touched on the link's thread only.
  private final ArrayDeque<String> unsaid = new ArrayDeque<>();
  private boolean saying;
  private long pingedAt = System.nanoTime();

  private volatile boolean aborted;
  private volatile WebSocketHolder holder = new WebSocketHolder.None();

  /** There is no socket before it is open. */
  private sealed interface WebSocketHolder {
    record None() implements WebSocketHolder {}

    record Open(WebSocket socket) implements WebSocketHolder {}
  }

  WebSocketConnection(ReconnectingWebSocket link) {
    this.link = link;
  }

  // ---- on the client's threads

  @Override
  public void onOpen(WebSocket socket) {
    holder = new WebSocketHolder.Open(socket);
    if (aborted) {
      socket.abort();
    }
    heard(socket);
    link.execute(() -> link.opened(this));
  }

  @Override
  public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
    partial.append(data);
    if (last) {
      String text = partial.toString();
      partial.setLength(0);
      link.execute(() -> link.frame(this, text));
    }
    return heard(socket);
  }

  @Override
  public CompletionStage<?> onPing(WebSocket socket, ByteBuffer message) {
    return heard(socket);
  }

  @Override
  public CompletionStage<?> onPong(WebSocket socket, ByteBuffer message) {
    return heard(socket);
  }

  /** Null tells the client that we are through with what it gave us. */
  @SuppressWarnings("NullAway")
  private CompletionStage<?> heard(WebSocket socket) {
    heardAt = System.nanoTime();
    socket.request(1);
    return null;
  }

  @Override
  @SuppressWarnings("NullAway")
  public CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
    link.execute(() -> link.lost(this, "closed by the venue (" + status + " " + reason + ")"));
    return null;
  }

  @Override
  public void onError(WebSocket socket, Throwable trouble) {
    link.execute(() -> link.lost(this, "the connection broke"));
  }

  // ---- on the link's thread

  Duration silence() {
    return Duration.ofNanos(System.nanoTime() - heardAt);
  }

  void pingEvery(ReconnectingWebSocket.Heartbeat heartbeat) {
    if (System.nanoTime() - pingedAt >= heartbeat.every().toNanos()) {
      pingedAt = System.nanoTime();
      heartbeat.ping().ifPresentOrElse(this::send, this::pingByProtocol);
    }
  }

  private void pingByProtocol() {
    if (holder instanceof WebSocketHolder.Open open) {
      var unused =
          open.socket().sendPing(ByteBuffer.wrap("hc".getBytes(StandardCharsets.US_ASCII)));
    }
  }

  void send(String text) {
    unsaid.addLast(text);
    sayNext();
  }

  private void sayNext() {
    if (saying || unsaid.isEmpty() || !(holder instanceof WebSocketHolder.Open open)) {
      return;
    }
    saying = true;
    var unused =
        open.socket()
            .sendText(unsaid.removeFirst(), true)
            .whenComplete((socket, trouble) -> link.execute(() -> said(trouble == null)));
  }

  private void said(boolean well) {
    saying = false;
    if (well) {
      sayNext();
    } else {
      link.lost(this, "the connection broke");
    }
  }

  void abort() {
    aborted = true;
    if (holder instanceof WebSocketHolder.Open open) {
      open.socket().abort();
    }
  }
}
