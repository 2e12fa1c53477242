package io.twinleg.venue.transport;

import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.CompletionStage;

/**
 * One connection of a {@link ReconnectingWebSocket}, from its opening to its end. The client's
 * threads join messages here and hand them to the socket's thread; one message is sent at a time,
 * as the client demands.
 */
final class WebSocketConnection implements WebSocket.Listener {
  /** In characters; the venues' frames are below a hundred thousand. */
  static final int MAX_FRAME = 4 << 20;

  private final ReconnectingWebSocket owner;
  private final StringBuilder partial = new StringBuilder();
  private volatile long receivedAt = System.nanoTime();

  // Touched on the owner's thread only.
  private final ArrayDeque<String> outgoing = new ArrayDeque<>();
  private boolean sending;
  private long pingedAt = System.nanoTime();

  private volatile boolean aborted;
  private volatile WebSocketHolder holder = new WebSocketHolder.None();

  /** No socket exists before it is open. */
  private sealed interface WebSocketHolder {
    record None() implements WebSocketHolder {}

    record Open(WebSocket socket) implements WebSocketHolder {}
  }

  WebSocketConnection(ReconnectingWebSocket owner) {
    this.owner = owner;
  }

  // ---- on the client's threads

  @Override
  public void onOpen(WebSocket socket) {
    holder = new WebSocketHolder.Open(socket);
    if (aborted) {
      socket.abort();
    }
    received(socket);
    owner.execute(() -> owner.opened(this));
  }

  @Override
  public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
    if (partial.length() + data.length() > MAX_FRAME) {
      partial.setLength(0);
      partial.trimToSize();
      socket.abort();
      owner.execute(() -> owner.lost(this, "a frame of more than " + MAX_FRAME + " characters"));
      return received(socket);
    }
    partial.append(data);
    if (last) {
      String text = partial.toString();
      partial.setLength(0);
      owner.execute(() -> owner.frame(this, text));
    }
    return received(socket);
  }

  @Override
  public CompletionStage<?> onPing(WebSocket socket, ByteBuffer message) {
    return received(socket);
  }

  @Override
  public CompletionStage<?> onPong(WebSocket socket, ByteBuffer message) {
    return received(socket);
  }

  /** A null result means that the data may be reused. */
  @SuppressWarnings("NullAway")
  private CompletionStage<?> received(WebSocket socket) {
    receivedAt = System.nanoTime();
    socket.request(1);
    return null;
  }

  @Override
  @SuppressWarnings("NullAway")
  public CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
    owner.execute(() -> owner.lost(this, "closed by the venue (" + status + " " + reason + ")"));
    return null;
  }

  @Override
  public void onError(WebSocket socket, Throwable error) {
    owner.execute(() -> owner.lost(this, "the connection broke"));
  }

  // ---- on the owner's thread

  Duration silence() {
    return Duration.ofNanos(System.nanoTime() - receivedAt);
  }

  void pingIfDue(ReconnectingWebSocket.Heartbeat heartbeat) {
    if (System.nanoTime() - pingedAt >= heartbeat.every().toNanos()) {
      pingedAt = System.nanoTime();
      heartbeat.ping().ifPresentOrElse(this::send, this::pingByProtocol);
    }
  }

  private void pingByProtocol() {
    if (holder instanceof WebSocketHolder.Open open) {
      var unused =
          open.socket().sendPing(ByteBuffer.wrap("tl".getBytes(StandardCharsets.US_ASCII)));
    }
  }

  void send(String text) {
    outgoing.addLast(text);
    sendNext();
  }

  private void sendNext() {
    if (sending || outgoing.isEmpty() || !(holder instanceof WebSocketHolder.Open open)) {
      return;
    }
    sending = true;
    var unused =
        open.socket()
            .sendText(outgoing.removeFirst(), true)
            .whenComplete((socket, error) -> owner.execute(() -> onSent(error == null)));
  }

  private void onSent(boolean success) {
    sending = false;
    if (success) {
      sendNext();
    } else {
      owner.lost(this, "the connection broke");
    }
  }

  void abort() {
    aborted = true;
    if (holder instanceof WebSocketHolder.Open open) {
      open.socket().abort();
    }
  }
}
