package io.twinleg.venue.hyperliquid;

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
import io.twinleg.wire.hyperliquid.UserRateLimit;
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
final class AccountSession implements AutoCloseable {
  private static final Duration QUESTION = Duration.ofSeconds(3);
  private static final Duration FIRST_RETRY = Duration.ofMillis(200);
  private static final Duration FIRST_OPENING = Duration.ofSeconds(15);
  private static final Duration TICK = Duration.ofMillis(500);
  private static final Duration HOURLY = Duration.ofHours(1);
  private static final Duration BUDGET_EVERY = Duration.ofMinutes(5);
  private static final Duration STALE = Duration.ofSeconds(5);
  private static final int MOST_CUTS = 5;

  private static final ReconnectingWebSocket.Heartbeat HEARTBEAT =
      new ReconnectingWebSocket.Heartbeat(
          Optional.of("{\"method\":\"ping\"}"), Duration.ofSeconds(2), Duration.ofSeconds(10));

  private final RetryPolicy reads = new RetryPolicy(FIRST_RETRY, RandomGenerator.getDefault());
  private final PublicClient side;
  private final SigningIdentity identity;
  private final VenueClock clock;
  private final EventInbox inbox;
  private final AccountPreflight check = new AccountPreflight(this::ask);
  private final OrderCache orders = new OrderCache();
  private final Deduplicator told = new Deduplicator();
  private final NonceSource nonces;
  private final EventPublisher facts;
  private final AccountFeed desk;
  private final ActionSender actions;
  private final TransferClient collateral;
  private final OrderStatusClient questions;
  private final HyperliquidBackfill missed;
  private final UserRateLimit budget;
  private final HyperliquidDeadMansSwitch deadMan;
  private final StalenessMonitor watch;
  private final AccountStream stream;
  private final ReconnectingWebSocket link;
  private final AccountMode mode;
  private final ScheduledExecutorService background =
      Executors.newSingleThreadScheduledExecutor(AccountSession::daemon);
  private Optional<AccountState> first = Optional.empty();

