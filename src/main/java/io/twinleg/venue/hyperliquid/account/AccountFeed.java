package io.twinleg.venue.hyperliquid.account;

import io.twinleg.core.event.Event;
import io.twinleg.core.model.AccountMode;
import io.twinleg.core.model.AccountState;
import io.twinleg.venue.hyperliquid.order.EventPublisher;
import io.twinleg.venue.hyperliquid.order.HyperliquidInstrumentMap;
import io.twinleg.venue.hyperliquid.order.InfoApi;
import io.twinleg.wire.hyperliquid.HyperliquidJson;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The latest states of the account, and when to publish them. A state that contains a fill which is
 * not published yet would look like a difference in the books, so a state is published only when no
 * fill arrived shortly before or after it was requested.
 */
public final class AccountFeed {
  private static final int MAX_REPEATS = 3;
  private static final long QUIET_MS = 1_000;
  private static final long PUBLISH_EVERY_MS = 10_000;
  private static final long REQUEST_EVERY_MS = 60_000;
  private static final long ORDERS_EVERY_MS = 120_000;

  private final String account;
  private final AccountMode mode;
  private final HyperliquidInstrumentMap instruments;
  private final InfoApi info;
  private final EventPublisher events;
  private final InstantSource clock;
  private AccountStates latest =
      new AccountStates(
          HyperliquidJson.object(), HyperliquidJson.object(), HyperliquidJson.array());
  private @Nullable AccountState pending;
  private boolean dirty;
  private boolean changed;
  private long lastFillMs;
  private long lastPublishedMs;
  private long lastRequestMs;
  private long lastOrdersMs;

  AccountFeed(
      String account,
      AccountMode mode,
      HyperliquidInstrumentMap instruments,
      InfoApi info,
      EventPublisher events,
      InstantSource clock) {
    this.account = account;
    this.mode = mode;
    this.instruments = instruments;
    this.info = info;
    this.events = events;
    this.clock = clock;
  }

  // ---- from the stream

  synchronized void onPerpState(JsonNode state) {
    latest = new AccountStates(state, latest.spot(), latest.orders());
    changed = true;
  }

  synchronized void onSpotState(JsonNode state) {
    latest = new AccountStates(latest.perp(), state, latest.orders());
    changed = true;
  }

  synchronized void onOpenOrders(JsonNode list, long nowMs) {
    latest = new AccountStates(latest.perp(), latest.spot(), list);
    lastOrdersMs = nowMs;
  }

  /** A fill or a funding payment was published: states requested before are outdated. */
  synchronized void onAccountChange(long nowMs) {
    lastFillMs = nowMs;
    pending = null;
    dirty = true;
  }

  synchronized JsonNode openOrders() {
    return latest.orders();
  }

  // ---- by request

  /** Requests the perp state last: it carries the venue's time, and the others are older. */
  AccountState request(boolean withOrders) {
    JsonNode spot = info.request("spotClearinghouseState", account);
    JsonNode perp = info.request("clearinghouseState", account);
    Optional<JsonNode> orders =
        withOrders ? Optional.of(info.request("frontendOpenOrders", account)) : Optional.empty();
    synchronized (this) {
      latest = new AccountStates(perp, spot, orders.orElse(latest.orders()));
      return latest.view(mode, instruments);
    }
  }

  /** Requests the state, again while a fill is published meanwhile, and publishes it. */
  public void requestAndPublish() {
    long before = lastFill();
    AccountState state = request(true);
    for (int repeat = 0; repeat < MAX_REPEATS && before != lastFill(); repeat++) {
      before = lastFill();
      state = request(true);
    }
    publish(state);
  }

  private void publish(AccountState state) {
    events.publish(asOf(), new Event.AccountReported(state));
  }

  /**
   * The later of the venue's time and ours: a fill that the state contains is not later than it.
   */
  private synchronized Instant asOf() {
    Instant stated = Instant.ofEpochMilli(latest.perp().path("time").asLong());
    Instant now = clock.instant();
    return stated.isAfter(now) ? stated : now;
  }

  /**
   * Called about twice a second, on the thread that may wait for responses.
   *
   * @param nowMs of a monotonic clock
   */
  void tick(long nowMs) {
    Optional<AccountState> due = due(nowMs);
    if (due.isPresent()) {
      publish(due.get());
    } else if (isRequestDue(nowMs)) {
      long before = lastFill();
      AccountState state = request(nowMs - lastOrdersMs >= ORDERS_EVERY_MS);
      hold(state, before, nowMs);
    }
  }

  private synchronized Optional<AccountState> due(long nowMs) {
    if (nowMs - lastFillMs < QUIET_MS) {
      return Optional.empty();
    }
    Optional<AccountState> state = Optional.ofNullable(pending);
    if (state.isEmpty() && changed && !dirty && nowMs - lastPublishedMs >= PUBLISH_EVERY_MS) {
      state = Optional.of(latest.view(mode, instruments));
    }
    if (state.isPresent()) {
      pending = null;
      changed = false;
      lastPublishedMs = nowMs;
    }
    return state;
  }

  private synchronized boolean isRequestDue(long nowMs) {
    boolean quiet = nowMs - lastFillMs >= QUIET_MS;
    return quiet && pending == null && (dirty || nowMs - lastRequestMs >= REQUEST_EVERY_MS);
  }

  private synchronized long lastFill() {
    return lastFillMs;
  }

  /** Holds the state until the next tick: a fill that it contains is published by then. */
  private synchronized void hold(AccountState state, long fillBefore, long nowMs) {
    lastRequestMs = nowMs;
    if (fillBefore == lastFillMs) {
      pending = state;
      dirty = false;
    }
  }
}
