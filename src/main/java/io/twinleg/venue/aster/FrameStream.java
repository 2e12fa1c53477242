package io.twinleg.venue.aster;

import io.twinleg.venue.transport.Backoff;
import io.twinleg.venue.transport.ReconnectingWebSocket;
import io.twinleg.venue.transport.TransportJson;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** One of Aster's streams; its frames are handled on the door's thread, in their order. */
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
   * @param url asked for anew at each connection
   * @param opened does what each connection begins with
   */
  FrameStream(VenueExecutor door, Supplier<String> url, Consumer<JsonNode> heard, Runnable opened) {
    this.executor = door;
    this.onFrame = heard;
    this.afterOpened = opened;
    Backoff backoff = new Backoff(FIRST_WAIT, LONGEST_WAIT, RandomGenerator.getDefault());
    socket = new ReconnectingWebSocket(() -> URI.create(url.get()), HEARTBEAT, backoff, this);
  }

  FrameStream start() {
    socket.start();
    return this;
  }

  /** Connects anew although the line is well: its name is valid no longer. */
  void reconnect() {
    socket.reopen("its listen key is over");
  }

  @Override
  public void onOpened() {
    executor.execute(afterOpened);
  }

  /** What is not JSON is nobody's news; what it should have told is missed, and asked for. */
  @Override
  public void onFrame(String text) {
    JsonNode frame;
    try {
      frame = TransportJson.read(text);
    } catch (JacksonException notJson) {
      return;
    }
    executor.execute(() -> onFrame.accept(frame));
  }

  @Override
  public void onLost(String why) {
    // the link connects again by itself; what was missed meanwhile is asked for then
  }

  @Override
  public void close() {
    socket.close();
  }
}
