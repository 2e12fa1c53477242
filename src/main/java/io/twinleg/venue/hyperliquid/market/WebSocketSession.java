package io.twinleg.venue.hyperliquid.market;

import io.twinleg.venue.transport.Backoff;
import io.twinleg.venue.transport.ReconnectingWebSocket;
import io.twinleg.venue.transport.TransportJson;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The one public WebSocket of a run. Every subscription is repeated after each reconnect.
 * Subscribers are called on the socket's thread, one at a time.
 */
public final class WebSocketSession implements ReconnectingWebSocket.Listener, AutoCloseable {
  /** Timings of the connection. */
  record Timing(Duration ping, Duration silence, Duration firstRetry, Duration longestRetry) {
    static final Timing STANDARD =
        new Timing(
            Duration.ofSeconds(15),
            Duration.ofSeconds(35),
            Duration.ofMillis(250),
            Duration.ofSeconds(20));
  }

  private static final String PING = "{\"method\":\"ping\"}";

  private record Subscriber(ObjectNode subscription, Consumer<JsonNode> data) {
    boolean accepts(String channel, JsonNode data) {
      String type = subscription.path("type").asString("");
      return (channel.equals(type) || channel.equals(otherName(type)))
          && agrees("coin", data)
          && agrees("user", data);
    }

    /** Some channels differ in name from their subscription. */
    private static String otherName(String type) {
      return switch (type) {
        case "activeAssetCtx" -> "activeSpotAssetCtx";
        case "userEvents" -> "user";
        default -> type;
      };
    }

    private boolean agrees(String key, JsonNode data) {
      String actual = data.path(key).asString("");
      String expected = subscription.path(key).asString("");
      return actual.isEmpty() || expected.isEmpty() || actual.equalsIgnoreCase(expected);
    }
  }

  private final ReconnectingWebSocket socket;

  // Touched on the socket's thread only.
  private final List<Subscriber> subscribers = new ArrayList<>();
  private boolean open;

  WebSocketSession(URI address, Timing timing, RandomGenerator random) {
    socket =
        new ReconnectingWebSocket(
            address,
            new ReconnectingWebSocket.Heartbeat(Optional.of(PING), timing.ping(), timing.silence()),
            new Backoff(timing.firstRetry(), timing.longestRetry(), random),
            this);
  }

  void start() {
    socket.start();
  }

  /**
   * From any thread.
   *
   * @param data of each frame of this subscription, without its envelope
   */
  public void subscribe(ObjectNode subscription, Consumer<JsonNode> data) {
    socket.execute(() -> {
      subscribers.add(new Subscriber(subscription, data));
      if (open) {
        sendSubscribe(subscription);
      }
    });
  }

  /** Runs on the socket's thread. */
  void execute(Runnable work) {
    socket.execute(work);
  }

  void schedule(Duration wait, Runnable work) {
    socket.schedule(wait, work);
  }

  void reopen(String why) {
    socket.reopen(why);
  }

  private void sendSubscribe(ObjectNode subscription) {
    ObjectNode message = TransportJson.object().put("method", "subscribe");
    message.set("subscription", subscription);
    socket.send(message.toString());
  }

  @Override
  public void onOpened() {
    open = true;
    subscribers.forEach(subscriber -> sendSubscribe(subscriber.subscription()));
  }

  @Override
  public void onLost(String why) {
    open = false;
  }

  /**
   * Text that is not JSON is a greeting; an error frame shows as staleness of the feed it is about.
   */
  @Override
  public void onFrame(String text) {
    JsonNode frame;
    try {
      frame = TransportJson.read(text);
    } catch (JacksonException notJson) {
      return;
    }
    String channel = frame.path("channel").asString("");
    JsonNode data = frame.path("data");
    for (Subscriber subscriber : List.copyOf(subscribers)) {
      if (subscriber.accepts(channel, data)) {
        subscriber.data().accept(data);
      }
    }
  }

  @Override
  public void close() {
    socket.close();
  }
}
