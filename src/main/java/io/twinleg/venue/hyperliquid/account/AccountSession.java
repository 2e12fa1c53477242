package io.twinleg.venue.hyperliquid.account;

import io.twinleg.core.event.Event;
import io.twinleg.core.model.AccountMode;
import io.twinleg.core.model.AccountState;
import io.twinleg.core.model.FeeSchedule;
import io.twinleg.venue.VenueException;
import io.twinleg.venue.hyperliquid.market.InfoClient;
import io.twinleg.venue.hyperliquid.market.PublicClient;
import io.twinleg.venue.hyperliquid.order.ActionSender;
import io.twinleg.venue.hyperliquid.order.Deduplicator;
import io.twinleg.venue.hyperliquid.order.EventPublisher;
import io.twinleg.venue.hyperliquid.order.ExchangeApi.ExchangeReply;
import io.twinleg.venue.hyperliquid.order.HyperliquidInstrumentMap;
import io.twinleg.venue.hyperliquid.order.LeverageClient;
import io.twinleg.venue.hyperliquid.order.NonceSource;
import io.twinleg.venue.hyperliquid.order.OrderCache;
import io.twinleg.venue.hyperliquid.order.OrderStatusClient;
import io.twinleg.venue.hyperliquid.order.SigningIdentity;
import io.twinleg.venue.transport.Backoff;
import io.twinleg.venue.transport.EventInbox;
import io.twinleg.venue.transport.HttpResult;
import io.twinleg.venue.transport.ReconnectingWebSocket;
import io.twinleg.venue.transport.RetryPolicy;
import io.twinleg.venue.transport.StalenessMonitor;
import io.twinleg.venue.transport.VenueClock;
import io.twinleg.wire.hyperliquid.HyperliquidJson;
import io.twinleg.wire.hyperliquid.account.UserRateLimit;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One account's session: its stream, requests, actions and timers. Whatever waits for a response
 * runs on the thread {@code hyperliquid-account}.
 */
public final class AccountSession implements AutoCloseable {
  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(3);
  private static final Duration FIRST_RETRY = Duration.ofMillis(200);
  private static final Duration FIRST_OPENING = Duration.ofSeconds(15);
  private static final Duration TICK = Duration.ofMillis(500);
  private static final Duration HOURLY = Duration.ofHours(1);
  private static final Duration QUOTA_EVERY = Duration.ofMinutes(5);
  private static final Duration STALE = Duration.ofSeconds(5);
  private static final int MAX_CUTS = 5;

  private static final ReconnectingWebSocket.Heartbeat HEARTBEAT =
      new ReconnectingWebSocket.Heartbeat(
          Optional.of("{\"method\":\"ping\"}"), Duration.ofSeconds(2), Duration.ofSeconds(10));

  private final RetryPolicy reads = new RetryPolicy(FIRST_RETRY, RandomGenerator.getDefault());
  private final PublicClient publicClient;
  private final SigningIdentity identity;
  private final VenueClock clock;
  private final EventInbox inbox;
  private final AccountPreflight preflight = new AccountPreflight(this::request);
  private final OrderCache orders = new OrderCache();
  private final Deduplicator deduplicator = new Deduplicator();
  private final NonceSource nonces;
  private final EventPublisher events;
  private final AccountFeed accountFeed;
  private final ActionSender actions;
  private final TransferClient transfers;
  private final OrderStatusClient orderStatus;
  private final HyperliquidBackfill backfill;
  private final UserRateLimit userLimit;
  private final HyperliquidDeadMansSwitch deadMan;
  private final StalenessMonitor watch;
  private final AccountStream stream;
  private final ReconnectingWebSocket socket;
  private final AccountMode mode;
  private final ScheduledExecutorService background =
      Executors.newSingleThreadScheduledExecutor(AccountSession::daemon);
  private @Nullable AccountState first;

