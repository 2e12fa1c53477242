package io.hypercarry.exchange.hyperliquid;

import io.hypercarry.exchange.server.WireFaults;
import io.hypercarry.protocol.hyperliquid.Json;
import io.hypercarry.protocol.hyperliquid.ServerFrame;
import io.hypercarry.protocol.hyperliquid.Subscription;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * One connection: what it asked to be told, and what is on its way to it. Frames are put here on
 * the exchange's thread and leave on a thread of the session's own, so that a slow reader holds up
 * nobody; one who is too slow is cut off.
 */
final class Session {
  static final int SUBSCRIPTIONS_MAX = 1000;
  private static final int QUEUE_MAX = 20_000;
  private static final String STOP = "";

  /** How frames leave. */
  interface Channel {
    void send(String text);

    void close();
  }

  private final Channel channel;
  private final WireFaults faults;
  private final BlockingQueue<String> queue = new LinkedBlockingQueue<>(QUEUE_MAX);
  private final Map<String, Subscription> subscriptions = new LinkedHashMap<>();
  private final Map<String, Object> lastTold = new LinkedHashMap<>();
  private Optional<String> heldBack = Optional.empty();
  private volatile boolean closed;

  Session(Channel channel, WireFaults faults) {
    this.channel = channel;
    this.faults = faults;
    Thread.ofVirtual().name("frames").start(this::write);
  }

  private void write() {
    try {
      for (String text = queue.take(); !text.equals(STOP); text = queue.take()) {
        channel.send(text);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    channel.close();
  }

  // ---- subscriptions, on the exchange's thread

  Collection<Subscription> subscriptions() {
    return subscriptions.values();
  }

  static String key(Subscription subscription) {
    return Json.text(subscription.tree());
  }

  boolean add(Subscription subscription) {
    return subscriptions.putIfAbsent(key(subscription), subscription) == null;
  }

  boolean remove(Subscription subscription) {
    lastTold.remove(key(subscription));
    return subscriptions.remove(key(subscription)) != null;
  }

  /**
   * Whether this differs from what the subscription was told last; from now on it was told this.
   */
  boolean isNews(Subscription subscription, Object version) {
    return !version.equals(lastTold.put(key(subscription), version));
  }

  // ---- frames

  /** An answer: never disturbed on its way. */
  void answer(ServerFrame frame) {
    put(Json.text(frame.json()));
  }

  void greet() {
    put(ServerFrame.GREETING);
  }

  /**
   * Something that nobody asked for now: it may be doubled, held back behind the next, or the last.
   */
  void push(ServerFrame frame) {
    if (faults.cutsStream()) {
      close();
      return;
    }
    String text = Json.text(frame.json());
    if (heldBack.isEmpty() && faults.reordersFrame()) {
      heldBack = Optional.of(text);
      return;
    }
    put(text);
    if (faults.duplicatesFrame()) {
      put(text);
    }
    heldBack.ifPresent(this::put);
    heldBack = Optional.empty();
  }

  private void put(String text) {
    if (!closed && !queue.offer(text)) {
      close();
    }
  }

  boolean isClosed() {
    return closed;
  }

  void close() {
    if (!closed) {
      closed = true;
      queue.clear();
      queue.add(STOP);
    }
  }
}
