package io.twinleg.venue.hyperliquid.account;

import io.twinleg.core.event.Event;
import io.twinleg.core.model.AccountMode;
import io.twinleg.core.model.AccountState;
import io.twinleg.venue.VenueException;
import io.twinleg.venue.hyperliquid.order.EventPublisher;
import io.twinleg.venue.hyperliquid.order.HyperliquidInstrumentMap;
import io.twinleg.venue.hyperliquid.order.HyperliquidLegAdapter.HyperliquidSpotAdapter;
import io.twinleg.venue.hyperliquid.order.InfoApi;
import io.twinleg.venue.hyperliquid.order.OrderCache;
import io.twinleg.wire.MalformedMessage;
import io.twinleg.wire.hyperliquid.account.HyperliquidSpotAccount;
import io.twinleg.wire.hyperliquid.account.PerpAccount;
import io.twinleg.wire.hyperliquid.account.RestingOrders;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The latest states of the account, and when to publish them. A state that contains a fill which is
 * not published yet would look like a difference in the books, so a state is published only when no
 * fill arrived shortly before or after it was requested, and none is waiting to be read. May be
 * used from any thread.
 */
public final class AccountFeed {
  private static final int MAX_REPEATS = 3;
  private static final long QUIET_MS = 1_000;
  private static final long PUBLISH_EVERY_MS = 10_000;
  private static final long REQUEST_EVERY_MS = 60_000;
  private static final long ORDERS_EVERY_MS = 120_000;

  /** A state dated further ahead of the venue's clock than this is no state. */
  private static final Duration AHEAD = Duration.ofSeconds(5);

  /** The stream may overtake an answer by this much. */
  private static final Duration ON_ITS_WAY = Duration.ofSeconds(5);

  /** Older by more than this it is no lag: the venue's clock was set. */
  private static final Duration LAGS_AT_MOST = Duration.ofMinutes(1);

  private final String account;
  private final AccountMode mode;
  private final HyperliquidInstrumentMap instruments;
  private final OrderCache ownOrders;
  private final InfoApi info;
  private final EventPublisher events;
  private final InstantSource venueTime;
  private @Nullable PerpAccount perp;
  private @Nullable HyperliquidSpotAccount spot;
  private @Nullable RestingOrders orders;
  private @Nullable PerpAccount streamedPerp;
  private @Nullable HyperliquidSpotAccount streamedSpot;
  private @Nullable AccountState pending;
  private boolean dirty;
  private boolean changed;
  private boolean blocked;
  private long lastFillMs;
  private long lastPublishedMs;
  private long lastRequestMs;
  private long lastOrdersMs;

  /**
   * @param info sends once: what fails is due again
   */
  AccountFeed(
      String account,
      AccountMode mode,
      HyperliquidInstrumentMap instruments,
      OrderCache ownOrders,
      InfoApi info,
      EventPublisher events,
      InstantSource venueTime) {
    this.account = account;
    this.mode = mode;
    this.instruments = instruments;
    this.ownOrders = ownOrders;
    this.info = info;
    this.events = events;
    this.venueTime = venueTime;
  }

  // ---- what is read

  PerpAccount perp(JsonNode state) {
    return PerpAccount.read(state, coin -> instruments.ofCoin(coin).isPresent());
  }

  HyperliquidSpotAccount spot(JsonNode state) {
    return HyperliquidSpotAccount.read(state, this::isHeld, this::isHeldName);
  }

  private boolean isHeld(long token) {
    return token == AccountStates.QUOTE_TOKEN
        || instruments.all().stream()
            .anyMatch(
                leg -> leg instanceof HyperliquidSpotAdapter pair && pair.baseToken() == token);
  }

  private boolean isHeldName(String coin) {
    return coin.equals(AccountStates.QUOTE_NAME)
        || instruments.all().stream()
            .anyMatch(
                leg -> leg instanceof HyperliquidSpotAdapter pair && pair.baseName().equals(coin));
  }

  RestingOrders orders(JsonNode list) {
    return RestingOrders.read(list, coin -> instruments.ofCoin(coin).isPresent(), ownOrders::isOwn);
  }

  // ---- from the stream

  synchronized void onPerpState(PerpAccount state) {
    boolean isOlder = perp != null && state.time() < perp.time();
    if (!isOlder && !isAhead(state)) {
      perp = state;
      streamedPerp = state;
      changed = true;
    }
  }

  private boolean isAhead(PerpAccount state) {
    return Instant.ofEpochMilli(state.time()).isAfter(venueTime.instant().plus(AHEAD));
  }

  synchronized void onSpotState(HyperliquidSpotAccount state) {
    spot = state;
    streamedSpot = state;
    changed = true;
  }

  synchronized void onOpenOrders(RestingOrders list, long nowMs) {
    orders = list;
    lastOrdersMs = nowMs;
  }

  /** A fill or a funding payment was published: states requested before are outdated. */
  synchronized void onAccountChange(long nowMs) {
    lastFillMs = nowMs;
    pending = null;
    dirty = true;
  }

  /** What was last read is outdated: nothing is published until a state is requested. */
  synchronized void onUnreadableState() {
    pending = null;
    dirty = true;
  }

  /** While fills wait to be read, no state fits what was published. */
  synchronized void setBlocked(boolean waiting) {
    blocked = waiting;
    if (waiting) {
      pending = null;
      dirty = true;
    }
  }

