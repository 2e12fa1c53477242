package io.twinleg.venue.hyperliquid.account;

import io.twinleg.core.model.ClientOrderId;
import io.twinleg.venue.VenueException;
import io.twinleg.venue.hyperliquid.order.EventPublisher;
import io.twinleg.venue.transport.ReconnectingWebSocket;
import io.twinleg.wire.MalformedMessage;
import io.twinleg.wire.hyperliquid.HyperliquidJson;
import io.twinleg.wire.hyperliquid.account.HyperliquidUserEvent;
import io.twinleg.wire.hyperliquid.account.UserSnapshot;
import io.twinleg.wire.hyperliquid.stream.ClientFrame;
import io.twinleg.wire.hyperliquid.stream.ServerFrame;
import io.twinleg.wire.hyperliquid.stream.Subscription;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import tools.jackson.databind.JsonNode;

/**
 * The account's channels on one connection. Not every channel begins with a snapshot, so after each
 * reconnect the venue is also requested for what may have been missed.
 */
final class AccountStream implements ReconnectingWebSocket.Listener {
  private static final Duration FIRST_OPENING = Duration.ofSeconds(15);
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

  private static final List<String> STATES =
      List.of("clearinghouseState", "spotState", "openOrders");

  /** What the stream makes necessary; each on another thread. */
  interface Consequences {
    /** Something may have been missed. */
    void catchUp();

    /** Rows could not be read. */
    void readAgain();

    /** A state could not be read: the one before it is outdated. */
    void requestState();

    /** The account changed in a way that no row describes. */
    void requestAccount();

    void ask(ClientOrderId order);
  }

  private final String user;
  private final EventPublisher events;
  private final AccountFeed account;
  private final AccountHealth health;
  private final Consumer<String> send;
  private final Consequences consequences;
  private final LongSupplier nowMs;
  private final CountDownLatch subscribed = new CountDownLatch(1);

  /**
   * @param send sends a text on the connection
   */
  AccountStream(
      String user,
      EventPublisher events,
      AccountFeed account,
      AccountHealth health,
      Consumer<String> send,
      Consequences consequences,
      LongSupplier nowMs) {
    this.user = user;
    this.events = events;
    this.account = account;
    this.health = health;
    this.send = send;
    this.consequences = consequences;
    this.nowMs = nowMs;
  }

  /** Waits until the first subscriptions are sent. */
  void awaitOpening(String site) {
    try {
      if (!subscribed.await(FIRST_OPENING.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new VenueException(
            "the stream of "
                + site
                + " did not open within "
                + FIRST_OPENING.toSeconds()
                + " s; check the network and the venue, then start again",
            true);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new VenueException("interrupted while waiting for the venue", true);
    }
  }

  @Override
  public void onOpened() {
    for (String channel : CHANNELS) {
      send.accept(
          HyperliquidJson.text(
              new ClientFrame.Subscribe(Subscription.ofUser(channel, user)).json()));
    }
    if (subscribed.getCount() == 0) {
      consequences.catchUp();
    }
    subscribed.countDown();
  }

  @Override
  public void onLost(String why) {
    // Staleness is monitored; the backfill after the next opening fills the gap.
  }

  /** What cannot be read of a frame is requested for; the connection goes on. */
  @Override
  public void onFrame(String text) {
    if (text.equals(ServerFrame.GREETING)) {
      return;
    }
    String channel = "a frame of the account";
    try {
      ServerFrame frame = ServerFrame.read(text);
      channel = frame.channel();
      String of = channel;
      health.received(MalformedMessage.ofImpossible(() -> read(of, frame.data())));
    } catch (MalformedMessage unreadable) {
      events.unreadable().report(channel, unreadable.detail());
      if (STATES.contains(channel)) {
        consequences.requestState();
      } else {
        consequences.readAgain();
      }
    }
  }

  /** Returns whether it is about the account. */
  private boolean read(String channel, JsonNode data) {
    switch (channel) {
      case "userFills" -> apply(events.fills(rows(data, "fills")));
      case "orderUpdates" -> events.orderUpdates(data, consequences::ask);
      case "userFundings" -> apply(events.payments(rows(data, "fundings")));
      case "userNonFundingLedgerUpdates" ->
          apply(events.transfers(rows(data, "nonFundingLedgerUpdates"), user));
      case "clearinghouseState" -> account.onPerpState(account.perp(rows(data, channel)));
      case "spotState" -> account.onSpotState(account.spot(rows(data, channel)));
      case "openOrders" ->
          account.onOpenOrders(account.orders(rows(data, "orders")), nowMs.getAsLong());
      case "user" -> event(data);
      default -> {
        // a pong, a confirmed subscription, an error, or an unknown channel
        return false;
      }
    }
    return true;
  }

  private JsonNode rows(JsonNode data, String key) {
    return UserSnapshot.rowsOf(user, data, key);
  }

  private void apply(EventPublisher.Read read) {
    if (read.isNew()) {
      account.onAccountChange(nowMs.getAsLong());
    }
    if (!read.isClean()) {
      consequences.readAgain();
    }
  }

  /** A liquidation or a cancel by the venue: the whole account is requested at once. */
  private void event(JsonNode data) {
    HyperliquidUserEvent.fillRows(data).ifPresent(rows -> apply(events.fills(rows)));
    if (HyperliquidUserEvent.isAboutWholeAccount(data)) {
      consequences.requestAccount();
    }
  }
}
