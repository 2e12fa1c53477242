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
import io.twinleg.venue.hyperliquid.account.AccountHealth.Trouble;
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
import io.twinleg.wire.hyperliquid.account.UserRateLimit;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One account's session: its stream, requests, actions and timers. Incoming responses and timers
 * run on the owner thread of its {@link VenueExecutor}; what waits for a response runs on a lane.
 * Nothing that the venue says ends the run: what fails is requested again, with growing pauses, and
 * entries stop meanwhile.
 */
public final class AccountSession implements AutoCloseable {
  private static final Duration TICK = Duration.ofMillis(500);
  private static final int MAX_CUTS = 5;

  private static final ReconnectingWebSocket.Heartbeat HEARTBEAT =
      new ReconnectingWebSocket.Heartbeat(
          Optional.of("{\"method\":\"ping\"}"), Duration.ofSeconds(2), Duration.ofSeconds(10));

  private final PublicClient publicClient;
  private final SigningIdentity identity;
  private final VenueClock clock;
  private final EventInbox inbox;
  private final InfoApi once;
  private final InfoApi repeated;
  private final AccountPreflight preflight;
  private final OrderCache orders = new OrderCache();
  private final Deduplicator deduplicator;
  private final NonceSource nonces;
  private final EventPublisher events;
  private final AccountFeed accountFeed;
  private final ActionSender actions;
  private final TransferClient transfers;
  private final OrderStatusClient orderStatus;
  private final HyperliquidInstrumentMap legs;
  private final HyperliquidBackfill backfill;
  private final UserRateLimit userLimit;
  private final HyperliquidDeadMansSwitch deadMan;
  private final AccountHealth health;
  private final AccountStream stream;
  private final ReconnectingWebSocket socket;
  private final VenueExecutor executor;
  private final AccountMode mode;
  private final MissedHistory missed;
  private final AccountPolling polling;
  private volatile @Nullable FeeSchedule fees;
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
    once = new AccountPreflight.AccountRequests(publicClient.info(), false);
    repeated = new AccountPreflight.AccountRequests(publicClient.info(), true);
    preflight = new AccountPreflight(once);
    AccountPreflight atStart = new AccountPreflight(repeated);
    atStart.requireRights(identity);
    identity.warmUp();
    mode = atStart.mode(identity.account());
    deduplicator = new Deduplicator(venueTime);
    nonces = new NonceSource(venueTime);
    this.legs = legs;
    events = new EventPublisher(legs, orders, deduplicator, venueTime, inbox::publish);
    executor = new VenueExecutor("hyperliquid", clock, events.unreadable());
    accountFeed = new AccountFeed(identity.account(), mode, legs, orders, once, events, venueTime);
    actions = actionSender(legs, venueTime);
    transfers = transferClient(venueTime);
    orderStatus = new OrderStatusClient(identity.account(), legs, once, orders, events, venueTime);
    backfill = new HyperliquidBackfill(identity.account(), deduplicator, events);
    userLimit = userLimit(repeated);
    fees = atStart.fees(identity.account());
    boolean granted = userLimit.volume().compareTo(HyperliquidDeadMansSwitch.VOLUME) >= 0;
    deadMan = new HyperliquidDeadMansSwitch(granted, identity, nonces, this::post, venueTime);
    health = new AccountHealth(System::nanoTime, clock, events::publish);
    missed =
        new MissedHistory(
            backfill, once, orderStatus, this::fees, accountFeed, health, events, executor, clock);
    polling =
        new AccountPolling(
            accountFeed, health, events, orders, executor, clock, this::reopenStream);
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
            new Backoff(
                Duration.ofMillis(200), Duration.ofSeconds(10), RandomGenerator.getDefault()),
            stream);
  }

  private ActionSender actionSender(HyperliquidInstrumentMap legs, InstantSource venueTime) {
    LeverageClient leverage =
        new LeverageClient(
            identity,
            legs,
            this::post,
            once,
            events,
            this::question,
            work -> executor.executeAfter(clock.venueTime(TICK), work));
    return new ActionSender(
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
  }

  private TransferClient transferClient(InstantSource venueTime) {
    return new TransferClient(
        identity, mode, nonces, this::post, once, events, venueTime, clock.speed(), this::question);
  }

  private void reopenStream() {
    socket.reopen("it is silent about the account");
    missed.catchUp();
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

  private void post(byte[] body, Duration timeout, Consumer<ExchangeReply> callback) {
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
      case ExchangeReply.Received received -> polling.onAnswer();
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
      // it is requested again; what lasts shows as staleness
      return;
    }
  }

  public void query(QueryOrder query) {
    question(() -> orderStatus.query(query.order()));
  }

  public void requestAccount() {
    polling.requestAndPublish();
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
    stream.awaitOpening(publicClient.http().site());
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
      missed.readAgain();
    }
    publishQuota(userLimit);
    tickEvery();
    return events.finishStart();
  }

  public AccountState account() {
    AccountState state = first;
    first = null;
    return state != null ? state : accountFeed.request(true, repeated);
  }

  /** Takes one journalled event at a restart. */
  public void restore(SequencedEvent event) {
    deduplicator.restore(event, clock.offset().median().orElse(Duration.ZERO));
    orders.apply(event.fact());
    if (event.fact() instanceof Event.InstrumentsResolved resolved) {
      legs.pin(resolved);
    }
  }

  // ---- what was missed, or could not be read

  private final class Consequences implements AccountStream.Consequences {
    @Override
    public void catchUp() {
      missed.catchUp();
    }

    @Override
    public void readAgain() {
      missed.readAgain();
    }

    @Override
    public void requestState() {
      polling.onUnreadableState();
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

  // ---- timers

  private void tickEvery() {
    executor.repeat(TICK, this::tick);
    new PeriodicRequests(
            executor,
            clock::venueNow,
            () -> quietly(() -> publishQuota(userLimit(once))),
            () -> quietly(this::publishFees),
            () -> quietly(this::compareMode))
        .start();
  }

  /** Nothing here waits for a response. */
  private void tick() {
    health.check();
    polling.tick();
    accountFeed.openOrders().ifPresent(open -> deadMan.tick(open, nowMs()));
  }

  private void publishFees() {
    FeeSchedule now = preflight.fees(identity.account());
    fees = now;
    inbox.publish(new Event.FeesReported(now));
  }

  /** In another mode the account's states mean something else: no entries until it is back. */
  private void compareMode() {
    Optional<String> change = preflight.change(identity.account(), mode);
    if (change.isEmpty()) {
      health.cleared(Trouble.OTHER_MODE);
    } else {
      health.trouble(Trouble.OTHER_MODE);
      events.unreadable().report("userAbstraction", change.get());
    }
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