  /** Empty while they are not known. */
  synchronized Optional<RestingOrders> openOrders() {
    return Optional.ofNullable(orders);
  }

  // ---- by request

  /** Requests the perp state last: it carries the venue's time, and the others are older. */
  AccountState request(boolean withOrders) {
    return request(withOrders, info);
  }

  AccountState request(boolean withOrders, InfoApi through) {
    AccountStates read = read(withOrders, through);
    synchronized (this) {
      requireNotOlder(read.perp());
      AccountState state = read.view(mode, instruments);
      perp = read.perp();
      spot = read.spot();
      orders = read.orders();
      return state;
    }
  }

  /** One of the venue's machines may lag: what it shows was true before what is known. */
  private void requireNotOlder(PerpAccount requested) {
    if (perp == null) {
      return;
    }
    Duration behind = Duration.ofMillis(perp.time() - requested.time());
    if (behind.compareTo(ON_ITS_WAY) > 0 && behind.compareTo(LAGS_AT_MOST) < 0) {
      throw new VenueException(
          "the account that was requested is %d ms older than the one that is known"
              .formatted(behind.toMillis()),
          true);
    }
  }

  private AccountStates read(boolean withOrders, InfoApi through) {
    HyperliquidSpotAccount newSpot = through.request("spotClearinghouseState", account, this::spot);
    PerpAccount newPerp = through.request("clearinghouseState", account, this::perp);
    RestingOrders known = openOrders().orElse(RestingOrders.NONE);
    return new AccountStates(
        newPerp,
        newSpot,
        withOrders ? through.request("frontendOpenOrders", account, this::orders) : known);
  }

  /**
   * Asks for what is held now, without taking it over. Returns whether the stream has said as much:
   * true at first, as there is nothing to compare with.
   */
  boolean isAsStreamed() {
    AccountStates requested = read(false, info);
    synchronized (this) {
      streamedPerp = streamedPerp != null ? streamedPerp : requested.perp();
      streamedSpot = streamedSpot != null ? streamedSpot : requested.spot();
      return requested.holdsAs(new AccountStates(streamedPerp, streamedSpot, RestingOrders.NONE));
    }
  }

  /** What the stream left out was read by requests. */
  synchronized void forgetStreamed() {
    streamedPerp = null;
    streamedSpot = null;
  }

  /** Requests the state, again while a fill is published meanwhile, and publishes it. */
  public void requestAndPublish() {
    long before = lastFill();
    AccountState state = request(true);
    for (int repeat = 0; repeat < MAX_REPEATS && before != lastFill(); repeat++) {
      before = lastFill();
      state = request(true);
    }
    if (!isBlocked()) {
      publish(state);
    }
  }

  private synchronized boolean isBlocked() {
    return blocked;
  }

  private void publish(AccountState state) {
    events.publish(asOf(), new Event.AccountReported(state));
  }

  /**
   * The later of the venue's time and ours: a fill that the state contains is not later than it.
   */
  private synchronized Instant asOf() {
    Instant now = venueTime.instant();
    if (perp == null || isAhead(perp)) {
      return now;
    }
    Instant stated = Instant.ofEpochMilli(perp.time());
    return stated.isAfter(now) ? stated : now;
  }

  /**
   * Publishes a state that is due. Called about twice a second.
   *
   * @param nowMs of a monotonic clock
   */
  void tick(long nowMs) {
    due(nowMs).ifPresent(this::publish);
  }

  private synchronized Optional<AccountState> due(long nowMs) {
    if (blocked || nowMs - lastFillMs < QUIET_MS) {
      return Optional.empty();
    }
    Optional<AccountState> state = Optional.ofNullable(pending);
    boolean isStreamed = changed && !dirty && nowMs - lastPublishedMs >= PUBLISH_EVERY_MS;
    if (state.isEmpty() && isStreamed && perp != null && spot != null && orders != null) {
      state = streamed(new AccountStates(perp, spot, orders));
    }
    if (state.isPresent()) {
      pending = null;
      changed = false;
      lastPublishedMs = nowMs;
    }
    return state;
  }

  /** Empty where no account can be made of what the stream said: then it is requested. */
  private Optional<AccountState> streamed(AccountStates states) {
    try {
      return Optional.of(states.view(mode, instruments));
    } catch (MalformedMessage impossible) {
      events.unreadable().report("the account's stream", impossible.detail());
      dirty = true;
      return Optional.empty();
    }
  }

  synchronized boolean isRequestDue(long nowMs) {
    boolean quiet = !blocked && nowMs - lastFillMs >= QUIET_MS;
    return quiet && pending == null && (dirty || nowMs - lastRequestMs >= REQUEST_EVERY_MS);
  }

  /** Requests the state, for a later {@link #tick} to publish. */
  void refresh(long nowMs) {
    long before = lastFill();
    AccountState state = request(areOrdersDue(nowMs));
    hold(state, before, nowMs);
  }

  private synchronized boolean areOrdersDue(long nowMs) {
    return orders == null || nowMs - lastOrdersMs >= ORDERS_EVERY_MS;
  }

  private synchronized long lastFill() {
    return lastFillMs;
  }

  /** Holds the state until the next tick: a fill that it contains is published by then. */
  private synchronized void hold(AccountState state, long fillBefore, long nowMs) {
    lastRequestMs = nowMs;
    if (fillBefore == lastFillMs && !blocked) {
      pending = state;
      dirty = false;
    }
  }
}
