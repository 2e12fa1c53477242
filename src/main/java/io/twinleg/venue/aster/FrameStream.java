package io.twinleg.venue.aster;

import io.twinleg.venue.client.VenueExecutor;
import io.twinleg.venue.transport.Backoff;
import io.twinleg.venue.transport.ReconnectingWebSocket;
import io.twinleg.venue.transport.TransportJson;
import io.twinleg.wire.MalformedMessage;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** One of Aster's streams; its frames are handled in order on the executor's owner thread. */
final class FrameStream implements ReconnectingWebSocket.Listener, AutoCloseable {
  private static final ReconnectingWebSocket.Heartbeat HEARTBEAT =
      new ReconnectingWebSocket.Heartbeat(
          Optional.empty(), Duration.ofSeconds(15), Duration.ofSeconds(40));
  private static final Duration FIRST_WAIT = Duration.ofMillis(250);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

  private final VenueExecutor executor;
  private final Consumer<JsonNode> onFrame;
  private final Runnable afterOpened;
  private final ReconnectingWebSocket socket;

  /**
   * @param url evaluated at each connection
   * @param afterOpened runs after each connection
   */
  FrameStream(
      VenueExecutor executor,
      Supplier<String> url,
      Consumer<JsonNode> onFrame,
      Runnable afterOpened) {
    this.executor = executor;
    this.onFrame = onFrame;
    this.afterOpened = afterOpened;
    Backoff backoff = new Backoff(FIRST_WAIT, LONGEST_WAIT, RandomGenerator.getDefault());
    socket = new ReconnectingWebSocket(() -> URI.create(url.get()), HEARTBEAT, backoff, this);
  }

  FrameStream start() {
    socket.start();
    return this;
  }

  /** Reconnects although the connection works. */
  void reconnect(String why) {
    socket.reopen(why);
  }

  @Override
  public void onOpened() {
    executor.execute(afterOpened);
  }

  /** Text that is not JSON is reported; what it should have carried is requested later. */
  @Override
  public void onFrame(String text) {
    executor.execute(() -> onFrame.accept(frame(text)));
  }

  private static JsonNode frame(String text) {
    try {
      return TransportJson.read(text);
    } catch (JacksonException notJson) {
      throw MalformedMessage.notJson();
    }
  }

  @Override
  public void onLost(String why) {
    // the socket reconnects by itself; a refresh then covers the gap
  }

  @Override
  public void close() {
    socket.close();
  }
}
