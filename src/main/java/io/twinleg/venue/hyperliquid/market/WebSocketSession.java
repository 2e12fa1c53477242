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
 * The one WebSocket of a run. Whatever was subscribed to is subscribed to again after every
 * reconnect. Subscribers are told on the link's thread, and never twice at once.
 */
public final class WebSocketSession implements ReconnectingWebSocket.Listener, AutoCloseable {
  /** How patient the connection is. */
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

    /** Some channels are not called what one subscribes to. */
    private static String otherName(String type) {
      return switch (type) {
        case "activeAssetCtx" -> "activeSpotAssetCtx";
        case "userEvents" -> "user";
        default -> type;
      };
    }

    private boolean agrees(String key, JsonNode data) {
      String told = data.path(key).asString("");
      String wanted = subscription.path(key).asString("");
      return told.isEmpty() || wanted.isEmpty() || told.equalsIgnoreCase(wanted);
    }
  }

  private final ReconnectingWebSocket socket;

  // Touched on the link's thread only.
  private final List<Subscriber> subscribers = new ArrayList<>();
  private boolean open;

  WebSocketSession(URI address, Timing timing, RandomGenerator chance) {
    socket =
        new ReconnectingWebSocket(
            address,
            new ReconnectingWebSocket.Heartbeat(Optional.of(PING), timing.ping(), timing.silence()),
            new Backoff(timing.firstRetry(), timing.longestRetry(), chance),
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

  /** On the link's thread. */
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
    subscribers.forEach(each -> sendSubscribe(each.subscription()));
  }

  @Override
  public void onLost(String why) {
    open = false;
  }

  /** What is not JSON is a greeting; a complaint shows in the silence of what it is about. */
  @Override
  public void onFrame(String text) {
    JsonNode frame;
    try {
      frame = TransportJson.read(text);
    } catch (JacksonException greeting) {
      return;
    }
    String channel = frame.path("channel").asString("");
    JsonNode data = frame.path("data");
    for (Subscriber each : List.copyOf(subscribers)) {
      if (each.accepts(channel, data)) {
        each.data().accept(data);
      }
    }
  }

  @Override
  public void close() {
    socket.close();
  }
}
