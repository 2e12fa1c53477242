package io.twinleg.venue.hyperliquid.account;

import io.twinleg.venue.hyperliquid.order.ExchangeApi;
import io.twinleg.venue.hyperliquid.order.FillParser;
import io.twinleg.venue.hyperliquid.order.NonceSource;
import io.twinleg.venue.hyperliquid.order.SigningIdentity;

import io.twinleg.wire.hyperliquid.action.L1Action.ScheduleCancel;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.InstantSource;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;

/**
 * The venue's own timer, which cancels every order of the account unless it is pushed back. Armed
 * only while orders of ours rest and none of others do, because it knows no difference; and only
 * for an account that has traded enough for the venue to grant it (specification 2.13).
 */
public final class HyperliquidDeadMansSwitch {
  /** Undocumented, measured: below this volume even clearing the timer is refused. */
  static final BigDecimal VOLUME = new BigDecimal("1000000");

  private static final Duration AHEAD = Duration.ofSeconds(15);
  private static final long EVERY_MS = 5_000;
  private static final Duration ANSWER = Duration.ofSeconds(3);

  private final boolean granted;
  private final SigningIdentity identity;
  private final NonceSource nonces;
  private final ExchangeApi exchange;
  private final InstantSource clock;
  private boolean armed;
  private long pushedMs;

  HyperliquidDeadMansSwitch(
      boolean granted,
      SigningIdentity identity,
      NonceSource nonces,
      ExchangeApi line,
      InstantSource clock) {
    this.granted = granted;
    this.identity = identity;
    this.nonces = nonces;
    this.exchange = line;
    this.clock = clock;
  }

  public boolean isGranted() {
    return granted;
  }

  /**
   * @param open the account's open orders, all of them
   * @param nowMs of a monotonic clock
   */
  synchronized void tick(JsonNode open, long nowMs) {
    if (!granted) {
      return;
    }
    if (open.isEmpty() || hasForeign(open)) {
      disarm();
    } else if (!armed || nowMs - pushedMs >= EVERY_MS) {
      armed = true;
      pushedMs = nowMs;
      schedule(OptionalLong.of(clock.millis() + AHEAD.toMillis()));
    }
  }

  synchronized void disarm() {
    if (armed) {
      armed = false;
      schedule(OptionalLong.empty());
    }
  }

  /** Ours are told by the mark that every id of ours begins with. */
  private static boolean hasForeign(JsonNode open) {
    for (JsonNode order : open) {
      if (FillParser.cloid(order).filter(id -> id.isOurs()).isEmpty()) {
        return true;
      }
    }
    return false;
  }

  /** A lost answer is made up for by the next push; a timer that fires costs only orders. */
  private void schedule(OptionalLong at) {
    exchange.post(
        identity.body(new ScheduleCancel(at), nonces.next(), OptionalLong.empty()),
        ANSWER,
        reply -> {});
  }
}