  /**
   * Asks who this is before anything else.
   *
   * @throws VenueException when this signer may not trade for this account
   */
  AccountSession(PublicClient side, VenueSettings settings, HyperliquidInstrumentMap legs) {
    this.side = side;
    this.identity = settings.identity();
    this.clock = side.clock();
    this.inbox = side.inbox();
    check.requireRights(identity);
    mode = check.mode(identity.account());
    nonces = new NonceSource(clock);
    facts = new EventPublisher(legs, orders, told, inbox::tell);
    desk = new AccountFeed(identity.account(), mode, legs, this::ask, facts, clock);
    LeverageClient leverage =
        new LeverageClient(identity, legs, this::post, this::ask, facts, clock, this::background);
    actions =
        new ActionSender(
            identity, legs, nonces, orders, this::post, facts, leverage, clock, clock.speed());
    collateral =
        new TransferClient(
            identity,
            mode,
            nonces,
            this::post,
            this::ask,
            facts,
            clock,
            clock.speed(),
            this::background);
    questions = new OrderStatusClient(identity.account(), this::askOnce, orders, facts, clock);
    missed = new HyperliquidBackfill(identity.account(), this::ask, told, facts);
    budget = askBudget();
    boolean granted = budget.volume().compareTo(HyperliquidDeadMansSwitch.VOLUME) >= 0;
    deadMan = new HyperliquidDeadMansSwitch(granted, identity, nonces, this::post, clock);
    watch = new StalenessMonitor(System::nanoTime, fact -> facts.tell(clock.instant(), fact));
    stream =
        new AccountStream(
            identity.account(),
            facts,
            desk,
            watch,
            this::say,
            () -> background(this::catchUp),
            () -> background(desk::readAndTell),
            AccountSession::nowMs);
    link =
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
  int clockSpeed() {
    return clock.speed().setScale(0, RoundingMode.CEILING).max(BigDecimal.ONE).intValue();
  }

  private void say(String text) {
    link.say(text);
  }

  // ---- the lines

  /** A read may be asked again: one bad answer ends no start. */
  private JsonNode ask(JsonNode question) {
    String type = question.path("type").asString("");
    return reads.ask("asking " + side.http().site() + " for " + type, () -> asked(question, type));
  }

  /** Whoever asks for an order asks again himself: nothing must wait behind a patient read. */
  private JsonNode askOnce(JsonNode question) {
    String type = question.path("type").asString("");
    HttpResult answer = asked(question, type);
    if (answer instanceof HttpResult.Ok ok) {
      return ok.body();
    }
    throw new VenueException("asking for " + type + ": " + answer.inWords(), true);
  }

  private HttpResult asked(JsonNode question, String type) {
    side.budget().takeForSafety(HyperliquidWeights.of(type));
    return counted(side.http().post("/info", question, QUESTION));
  }

  private void post(JsonNode body, Duration patience, Consumer<ExchangeReply> heard) {
    side.budget().takeForSafety(HyperliquidWeights.ACTION);
    var unused =
        side.http()
            .postLater("/exchange", body, patience)
            .thenAccept(answer -> heard(answer, heard));
  }

  /** A mistake in reading an answer must not be lost with the client's thread. */
  private void heard(HttpResult answer, Consumer<ExchangeReply> heard) {
    guarded(() -> heard.accept(ExchangeReply.of(counted(answer))));
  }

  private HttpResult counted(HttpResult answer) {
    if (answer instanceof HttpResult.HttpError error
        && error.status() == HyperliquidWeights.TOO_MANY) {
      side.budget().exhausted();
    }
    return answer;
  }

  private UserRateLimit askBudget() {
    return UserRateLimit.read(askFor("userRateLimit"));
  }

  /** How many actions the venue still takes from this account. */
  private void tell(UserRateLimit budget) {
    facts.tell(clock.instant(), new Event.BudgetReported(budget.used(), budget.cap()));
  }

  private JsonNode askFor(String type) {
    return ask(HyperliquidJson.object().put("type", type).put("user", identity.account()));
  }

  // ---- the start

  /**
   * Listens first and asks then, until two looks find nothing new between them: what was missed and
   * the account are one cut (specification 2.7).
   */
  List<Event> begin() {
    told.begin(clock.instant());
    watch.watch(AccountStream.LINE, STALE);
    link.start();
    awaitStream();
    for (int cut = 1; cut <= MOST_CUTS; cut++) {
      boolean news = missed.tell();
      if (first.isPresent() && !news) {
        break;
      }
      first = Optional.of(desk.read(true));
    }
    tell(budget);
    tickEvery();
    return facts.startIsOver();
  }

  private void awaitStream() {
    try {
      if (!stream.listening().await(FIRST_OPENING.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new VenueException(
            "the stream of "
                + side.http().site()
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

  AccountState account() {
    Optional<AccountState> state = first;
    first = Optional.empty();
    return state.orElseGet(() -> desk.read(true));
  }

  /** After a connection that broke: what it would have said, and then the account. */
  private void catchUp() {
    missed.tell();
    desk.moved(nowMs());
  }

  // ---- by the hour and by the second

  private void tickEvery() {
    repeat(TICK, this::tick);
    repeat(HOURLY, () -> inbox.tell(new Event.FeesReported(fees())));
    repeat(HOURLY, this::requireSameMode);
    repeat(BUDGET_EVERY, () -> tell(askBudget()));
  }

  private void repeat(Duration every, Runnable work) {
    var unused =
        background.scheduleWithFixedDelay(
            () -> guarded(work), every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void tick() {
    watch.look();
    desk.tick(nowMs());
    deadMan.tick(desk.openOrders(), nowMs());
  }

  private void requireSameMode() {
    AccountMode now = check.mode(identity.account());
    if (now != mode) {
      inbox.fail(
          new VenueException(
              "the account's mode changed from %s to %s while it was traded: look at its positions, then start again"
                  .formatted(mode, now),
              false));
    }
  }

  void background(Runnable work) {
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

  AccountMode mode() {
    return mode;
  }

  FeeSchedule fees() {
    return check.fees(identity.account());
  }

  AccountFeed desk() {
    return desk;
  }

  ActionSender actions() {
    return actions;
  }

  TransferClient collateral() {
    return collateral;
  }

  OrderStatusClient questions() {
    return questions;
  }

  OrderCache orders() {
    return orders;
  }

  Deduplicator told() {
    return told;
  }

  NonceSource nonces() {
    return nonces;
  }

  HyperliquidDeadMansSwitch deadMan() {
    return deadMan;
  }

  @Override
  public void close() {
    deadMan.disarm();
    link.close();
    background.shutdownNow();
  }
}
