package io.twinleg.venue.hyperliquid.account;

import io.twinleg.venue.VenueException;
import io.twinleg.venue.client.VenueExecutor;
import io.twinleg.venue.client.VenueExecutor.Lane;
import io.twinleg.venue.hyperliquid.account.AccountHealth.Trouble;
import io.twinleg.venue.hyperliquid.order.EventPublisher;
import io.twinleg.venue.hyperliquid.order.OrderCache;
import io.twinleg.venue.transport.Backoff;
import io.twinleg.venue.transport.VenueClock;
import io.twinleg.wire.MalformedMessage;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;

/**
 * Requests the account when it is due, and where the stream is silent for longer than it should be.
 * A failed request is reported and due again after a growing pause. Its {@link #tick} waits for
 * nothing.
 */
final class AccountPolling {
  /** Silence of the stream after which the venue is queried: where something is due, and else. */
  private static final Duration WHERE_DUE = Duration.ofSeconds(3);

  private static final Duration ELSE = Duration.ofSeconds(15);

  /** What an answer shows may be on its way by the stream. */
  private static final Duration ON_ITS_WAY = Duration.ofSeconds(1);

  /** For so long after an unreadable state the stream is not believed to be well again. */
  private static final Duration UNREAD_STATE = Duration.ofSeconds(5);

  private static final long NEVER = Long.MIN_VALUE / 2;

  private final AccountFeed feed;
  private final AccountHealth health;
  private final EventPublisher events;
  private final OrderCache orders;
  private final VenueExecutor executor;
  private final VenueClock clock;
  private final Runnable reopen;
  private final AtomicBoolean isReading = new AtomicBoolean();
  private final AtomicBoolean isComparing = new AtomicBoolean();
  private final Backoff readAgain =
      new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30), RandomGenerator.getDefault());
  private volatile long readNotBeforeMs = NEVER;
  private volatile long unreadStateMs = NEVER;
  private volatile long comparedMs = NEVER;
  private volatile long answeredMs = NEVER;

  /**
   * @param reopen opens the stream anew, and requests what it kept back
   */
  AccountPolling(
      AccountFeed feed,
      AccountHealth health,
      EventPublisher events,
      OrderCache orders,
      VenueExecutor executor,
      VenueClock clock,
      Runnable reopen) {
    this.feed = feed;
    this.health = health;
    this.events = events;
    this.orders = orders;
    this.executor = executor;
    this.clock = clock;
    this.reopen = reopen;
  }

  private static long nowMs() {
    return System.nanoTime() / 1_000_000;
  }

  /** An action was answered: the stream should say something soon. */
  void onAnswer() {
    answeredMs = nowMs();
  }

  /** The stream said something that cannot be read: what was known before is outdated. */
  void onUnreadableState() {
    unreadStateMs = nowMs();
    health.trouble(Trouble.UNREAD_STATE);
    feed.onUnreadableState();
  }

  void requestAndPublish() {
    executor.run(Lane.QUESTIONS, () -> read(feed::requestAndPublish));
  }

  void tick() {
    feed.tick(nowMs());
    if (feed.isRequestDue(nowMs()) && nowMs() >= readNotBeforeMs) {
      runSingle(isReading, () -> read(() -> feed.refresh(nowMs())));
    }
    if (isSilent()) {
      comparedMs = nowMs();
      runSingle(isComparing, this::compare);
    }
  }

  private void runSingle(AtomicBoolean isRunning, Runnable work) {
    if (!isRunning.getAndSet(true)) {
      executor.run(
          Lane.QUESTIONS,
          () -> {
            try {
              work.run();
            } finally {
              isRunning.set(false);
            }
          });
    }
  }

  /**
   * While the stream goes on to say what cannot be read, the account is read now and then, and
   * stays unknown.
   */
  private void read(Runnable reading) {
    try {
      reading.run();
    } catch (VenueException noAnswer) {
      failed(String.valueOf(noAnswer.getMessage()));
      return;
    } catch (MalformedMessage unreadable) {
      failed(unreadable.detail());
      return;
    }
    readAgain.reset();
    if (nowMs() - unreadStateMs > UNREAD_STATE.toMillis()) {
      health.cleared(Trouble.UNREAD_STATE);
    } else {
      feed.onUnreadableState();
      readNotBeforeMs = nowMs() + UNREAD_STATE.toMillis();
    }
  }

  private void failed(String why) {
    events.unreadable().report("the account", why);
    health.trouble(Trouble.UNREAD_STATE);
    feed.onUnreadableState();
    readNotBeforeMs = nowMs() + readAgain.next().toMillis();
  }

  /**
   * Whether the stream says nothing for longer than it should: soon where an order of ours rests or
   * an action was answered, as either may have changed the account.
   */
  private boolean isSilent() {
    long silentMs = health.silence().toMillis();
    boolean isDue = orders.isAnyAlive() || nowMs() - answeredMs < silentMs;
    long limitMs = (isDue ? WHERE_DUE : ELSE).toMillis();
    return silentMs >= limitMs && nowMs() - comparedMs >= limitMs;
  }

  /** What is held now confirms the silence, or shows that the stream keeps something back. */
  private void compare() {
    try {
      if (feed.isAsStreamed()) {
        health.confirmSilence();
        return;
      }
    } catch (VenueException noAnswer) {
      // nothing confirms the silence: where that lasts, the account goes stale
      return;
    }
    Duration silentBefore = health.silence();
    executor.executeAfter(
        clock.venueTime(ON_ITS_WAY),
        () -> {
          if (health.silence().compareTo(silentBefore) > 0) {
            health.trouble(Trouble.SILENT_STREAM);
            reopen.run();
          }
        });
  }
}
