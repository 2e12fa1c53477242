package io.twinleg.venue.hyperliquid.account;

import io.twinleg.core.event.Command.QueryOrder;
import io.twinleg.core.event.Event;
import io.twinleg.core.event.SequencedEvent;
import io.twinleg.core.model.AccountMode;
import io.twinleg.core.model.AccountState;
import io.twinleg.core.model.ClientOrderId;
import io.twinleg.core.model.FeeSchedule;
import io.twinleg.venue.VenueException;
import io.twinleg.venue.client.VenueExecutor;
import io.twinleg.venue.client.VenueExecutor.Lane;
import io.twinleg.venue.hyperliquid.market.InfoClient;
import io.twinleg.venue.hyperliquid.market.PublicClient;
import io.twinleg.venue.hyperliquid.order.ActionSender;
import io.twinleg.venue.hyperliquid.order.Deduplicator;
import io.twinleg.venue.hyperliquid.order.EventPublisher;
import io.twinleg.venue.hyperliquid.order.ExchangeApi.ExchangeReply;
import io.twinleg.venue.hyperliquid.order.HyperliquidInstrumentMap;
import io.twinleg.venue.hyperliquid.order.InfoApi;
import io.twinleg.venue.hyperliquid.order.LeverageClient;
import io.twinleg.venue.hyperliquid.order.NonceSource;
import io.twinleg.venue.hyperliquid.order.OrderCache;
import io.twinleg.venue.hyperliquid.order.OrderStatusClient;
import io.twinleg.venue.hyperliquid.order.SigningIdentity;
import io.twinleg.venue.transport.Backoff;
import io.twinleg.venue.transport.EventInbox;
import io.twinleg.venue.transport.HttpResult;
import io.twinleg.venue.transport.ReconnectingWebSocket;
import io.twinleg.venue.transport.VenueClock;
import io.twinleg.wire.MalformedMessage;
import io.twinleg.wire.hyperliquid.account.UserRateLimit;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One account's session: its stream, requests, actions and timers. Incoming responses and timers
 * run on the owner thread of its {@link VenueExecutor}; what waits for a response runs on a lane.
 * Nothing that the venue says ends the run: what fails is asked again, with growing pauses, and
 * entries stop meanwhile.
 */
public final class AccountSession implements AutoCloseable {
  private static final Duration FIRST_OPENING = Duration.ofSeconds(15);
  private static final Duration TICK = Duration.ofMillis(500);
  private static final Duration HOURLY = Duration.ofHours(1);
  private static final Duration QUOTA_EVERY = Duration.ofMinutes(5);
  private static final int MAX_CUTS = 5;

  /** Silence of the stream after which the venue is asked: where something is due, and else. */
  private static final Duration ASK_WHERE_DUE = Duration.ofSeconds(3);

  private static final Duration ASK = Duration.ofSeconds(15);

  /** What an answer shows may be on its way by the stream. */
  private static final Duration ON_ITS_WAY = Duration.ofSeconds(1);

  /** Passes in which fills stay unreadable, before orders are asked how much they filled. */
  private static final int UNREAD_PASSES = 2;

  private static final String UNREAD = "unread";
  private static final String SILENT = "silent";
  private static final String MODE = "mode";
  private static final String STATE = "state";

  /** For so long after an unreadable state the stream is not believed to be well again. */
  private static final Duration UNREAD_STATE = Duration.ofSeconds(5);

  private static final ReconnectingWebSocket.Heartbeat HEARTBEAT =
      new ReconnectingWebSocket.Heartbeat(
          Optional.of("{\"method\":\"ping\"}"), Duration.ofSeconds(2), Duration.ofSeconds(10));

