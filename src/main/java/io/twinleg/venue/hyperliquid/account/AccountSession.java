package io.twinleg.venue.hyperliquid.account;

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

import io.twinleg.core.event.Event;
import io.twinleg.core.model.AccountMode;
import io.twinleg.core.model.AccountState;
import io.twinleg.core.model.FeeSchedule;
import io.twinleg.venue.VenueException;
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
import tools.jackson.databind.JsonNode;

/**
 * Everything of one account's connection, put together: what is asked, sent and heard, and the one
 * thread on which questions wait for their answers.
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
  private Optional<AccountState> first = Optional.empty();

  /**
   * Asks who this is before anything else.
   *
   * @throws VenueException when this signer may not trade for this account
   */
  public AccountSession(PublicClient side, SigningIdentity identity, HyperliquidInstrumentMap legs) {
    this.publicClient = side;
    this.identity = identity;
    this.clock = side.clock();
    this.inbox = side.inbox();
    preflight.requireRights(identity);
    mode = preflight.mode(identity.account());
    nonces = new NonceSource(clock);
    events = new EventPublisher(legs, orders, deduplicator, inbox::publish);
    accountFeed = new AccountFeed(identity.account(), mode, legs, this::request, events, clock);
    LeverageClient leverage =
        new LeverageClient(identity, legs, this::post, this::request, events, clock, this::background);
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
    orderStatus = new OrderStatusClient(identity.account(), this::requestOnce, orders, events, clock);
    backfill = new HyperliquidBackfill(identity.account(), this::request, deduplicator, events);
    userLimit = requestUserLimit();
    boolean granted = userLimit.volume().compareTo(HyperliquidDeadMansSwitch.VOLUME) >= 0;
    deadMan = new HyperliquidDeadMansSwitch(granted, identity, nonces, this::post, clock);
    watch = new StalenessMonitor(System::nanoTime, fact -> events.publish(clock.instant(), fact));
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
            side.streamAddress(),
            HEARTBEAT,
            new Backoff(
                Duration.ofMillis(200), Duration.ofSeconds(10), RandomGenerator.getDefault()),
            stream);
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "venue-account");
    thread.setDaemon(true);
    return thread;
  }

  private static long nowMs() {
    return System.nanoTime() / 1_000_000;
  }

  /** Rounded up: whoever waits for a wire waits rather too long. */
  public int clockSpeed() {
    return clock.speed().setScale(0, RoundingMode.CEILING).max(BigDecimal.ONE).intValue();
  }

  private void send(String text) {
    socket.send(text);
  }

  // ---- the lines

  /** A read may be asked again: one bad answer ends no start. */
  private JsonNode request(JsonNode question) {
    String type = question.path("type").asString("");
    return reads.call("asking " + publicClient.http().site() + " for " + type, () -> send(question, type));
  }

  /** Whoever asks for an order asks again himself: nothing must wait behind a patient read. */
  private JsonNode requestOnce(JsonNode question) {
    String type = question.path("type").asString("");
    HttpResult answer = send(question, type);
    if (answer instanceof HttpResult.Ok ok) {
      return ok.body();
    }
    throw new VenueException("asking for " + type + ": " + answer.describe(), true);
  }

  private HttpResult send(JsonNode question, String type) {
    publicClient.budget().consume(InfoClient.weight(type));
    return counted(publicClient.http().post("/info", question, REQUEST_TIMEOUT));
  }

  private void post(JsonNode body, Duration patience, Consumer<ExchangeReply> heard) {
    publicClient.budget().consume(InfoClient.ACTION);
    var unused =
        publicClient.http()
            .postAsync("/exchange", body, patience)
            .thenAccept(answer -> onReply(answer, heard));
  }

  /** A mistake in reading an answer must not be lost with the client's thread. */
  private void onReply(HttpResult answer, Consumer<ExchangeReply> heard) {
    guarded(() -> heard.accept(ExchangeReply.of(counted(answer))));
  }

  private HttpResult counted(HttpResult answer) {
    if (answer instanceof HttpResult.HttpError error
        && error.status() == InfoClient.TOO_MANY) {
      publicClient.budget().markExhausted();
    }
    return answer;
  }

  private UserRateLimit requestUserLimit() {
    return UserRateLimit.read(requestForUser("userRateLimit"));
  }

  /** How many actions the venue still takes from this account. */
  private void publishQuota(UserRateLimit budget) {
    events.publish(clock.instant(), new Event.BudgetReported(budget.used(), budget.cap()));
  }

  private JsonNode requestForUser(String type) {
    return request(HyperliquidJson.object().put("type", type).put("user", identity.account()));
  }

  // ---- the start

  /**
   * Listens first and asks then, until two looks find nothing new between them: what was missed and
   * the account are one cut (specification 2.7).
   */
  public List<Event> start() {
    deduplicator.start(clock.instant());
    watch.watch(AccountStream.FEED, STALE);
    socket.start();
    awaitStream();
    for (int cut = 1; cut <= MAX_CUTS; cut++) {
      boolean news = backfill.run();
      if (first.isPresent() && !news) {
        break;
      }
      first = Optional.of(accountFeed.request(true));
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
    Optional<AccountState> state = first;
    first = Optional.empty();
    return state.orElseGet(() -> accountFeed.request(true));
  }

  /** After a connection that broke: what it would have said, and then the account. */
  private void catchUp() {
    backfill.run();
    accountFeed.onAccountChange(nowMs());
  }

  // ---- by the hour and by the second

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
              "the account's mode changed from %s to %s while it was traded: look at its positions, then start again"
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

  /** A question without an answer is asked again later; any other trouble ends the run. */
  private void guarded(Runnable work) {
    try {
      work.run();
    } catch (VenueException trouble) {
      if (!trouble.isRetryable()) {
        inbox.fail(trouble);
      }
    } catch (RuntimeException mistake) {
      inbox.fail(new VenueException("the account's answers cannot be read: " + mistake, false));
    }
  }

  // ---- the desks

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
