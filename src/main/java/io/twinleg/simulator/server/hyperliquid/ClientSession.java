package io.twinleg.simulator.server.hyperliquid;

import io.twinleg.simulator.server.common.HttpFaults;
import io.twinleg.simulator.server.common.OutboundQueue;
import io.twinleg.wire.hyperliquid.HyperliquidJson;
import io.twinleg.wire.hyperliquid.stream.ServerFrame;
import io.twinleg.wire.hyperliquid.stream.Subscription;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** One connection: what it asked to be told, and the line on which it is. */
final class ClientSession {
  static final int SUBSCRIPTIONS_MAX = 1000;

  private final OutboundQueue line;
  private final Map<String, Subscription> subscriptions = new LinkedHashMap<>();
  private final Map<String, Object> lastTold = new LinkedHashMap<>();

  ClientSession(OutboundQueue.Channel channel, HttpFaults faults) {
    line = new OutboundQueue(channel, faults);
  }

  // ---- subscriptions, on the exchange's thread

  Collection<Subscription> subscriptions() {
    return subscriptions.values();
  }

  static String key(Subscription subscription) {
    return HyperliquidJson.text(subscription.tree());
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
    line.answer(HyperliquidJson.text(frame.json()));
  }

  void greet() {
    line.answer(ServerFrame.GREETING);
  }

  /** Something that nobody asked for now: it meets what goes wrong on the way. */
  void push(ServerFrame frame) {
    line.push(HyperliquidJson.text(frame.json()));
  }

  boolean isClosed() {
    return line.isClosed();
  }

  void close() {
    line.close();
  }
}
