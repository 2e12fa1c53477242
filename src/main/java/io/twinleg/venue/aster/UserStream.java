package io.twinleg.venue.aster;

import io.twinleg.core.model.Leg;
import io.twinleg.venue.transport.VenueClock;
import io.twinleg.wire.aster.ApiResult;
import io.twinleg.wire.aster.AsterUserEvent;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** One leg's user stream, under a listen key that is kept alive and replaced when it dies. */
final class UserStream implements AutoCloseable {
  /** A key lives for 60 minutes. */
  private static final Duration KEEP = Duration.ofMinutes(30);

  private final Leg leg;
  private final AsterLegAdapter adapter;
  private final VenueExecutor door;
  private final AsterOrderClient orders;
  private final AccountPoller account;
  private final Runnable funding;
  private final FrameStream stream;
  private volatile Optional<String> listenKey = Optional.empty();

  UserStream(
      AsterLegAdapter adapter,
      VenueExecutor door,
      AsterOrderClient orders,
      AccountPoller account,
      Runnable funding) {
    this.leg = adapter.leg();
    this.adapter = adapter;
    this.door = door;
    this.orders = orders;
    this.account = account;
    this.funding = funding;
    stream = new FrameStream(door, this::url, this::hear, this::opened);
  }

  void start(VenueClock clock) {
    stream.start();
    door.every(clock.realTime(KEEP), this::keep);
  }

  private String url() {
    String key = adapter.openStream();
    listenKey = Optional.of(key);
    return adapter.streamUrl(key);
  }

  /** What it would have told meanwhile is asked for. */
  private void opened() {
    orders.learnAll(leg);
    account.ask();
    funding.run();
  }

  private void keep() {
    listenKey.ifPresent(key ->
        door.ask(
            () -> adapter.keepStream(key),
            answer -> {
              if (answer instanceof ApiResult.Refused) {
                stream.renew();
              }
            },
            fault -> {}));
  }

  private void hear(JsonNode frame) {
    AsterUserEvent.read(leg, frame).ifPresent(this::hear);
  }

  private void hear(AsterUserEvent event) {
    switch (event) {
      case AsterUserEvent.OrderUpdate update -> orders.hear(adapter.valued(update));
      case AsterUserEvent.AccountChanged changed -> {
        account.changed();
        if (changed.reason().equals("FUNDING_FEE")) {
          funding.run();
        }
      }
      case AsterUserEvent.ListenKeyExpired expired -> stream.renew();
    }
  }

  @Override
  public void close() {
    stream.close();
  }
}
