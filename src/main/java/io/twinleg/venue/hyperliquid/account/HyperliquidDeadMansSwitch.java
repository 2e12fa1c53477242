package io.twinleg.venue.hyperliquid.account;

import io.twinleg.core.model.ClientOrderId;
import io.twinleg.venue.hyperliquid.order.ExchangeApi;
import io.twinleg.venue.hyperliquid.order.NonceSource;
import io.twinleg.venue.hyperliquid.order.OrderCache;
import io.twinleg.venue.hyperliquid.order.SigningIdentity;
import io.twinleg.wire.hyperliquid.account.RestingOrders;
import io.twinleg.wire.hyperliquid.action.L1Action.ScheduleCancel;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.InstantSource;
import java.util.OptionalLong;

/**
 * The venue's timer that cancels every order of the account unless it is postponed. Armed only
 * while orders of ours rest and no foreign ones do, because it does not distinguish them; and only
 * for an account with the traded volume that the venue requires (specification 2.13).
 */
public final class HyperliquidDeadMansSwitch {
  /** Undocumented, measured: below this volume even clearing the timer is refused. */
  static final BigDecimal VOLUME = new BigDecimal("1000000");

  private static final Duration AHEAD = Duration.ofSeconds(15);
  private static final long EVERY_MS = 5_000;
  private static final Duration TIMEOUT = Duration.ofSeconds(3);

  private final boolean granted;
  private final SigningIdentity identity;
  private final NonceSource nonces;
  private final ExchangeApi exchange;
  private final InstantSource venueTime;
  private boolean armed;
  private long postponedMs;

  HyperliquidDeadMansSwitch(
      boolean granted,
      SigningIdentity identity,
      NonceSource nonces,
      ExchangeApi line,
      InstantSource venueTime) {
    this.granted = granted;
    this.identity = identity;
    this.nonces = nonces;
    this.exchange = line;
    this.venueTime = venueTime;
  }

  public boolean isGranted() {
    return granted;
  }

  /**
   * @param openOrders the account's open orders, all of them
   * @param nowMs of a monotonic clock
   */
  synchronized void tick(RestingOrders openOrders, long nowMs) {
    if (!granted) {
      return;
    }
    if (openOrders.cloids().isEmpty() || hasForeign(openOrders)) {
      disarm();
    } else if (!armed || nowMs - postponedMs >= EVERY_MS) {
      armed = true;
      postponedMs = nowMs;
      schedule(OptionalLong.of(venueTime.millis() + AHEAD.toMillis()));
    }
  }

  synchronized void disarm() {
    if (armed) {
      armed = false;
      schedule(OptionalLong.empty());
    }
  }

  private static boolean hasForeign(RestingOrders openOrders) {
    return openOrders.cloids().stream()
        .anyMatch(cloid -> OrderCache.id(cloid).filter(ClientOrderId::isOurs).isEmpty());
  }

  /**
   * A lost response is made up for by the next postponement; a timer that fires costs only orders.
   */
  private void schedule(OptionalLong at) {
    exchange.post(
        identity.body(new ScheduleCancel(at), nonces.next(), OptionalLong.empty()),
        TIMEOUT,
        reply -> {});
  }
}