  /**
   * Checks the signer's rights before anything else.
   *
   * @throws VenueException when this signer may not trade for this account
   */
  public AccountSession(
      PublicClient publicClient, SigningIdentity identity, HyperliquidInstrumentMap legs) {
    this.publicClient = publicClient;
    this.identity = identity;
    this.clock = publicClient.clock();
    this.inbox = publicClient.inbox();
    preflight.requireRights(identity);
    mode = preflight.mode(identity.account());
    nonces = new NonceSource(clock);
    events = new EventPublisher(legs, orders, deduplicator, inbox::publish);
    accountFeed = new AccountFeed(identity.account(), mode, legs, this::request, events, clock);
    LeverageClient leverage =
        new LeverageClient(
            identity, legs, this::post, this::request, events, clock, this::background);
    actions =
        new ActionSender(
            identity, legs, nonces, orders, this::post, events, leverage, clock, clock.speed());
    transfers =
        new TransferClient(
            identity,
            mode,
            nonces,
            this::post,
            this::request,
            events,
            clock,
            clock.speed(),
            this::background);
    orderStatus =
        new OrderStatusClient(identity.account(), this::requestOnce, orders, events, clock);
    backfill = new HyperliquidBackfill(identity.account(), this::request, deduplicator, events);
    userLimit = requestUserLimit();
    boolean granted = userLimit.volume().compareTo(HyperliquidDeadMansSwitch.VOLUME) >= 0;
    deadMan = new HyperliquidDeadMansSwitch(granted, identity, nonces, this::post, clock);
    watch =
        new StalenessMonitor(
            System::nanoTime, clock, fact -> events.publish(clock.instant(), fact));
    stream =
        new AccountStream(
            identity.account(),
            events,
            accountFeed,
            watch,
            this::send,
            () -> background(this::catchUp),
            () -> background(accountFeed::requestAndPublish),
            AccountSession::nowMs);
    socket =
        new ReconnectingWebSocket(
            publicClient.streamAddress(),
            HEARTBEAT,
            new Backoff(
                Duration.ofMillis(200), Duration.ofSeconds(10), RandomGenerator.getDefault()),
            stream);
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "hyperliquid-account");
    thread.setDaemon(true);
    return thread;
  }

  private static long nowMs() {
    return System.nanoTime() / 1_000_000;
  }

  /** Rounded up: waits for responses rather last too long. */
  public int clockSpeed() {
    return clock.speed().setScale(0, RoundingMode.CEILING).max(BigDecimal.ONE).intValue();
  }

  private void send(String text) {
    socket.send(text);
  }

  // ---- requests

  /** Repeats a failed request: one bad response ends no start. */
  private JsonNode request(JsonNode request) {
    String type = request.path("type").asString("");
    return reads.call(
        "the request to " + publicClient.http().site() + " for " + type, () -> send(request, type));
  }

  /** Sends once: the caller repeats order queries itself, and nothing must wait behind a retry. */
  private JsonNode requestOnce(JsonNode request) {
    String type = request.path("type").asString("");
    HttpResult result = send(request, type);
    if (result instanceof HttpResult.Ok ok) {
      return ok.body();
    }
    throw new VenueException("the request for " + type + ": " + result.describe(), true);
  }

  private HttpResult send(JsonNode request, String type) {
    publicClient.budget().consume(InfoClient.weight(type));
    return counted(publicClient.http().post("/info", request, REQUEST_TIMEOUT));
  }

  private void post(JsonNode body, Duration timeout, Consumer<ExchangeReply> callback) {
    publicClient.budget().consume(InfoClient.ACTION);
    var unused =
        publicClient
            .http()
            .postAsync("/exchange", body, timeout)
            .thenAccept(result -> onReply(result, callback));
  }

  /** An exception while reading a response must not be lost on the client's thread. */
  private void onReply(HttpResult result, Consumer<ExchangeReply> callback) {
    guarded(() -> callback.accept(ExchangeReply.of(counted(result))));
  }

  private HttpResult counted(HttpResult result) {
    if (result instanceof HttpResult.HttpError error && error.status() == InfoClient.TOO_MANY) {
      publicClient.budget().markExhausted();
    }
    return result;
  }

  private UserRateLimit requestUserLimit() {
    return UserRateLimit.read(requestForUser("userRateLimit"));
  }

  /** Publishes how many actions the venue still accepts from this account. */
  private void publishQuota(UserRateLimit limit) {
    events.publish(clock.instant(), new Event.BudgetReported(limit.used(), limit.cap()));
  }

  private JsonNode requestForUser(String type) {
    return request(HyperliquidJson.object().put("type", type).put("user", identity.account()));
  }

  // ---- the start

  /**
   * Subscribes first and requests then, until two backfills in a row find nothing new: backfill and
   * account are one consistent cut (specification 2.7).
   */
  public List<Event> start() {
    deduplicator.start(clock.instant());
    watch.watch(AccountStream.FEED, STALE);
    socket.start();
    awaitStream();
    for (int cut = 1; cut <= MAX_CUTS; cut++) {
      boolean isNew = backfill.run();
      if (first != null && !isNew) {
        break;
      }
      first = accountFeed.request(true);
    }
    publishQuota(userLimit);
    tickEvery();
    return events.finishStart();
  }

  private void awaitStream() {
    try {
      if (!stream.subscribed().await(FIRST_OPENING.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new VenueException(
            "the stream of "
                + publicClient.http().site()
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

  public AccountState account() {
    AccountState state = first;
    first = null;
    return state != null ? state : accountFeed.request(true);
  }

  /** After a reconnect: requests what the stream missed, then the account. */
  private void catchUp() {
    backfill.run();
    accountFeed.onAccountChange(nowMs());
  }

  // ---- timers

  private void tickEvery() {
    repeat(TICK, this::tick);
    repeat(HOURLY, () -> inbox.publish(new Event.FeesReported(fees())));
    repeat(HOURLY, this::requireSameMode);
    repeat(QUOTA_EVERY, () -> publishQuota(requestUserLimit()));
  }

  private void repeat(Duration every, Runnable work) {
    var unused =
        background.scheduleWithFixedDelay(
            () -> guarded(work), every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void tick() {
    watch.check();
    accountFeed.tick(nowMs());
    deadMan.tick(accountFeed.openOrders(), nowMs());
  }

  private void requireSameMode() {
    AccountMode now = preflight.mode(identity.account());
    if (now != mode) {
      inbox.fail(
          new VenueException(
              "the account's mode changed from %s to %s while the run was active: check its positions, then start again"
                  .formatted(mode, now),
              false));
    }
  }

  public void background(Runnable work) {
    try {
      background.execute(() -> guarded(work));
    } catch (RejectedExecutionException closed) {
      if (!background.isShutdown()) {
        throw closed;
      }
    }
  }

  /** A retryable failure is repeated later; any other one ends the run. */
  private void guarded(Runnable work) {
    try {
      work.run();
    } catch (VenueException failure) {
      if (!failure.isRetryable()) {
        inbox.fail(failure);
      }
    } catch (RuntimeException error) {
      inbox.fail(new VenueException("the account's answers cannot be read: " + error, false));
    }
  }

  // ---- the parts

  public AccountMode mode() {
    return mode;
  }

  public FeeSchedule fees() {
    return preflight.fees(identity.account());
  }

  public AccountFeed accountFeed() {
    return accountFeed;
  }

  public ActionSender actions() {
    return actions;
  }

  public TransferClient transfers() {
    return transfers;
  }

  public OrderStatusClient orderStatus() {
    return orderStatus;
  }

  public OrderCache orders() {
    return orders;
  }

  public Deduplicator deduplicator() {
    return deduplicator;
  }

  public NonceSource nonces() {
    return nonces;
  }

  public HyperliquidDeadMansSwitch deadMan() {
    return deadMan;
  }

  @Override
  public void close() {
    deadMan.disarm();
    socket.close();
    background.shutdownNow();
  }
}