  private final PublicClient publicClient;
  private final SigningIdentity identity;
  private final VenueClock clock;
  private final EventInbox inbox;
  private final InfoApi once = new Requests(false);
  private final AccountPreflight preflight = new AccountPreflight(once);
  private final OrderCache orders = new OrderCache();
  private final Deduplicator deduplicator;
  private final NonceSource nonces;
  private final EventPublisher events;
  private final AccountFeed accountFeed;
  private final ActionSender actions;
  private final TransferClient transfers;
  private final OrderStatusClient orderStatus;
  private final HyperliquidBackfill backfill;
  private final UserRateLimit userLimit;
  private final HyperliquidDeadMansSwitch deadMan;
  private final AccountHealth health;
  private final AccountStream stream;
  private final ReconnectingWebSocket socket;
  private final VenueExecutor executor;
  private final AccountMode mode;
  private final Set<String> running = ConcurrentHashMap.newKeySet();
  private final AtomicInteger missed = new AtomicInteger();
  private final Pauses pauses = new Pauses();
  private final Backoff reportAgain = backoff(Duration.ofSeconds(1), Duration.ofSeconds(30));
  private volatile long reportNotBeforeMs = Long.MIN_VALUE / 2;
  private volatile long unreadStateMs = Long.MIN_VALUE / 2;
  private volatile long askedMs = Long.MIN_VALUE / 2;
  private volatile long answeredMs = Long.MIN_VALUE / 2;
  private volatile @Nullable FeeSchedule fees;
  private int unreadPasses;
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
    InstantSource venueTime = clock::venueNow;
    AccountPreflight atStart = new AccountPreflight(new Requests(true));
    atStart.requireRights(identity);
    mode = atStart.mode(identity.account());
    deduplicator = new Deduplicator(venueTime);
    nonces = new NonceSource(venueTime);
    events = new EventPublisher(legs, orders, deduplicator, venueTime, inbox::publish);
    executor = new VenueExecutor("hyperliquid", clock, events.unreadable());
    accountFeed = new AccountFeed(identity.account(), mode, legs, orders, once, events, venueTime);
    LeverageClient leverage =
        new LeverageClient(
            identity,
            legs,
            this::post,
            once,
            events,
            this::question,
            work -> executor.executeAfter(clock.venueTime(ON_ITS_WAY), work));
    actions =
        new ActionSender(
            identity,
            legs,
            nonces,
            orders,
            this::post,
            events,
            leverage,
            venueTime,
            clock.speed(),
            publicClient::remeasureClock);
    transfers =
        new TransferClient(
            identity,
            mode,
            nonces,
            this::post,
            once,
            events,
            venueTime,
            clock.speed(),
            this::question);
    orderStatus = new OrderStatusClient(identity.account(), legs, once, orders, events, venueTime);
    backfill = new HyperliquidBackfill(identity.account(), deduplicator, events);
    userLimit = userLimit(new Requests(true));
    fees = atStart.fees(identity.account());
    boolean granted = userLimit.volume().compareTo(HyperliquidDeadMansSwitch.VOLUME) >= 0;
    deadMan = new HyperliquidDeadMansSwitch(granted, identity, nonces, this::post, venueTime);
    health = new AccountHealth(System::nanoTime, clock, events::publish);
    stream =
        new AccountStream(
            identity.account(),
            events,
            accountFeed,
            health,
            this::send,
            new Consequences(),
            AccountSession::nowMs);
    socket =
        new ReconnectingWebSocket(
            publicClient.streamAddress(),
            HEARTBEAT,
            backoff(Duration.ofMillis(200), Duration.ofSeconds(10)),
            stream);
  }

  private static Backoff backoff(Duration first, Duration longest) {
    return new Backoff(first, longest, RandomGenerator.getDefault());
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

  /** Requests about the account, repeated at a start, sent once otherwise. */
  private final class Requests implements InfoApi {
    private final boolean repeated;

    private Requests(boolean repeated) {
      this.repeated = repeated;
    }

    @Override
    public JsonNode request(ObjectNode body) {
      return request(body, Function.identity());
    }

    @Override
    public <T> T request(ObjectNode body, Function<JsonNode, T> reader) {
      return repeated
          ? publicClient.info().request(body, reader)
          : publicClient.info().requestOnce(body, reader);
    }
  }

  private void post(JsonNode body, Duration timeout, Consumer<ExchangeReply> callback) {
    publicClient.budget().consume(InfoClient.ACTION);
    var unused =
        publicClient
            .http()
            .postAsync("/exchange", body, timeout)
            .thenAccept(result -> executor.execute(() -> onReply(result, callback)));
  }

  private void onReply(HttpResult result, Consumer<ExchangeReply> callback) {
    publicClient.info().counted(result);
    ExchangeReply reply = ExchangeReply.of(result);
    switch (reply) {
      case ExchangeReply.Lost lost when result instanceof HttpResult.Ok ->
          events.unreadable().report("/exchange", lost.why());
      case ExchangeReply.Lost lost -> {
        // an ordinary loss, which the order's query settles
      }
      case ExchangeReply.Received received -> answeredMs = nowMs();
    }
    callback.accept(reply);
  }

  private UserRateLimit userLimit(InfoApi info) {
    return info.request("userRateLimit", identity.account(), UserRateLimit::read);
  }

  /** Publishes how many actions the venue still accepts from this account. */
  private void publishQuota(UserRateLimit limit) {
    events.publish(new Event.BudgetReported(limit.used(), limit.cap()));
  }

  /** Runs what waits for a response to a question. */
  private void question(Runnable work) {
    executor.run(Lane.QUESTIONS, () -> quietly(work));
  }

  /** No response is no event: the question is due again. */
  private static void quietly(Runnable work) {
    try {
      work.run();
    } catch (VenueException noAnswer) {
      // who asked asks again; what lasts shows as staleness
      return;
    }
  }

  /** Runs this work on a lane, unless it is running or waits to run. */
  private void runSingle(Lane lane, String name, Runnable work) {
    if (running.add(name)) {
      executor.run(
          lane,
          () -> {
            try {
              work.run();
            } finally {
              running.remove(name);
            }
          });
    }
  }

  public void query(QueryOrder query) {
    question(() -> orderStatus.query(query.order()));
  }

  public void requestAccount() {
    executor.run(Lane.QUESTIONS, () -> isTold(accountFeed::requestAndPublish));
  }

  // ---- the start

  /**
   * Subscribes first and requests then, until two backfills in a row find nothing new: backfill and
   * account are one consistent cut (specification 2.7).
   */
  public List<Event> start() {
    deduplicator.start(clock.venueNow());
    health.start();
    socket.start();
    awaitStream();
    InfoApi repeated = new Requests(true);
    HyperliquidBackfill.Result found = new HyperliquidBackfill.Result(false, true, true);
    for (int cut = 1; cut <= MAX_CUTS; cut++) {
      found = backfill.run(repeated);
      if (first != null && !found.isNew()) {
        break;
      }
      first = accountFeed.request(true, repeated);
    }
    accountFeed.setBlocked(!found.areFillsClean());
    if (!found.isClean()) {
      health.trouble(UNREAD);
      catchUp();
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
    return state != null ? state : accountFeed.request(true, new Requests(true));
  }

  /** Takes one journalled event at a restart. */
  public void restore(SequencedEvent event) {
    deduplicator.restore(event, clock.offset().median().orElse(Duration.ZERO));
    orders.apply(event.fact());
  }

  // ---- what was missed, or could not be read

  private final class Consequences implements AccountStream.Consequences {
    @Override
    public void catchUp() {
      AccountSession.this.catchUp();
    }

    @Override
    public void readAgain() {
      health.trouble(UNREAD);
      AccountSession.this.catchUp();
    }

    @Override
    public void requestState() {
      unreadStateMs = nowMs();
      health.trouble(STATE);
      accountFeed.onUnreadableState();
    }

    @Override
    public void requestAccount() {
      AccountSession.this.requestAccount();
    }

    @Override
    public void ask(ClientOrderId order) {
      question(() -> orderStatus.query(order));
    }
  }

  /**
   * Requests what the stream missed or said unreadably, then the account: at once, and where that
   * lasts after growing pauses.
   */
  private void catchUp() {
    if (missed.getAndIncrement() == 0) {
      executor.executeAfter(
          clock.venueTime(pauses.next()), () -> executor.run(Lane.PATIENT, this::readMissed));
    }
  }

  private void readMissed() {
    int before = missed.get();
    try {
      read(backfill.run(once));
    } catch (VenueException noAnswer) {
      health.trouble(UNREAD);
      missed.incrementAndGet();
    } catch (MalformedMessage unreadable) {
      events.unreadable().report("a page of the account's history", unreadable.detail());
      health.trouble(UNREAD);
      missed.incrementAndGet();
    } finally {
      if (missed.getAndSet(0) != before) {
        catchUp();
      }
    }
  }

  private void read(HyperliquidBackfill.Result found) {
    accountFeed.setBlocked(!found.areFillsClean());
    accountFeed.onAccountChange(nowMs());
    if (found.isClean()) {
      unreadPasses = 0;
      accountFeed.forgetStreamed();
      health.cleared(UNREAD);
      health.cleared(SILENT);
      return;
    }
    health.trouble(UNREAD);
    missed.incrementAndGet();
    unreadPasses++;
    if (!found.areFillsClean() && unreadPasses >= UNREAD_PASSES) {
      quietly(this::estimateFills);
    }
  }

  /** So that the hedge follows the position, whatever a row says. */
  private void estimateFills() {
    FeeSchedule known = fees;
    if (known != null) {
      orderStatus.estimateFills(known);
    }
  }

  /** None at first and after half a minute without need, then growing ones. */
  private static final class Pauses {
    private static final long FORGOTTEN_MS = 30_000;

    private final Backoff growing = backoff(Duration.ofMillis(500), Duration.ofSeconds(10));
    private long lastMs = nowMs() - FORGOTTEN_MS;

    private synchronized Duration next() {
      long now = nowMs();
      boolean isFirst = now - lastMs >= FORGOTTEN_MS;
      lastMs = now;
      if (isFirst) {
        growing.reset();
        return Duration.ZERO;
      }
      return growing.next();
    }
  }

  // ---- timers

  private void tickEvery() {
    executor.repeat(TICK, this::tick);
    executor.repeat(HOURLY, () -> executor.run(Lane.PATIENT, () -> quietly(this::publishFees)));
    executor.repeat(HOURLY, () -> executor.run(Lane.PATIENT, () -> quietly(this::compareMode)));
    executor.repeat(
        QUOTA_EVERY,
        () -> executor.run(Lane.PATIENT, () -> quietly(() -> publishQuota(userLimit(once)))));
  }

  /** Nothing here waits for a response. */
  private void tick() {
    health.check();
    accountFeed.tick(nowMs());
    if (accountFeed.isRequestDue(nowMs()) && nowMs() >= reportNotBeforeMs) {
      runSingle(Lane.QUESTIONS, "report", this::report);
    }
    if (isSilent()) {
      askedMs = nowMs();
      runSingle(Lane.QUESTIONS, SILENT, () -> quietly(this::askInSilence));
    }
    accountFeed.openOrders().ifPresent(open -> deadMan.tick(open, nowMs()));
  }

  private void report() {
    if (isTold(() -> accountFeed.refresh(nowMs()))) {
      reportAgain.reset();
    } else {
      reportNotBeforeMs = nowMs() + reportAgain.next().toMillis();
    }
  }

  /**
   * Runs what reads the account; where that fails, it is reported, and due again. While the stream
   * goes on to say what cannot be read, the account is read now and then, and stays unknown.
   */
  private boolean isTold(Runnable read) {
    try {
      read.run();
      if (nowMs() - unreadStateMs > UNREAD_STATE.toMillis()) {
        health.cleared(STATE);
      } else {
        accountFeed.onUnreadableState();
        reportNotBeforeMs = nowMs() + UNREAD_STATE.toMillis();
      }
      return true;
    } catch (VenueException noAnswer) {
      return isUntold(String.valueOf(noAnswer.getMessage()));
    } catch (MalformedMessage unreadable) {
      return isUntold(unreadable.detail());
    }
  }

  private boolean isUntold(String why) {
    events.unreadable().report("the account", why);
    health.trouble(STATE);
    accountFeed.onUnreadableState();
    return false;
  }

  /**
   * Whether the stream says nothing for longer than it should: soon where an order of ours rests or
   * an action was answered, as either may have changed the account.
   */
  private boolean isSilent() {
    long silentMs = health.silence().toMillis();
    boolean isDue = orders.isAnyAlive() || nowMs() - answeredMs < silentMs;
    long limitMs = (isDue ? ASK_WHERE_DUE : ASK).toMillis();
    return silentMs >= limitMs && nowMs() - askedMs >= limitMs;
  }

  /** What is held now confirms the silence, or shows that the stream keeps something back. */
  private void askInSilence() {
    if (accountFeed.isAsStreamed()) {
      health.confirmSilence();
      return;
    }
    Duration silentBefore = health.silence();
    executor.executeAfter(
        clock.venueTime(ON_ITS_WAY),
        () -> {
          if (health.silence().compareTo(silentBefore) > 0) {
            health.trouble(SILENT);
            socket.reopen("it says nothing about the account");
            catchUp();
          }
        });
  }

  private void publishFees() {
    FeeSchedule now = preflight.fees(identity.account());
    fees = now;
    inbox.publish(new Event.FeesReported(now));
  }

  /** In another mode the account's states mean something else: no entries until it is back. */
  private void compareMode() {
    AccountMode now;
    try {
      now = preflight.mode(identity.account());
    } catch (VenueException unknown) {
      if (unknown.isRetryable()) {
        return;
      }
      now = null;
    }
    if (now == mode) {
      health.cleared(MODE);
      return;
    }
    health.trouble(MODE);
    events
        .unreadable()
        .report(
            "userAbstraction",
            "the account's mode changed from %s to %s while the run was active: check its positions, then start again"
                .formatted(mode, now == null ? "one that is not traded in" : now));
  }

  // ---- the parts

  public AccountMode mode() {
    return mode;
  }

  /** As last read. */
  public FeeSchedule fees() {
    return Objects.requireNonNull(fees, "read at the start");
  }

  public ActionSender actions() {
    return actions;
  }

  public TransferClient transfers() {
    return transfers;
  }

  public OrderCache orders() {
    return orders;
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
    executor.close();
  }
}
