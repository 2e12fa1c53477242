package io.twinleg.venue.aster;

import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.Leg;
import io.twinleg.venue.client.VenueExecutor;
import io.twinleg.venue.transport.VenueClock;
import io.twinleg.wire.aster.ApiResult;
import io.twinleg.wire.aster.AsterUserEvent;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One leg's user stream, under a listen key that is kept alive and replaced when it expires. Only
 * what it says about the account is its life: while an order of ours is live and the stream has
 * said nothing for a while, the order is queried; a change that the stream did not report shows
 * that it is dead, and it is opened anew.
 */
final class UserStream implements AutoCloseable {
  /** A key is valid for 60 minutes. */
  private static final Duration KEEP_ALIVE_EVERY = Duration.ofMinutes(30);

  private static final Duration SILENCE = Duration.ofSeconds(3);

  private final VenueClock clock;
  private final Leg leg;
  private final AsterLegAdapter adapter;
  private final AsterMarket market;
  private final VenueExecutor executor;
  private final AsterOrders orders;
  private final AsterOrderClient client;
  private final AccountPoller account;
  private final Runnable funding;
  private final FrameStream stream;
  private volatile @Nullable String listenKey;
  private long frames;
  private long lastFrame = System.nanoTime();

  UserStream(
      AsterLegAdapter adapter,
      AsterMarket market,
      VenueClock clock,
      AsterOrders orders,
      AsterOrderClient client,
      AccountPoller account,
      Runnable funding) {
    this.clock = clock;
    this.leg = adapter.leg();
    this.adapter = adapter;
    this.market = market;
    this.executor = market.executor();
    this.orders = orders;
    this.client = client;
    this.account = account;
    this.funding = funding;
    stream = new FrameStream(executor, this::url, this::onFrame, this::onOpened);
  }

  void start() {
    stream.start();
    executor.repeat(clock.realTime(KEEP_ALIVE_EVERY), this::keepAlive);
    executor.repeat(SILENCE, this::checkSilence);
  }

  private String url() {
    String key = adapter.openStream();
    listenKey = key;
    return adapter.streamUrl(key);
  }

  /** Refreshes what the stream missed while it was closed. */
  private void onOpened() {
    client.refreshAll(leg);
    account.poll();
    funding.run();
  }

  private void keepAlive() {
    String key = listenKey;
    if (key != null) {
      executor.request(
          VenueExecutor.Lane.QUESTIONS,
          () -> adapter.keepStream(key),
          response -> {
            if (response instanceof ApiResult.Rejected) {
              stream.reconnect("the listen key has expired");
            }
          },
          failure -> {});
    }
  }

  // ---- silence

  private void checkSilence() {
    boolean silent = System.nanoTime() - lastFrame > SILENCE.toNanos();
    if (!silent || orders.live(leg).isEmpty()) {
      return;
    }
    long changesBefore = orders.changes(leg);
    long framesBefore = frames;
    // The query may be answered before the frame has come: the stream is given as long again.
    client.refreshAll(leg);
    executor.executeAfter(
        clock.venueTime(SILENCE),
        () -> {
          if (orders.changes(leg) != changesBefore && frames == framesBefore) {
            market.reportOfAccount("aster user stream", "it did not report a change of an order");
            stream.reconnect("silent while an order changed");
          }
        });
  }

  // ---- frames

  private void onFrame(JsonNode frame) {
    AsterUserEvent.read(leg, frame)
        .ifPresent(event -> {
          frames++;
          lastFrame = System.nanoTime();
          onEvent(event);
        });
  }

  private void onEvent(AsterUserEvent event) {
    switch (event) {
      case AsterUserEvent.OrderUpdate update ->
          market
              .instruments()
              .find(leg, update.order().symbol())
              .ifPresent(ours -> client.onOrderUpdate(ours, adapter.valued(update)));
      case AsterUserEvent.UnreadableOrder unreadable -> onUnreadable(unreadable);
      case AsterUserEvent.AccountChanged changed -> {
        account.onAccountChange();
        if (changed.reason().equals("FUNDING_FEE")) {
          funding.run();
        }
      }
      case AsterUserEvent.ListenKeyExpired expired ->
          stream.reconnect("the listen key has expired");
    }
  }

  /** Passed over where it is about another pair; what is ours is asked about instead. */
  private void onUnreadable(AsterUserEvent.UnreadableOrder frame) {
    Optional<Instrument> instrument = market.instruments().find(leg, frame.symbol());
    if (instrument.isPresent() || frame.symbol().isEmpty()) {
      market.reportOfAccount("aster user stream", frame.detail());
      client.onUnreadable(frame.clientOrderId());
      account.onAccountChange();
    }
  }

  @Override
  public void close() {
    stream.close();
  }
}
