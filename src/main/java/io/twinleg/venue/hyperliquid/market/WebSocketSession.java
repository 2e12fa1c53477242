package io.twinleg.venue.hyperliquid.market;

import io.twinleg.venue.client.UnreadableMessages;
import io.twinleg.venue.transport.Backoff;
import io.twinleg.venue.transport.ReconnectingWebSocket;
import io.twinleg.wire.MalformedMessage;
import io.twinleg.wire.hyperliquid.HyperliquidJson;
import io.twinleg.wire.hyperliquid.LenientJson;
import io.twinleg.wire.hyperliquid.market.BookScan;
import io.twinleg.wire.hyperliquid.stream.ClientFrame;
import io.twinleg.wire.hyperliquid.stream.ServerFrame;
import io.twinleg.wire.hyperliquid.stream.Subscription;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;

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

  private record BookSubscriber(String coin, Consumer<BookScan> book) {}

  private record Subscriber(Subscription subscription, Consumer<JsonNode> data) {
    boolean accepts(ServerFrame frame) {
      String type = subscription.type();
      boolean isOf =
          frame.channel().equals(type)
              || (frame.channel().equals("activeSpotAssetCtx") && type.equals("activeAssetCtx"));
      Optional<String> coin = subscription.coin();
      // of a list each row names its coin
      return isOf && (coin.isEmpty() || frame.data().isArray() || isAbout(coin.get(), frame));
    }

    /** What does not name its coin would be taken for every coin's. */
    private static boolean isAbout(String coin, ServerFrame frame) {
      return LenientJson.text(frame.data(), "coin").equals(coin);
    }
  }

  private final ReconnectingWebSocket socket;

  // Touched on the socket's thread only.
  private final List<Subscriber> subscribers = new ArrayList<>();
  private final List<BookSubscriber> bookSubscribers = new ArrayList<>();
  private final BookScan scan = new BookScan();
  private final List<Runnable> openings = new ArrayList<>();
  private final UnreadableMessages unreadable;
  private boolean open;

  WebSocketSession(
      URI address, Timing timing, RandomGenerator random, UnreadableMessages unreadable) {
    this.unreadable = unreadable;
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
  public void subscribe(Subscription subscription, Consumer<JsonNode> data) {
    socket.execute(() -> {
      subscribers.add(new Subscriber(subscription, data));
      if (open) {
        sendSubscribe(subscription);
      }
    });
  }

  /**
   * From any thread. Books are by far the most of what comes.
   *
   * @param book of each frame in its usual form, valid during the call only
   * @param data of a frame in any other form
   */
  void subscribeBook(String coin, Consumer<BookScan> book, Consumer<JsonNode> data) {
    socket.execute(() -> bookSubscribers.add(new BookSubscriber(coin, book)));
    subscribe(Subscription.ofCoin("l2Book", coin), data);
  }

  /** Runs with each new connection, before anything is said on it. Before the start. */
  void onOpen(Runnable work) {
    socket.execute(() -> openings.add(work));
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

  private void sendSubscribe(Subscription subscription) {
    socket.send(HyperliquidJson.text(new ClientFrame.Subscribe(subscription).json()));
  }

  @Override
  public void onOpened() {
    open = true;
    openings.forEach(Runnable::run);
    subscribers.forEach(subscriber -> sendSubscribe(subscriber.subscription()));
  }

  @Override
  public void onLost(String why) {
    open = false;
  }

  /** An error frame shows as staleness of the feed it is about, as an unreadable frame does. */
  @Override
  public void onFrame(String text) {
    if (text.equals(ServerFrame.GREETING)) {
      return;
    }
    if (scan.read(text)) {
      for (BookSubscriber subscriber : bookSubscribers) {
        if (scan.isOf(subscriber.coin())) {
          subscriber.book().accept(scan);
        }
      }
      return;
    }
    String channel = "a frame of the market";
    try {
      ServerFrame frame = ServerFrame.read(text);
      channel = frame.channel();
      for (Subscriber subscriber : List.copyOf(subscribers)) {
        if (subscriber.accepts(frame)) {
          subscriber.data().accept(frame.data());
        }
      }
    } catch (MalformedMessage malformed) {
      unreadable.report(channel, malformed.detail());
    } catch (IllegalArgumentException | ArithmeticException impossible) {
      unreadable.report(channel, "impossible: " + impossible.getMessage());
    }
  }

  @Override
  public void close() {
    socket.close();
  }
}
