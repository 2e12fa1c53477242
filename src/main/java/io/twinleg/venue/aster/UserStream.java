package io.twinleg.venue.aster;

import io.twinleg.core.model.Leg;
import io.twinleg.venue.client.VenueExecutor;
import io.twinleg.venue.transport.VenueClock;
import io.twinleg.wire.aster.ApiResult;
import io.twinleg.wire.aster.AsterUserEvent;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One leg's user stream, under a listen key that is kept alive and replaced when it expires. */
final class UserStream implements AutoCloseable {
  /** A key is valid for 60 minutes. */
  private static final Duration KEEP_ALIVE_EVERY = Duration.ofMinutes(30);

  private final Leg leg;
  private final AsterLegAdapter adapter;
  private final VenueExecutor executor;
  private final AsterOrderClient orders;
  private final AccountPoller account;
  private final Runnable funding;
  private final FrameStream stream;
  private volatile @Nullable String listenKey;

  UserStream(
      AsterLegAdapter adapter,
      VenueExecutor executor,
      AsterOrderClient orders,
      AccountPoller account,
      Runnable funding) {
    this.leg = adapter.leg();
    this.adapter = adapter;
    this.executor = executor;
    this.orders = orders;
    this.account = account;
    this.funding = funding;
    stream = new FrameStream(executor, this::url, this::onFrame, this::onOpened);
  }

  void start(VenueClock clock) {
    stream.start();
    executor.repeat(clock.realTime(KEEP_ALIVE_EVERY), this::keepAlive);
  }

  private String url() {
    String key = adapter.openStream();
    listenKey = key;
    return adapter.streamUrl(key);
  }

  /** Refreshes what the stream missed while it was closed. */
  private void onOpened() {
    orders.refreshAll(leg);
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
              stream.reconnect();
            }
          },
          failure -> {});
    }
  }

  private void onFrame(JsonNode frame) {
    AsterUserEvent.read(leg, frame).ifPresent(this::onFrame);
  }

  private void onFrame(AsterUserEvent event) {
    switch (event) {
      case AsterUserEvent.OrderUpdate update -> orders.onOrderUpdate(adapter.valued(update));
      case AsterUserEvent.AccountChanged changed -> {
        account.onAccountChange();
        if (changed.reason().equals("FUNDING_FEE")) {
          funding.run();
        }
      }
      case AsterUserEvent.ListenKeyExpired expired -> stream.reconnect();
    }
  }

  @Override
  public void close() {
    stream.close();
  }
}
