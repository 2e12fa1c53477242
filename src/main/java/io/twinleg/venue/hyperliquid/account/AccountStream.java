package io.twinleg.venue.hyperliquid.account;

import io.twinleg.core.event.Event.FeedStatusChanged.Feed;
import io.twinleg.venue.hyperliquid.order.EventPublisher;
import io.twinleg.venue.transport.ReconnectingWebSocket;
import io.twinleg.venue.transport.StalenessMonitor;
import io.twinleg.wire.MalformedMessage;
import io.twinleg.wire.hyperliquid.HyperliquidJson;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The account's channels on one connection. Not every channel begins with a snapshot, so after each
 * reconnect the venue is also requested for what may have been missed.
 */
final class AccountStream implements ReconnectingWebSocket.Listener {
  static final StalenessMonitor.FeedKey FEED =
      new StalenessMonitor.FeedKey(Feed.ACCOUNT, Optional.empty());

  private static final List<String> CHANNELS =
      List.of(
          "userFills",
          "orderUpdates",
          "userEvents",
          "userFundings",
          "userNonFundingLedgerUpdates",
          "clearinghouseState",
          "spotState",
          "openOrders");

  private final String user;
  private final EventPublisher events;
  private final AccountFeed account;
  private final StalenessMonitor watch;
  private final Consumer<String> send;
  private final Runnable backfill;
  private final Runnable changed;
  private final LongSupplier nowMs;
  private final CountDownLatch subscribed = new CountDownLatch(1);

  /**
   * @param send sends a text on the connection
   * @param backfill requests what happened while disconnected, {@code changed} the account as it is
   *     now; both on another thread
   */
  AccountStream(
      String user,
      EventPublisher events,
      AccountFeed account,
      StalenessMonitor watch,
      Consumer<String> send,
      Runnable backfill,
      Runnable changed,
      LongSupplier nowMs) {
    this.user = user;
    this.events = events;
    this.account = account;
    this.watch = watch;
    this.send = send;
    this.backfill = backfill;
    this.changed = changed;
    this.nowMs = nowMs;
  }

  /** Counts down when the first subscriptions are sent. */
  CountDownLatch subscribed() {
    return subscribed;
  }

  @Override
  public void onOpened() {
    for (String channel : CHANNELS) {
      ObjectNode frame = HyperliquidJson.object().put("method", "subscribe");
      frame.putObject("subscription").put("type", channel).put("user", user);
      send.accept(HyperliquidJson.text(frame));
    }
    if (subscribed.getCount() == 0) {
      backfill.run();
    }
    subscribed.countDown();
  }

  @Override
  public void onLost(String why) {
    // Staleness is monitored; the backfill after the next opening fills the gap.
  }

  @Override
  public void onFrame(String text) {
    watch.record(FEED);
    JsonNode frame;
    try {
      frame = HyperliquidJson.parse(text);
    } catch (MalformedMessage notJson) {
      return;
    }
    read(frame.path("channel").asString(""), frame.path("data"));
  }

  private void read(String channel, JsonNode data) {
    switch (channel) {
      case "userFills" -> fills(data.path("fills"));
      case "orderUpdates" -> events.orderUpdates(data);
      case "userFundings" -> payments(data.path("fundings"));
      case "userNonFundingLedgerUpdates" ->
          events.transfers(data.path("nonFundingLedgerUpdates"), user);
      case "clearinghouseState" -> account.onPerpState(data.path("clearinghouseState"));
      case "spotState" -> account.onSpotState(data.path("spotState"));
      case "openOrders" -> account.onOpenOrders(data.path("orders"), nowMs.getAsLong());
      case "user" -> event(data);
      default -> {
        // a pong, a confirmed subscription, or an unknown channel
      }
    }
  }

  private void fills(JsonNode list) {
    if (events.fills(list)) {
      account.onAccountChange(nowMs.getAsLong());
    }
  }

  private void payments(JsonNode list) {
    if (events.payments(list)) {
      account.onAccountChange(nowMs.getAsLong());
    }
  }

  /** A liquidation or a cancel by the venue: the whole account is requested at once. */
  private void event(JsonNode data) {
    fills(data.path("fills"));
    if (data.has("liquidation") || data.has("nonUserCancel")) {
      changed.run();
    }
  }
}
