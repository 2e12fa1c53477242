package io.twinleg.venue.hyperliquid.account;

import io.twinleg.core.model.FeeSchedule;
import io.twinleg.venue.VenueException;
import io.twinleg.venue.client.VenueExecutor;
import io.twinleg.venue.client.VenueExecutor.Lane;
import io.twinleg.venue.hyperliquid.account.AccountHealth.Trouble;
import io.twinleg.venue.hyperliquid.order.EventPublisher;
import io.twinleg.venue.hyperliquid.order.InfoApi;
import io.twinleg.venue.hyperliquid.order.OrderStatusClient;
import io.twinleg.venue.transport.Backoff;
import io.twinleg.venue.transport.VenueClock;
import io.twinleg.wire.MalformedMessage;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Requests again what the stream missed or said unreadably: at once, and where that lasts after
 * growing pauses. Where fills stay unreadable, their orders' records say how much filled. Runs on
 * the patient lane.
 */
final class MissedHistory {
  /** Passes in which fills stay unreadable, before orders are queried how much they filled. */
  private static final int UNREAD_PASSES = 2;

  /** After so long without need, the first request is sent at once again. */
  private static final Duration FORGOTTEN = Duration.ofSeconds(30);

  private final HyperliquidBackfill backfill;
  private final InfoApi info;
  private final OrderStatusClient orderStatus;
  private final Supplier<FeeSchedule> fees;
  private final AccountFeed feed;
  private final AccountHealth health;
  private final EventPublisher events;
  private final VenueExecutor executor;
  private final VenueClock clock;
  private final AtomicInteger missed = new AtomicInteger();
  private final Backoff pauses =
      new Backoff(Duration.ofMillis(500), Duration.ofSeconds(10), RandomGenerator.getDefault());
  private long lastNanos = System.nanoTime() - FORGOTTEN.toNanos();
  private int unreadPasses;

  /**
   * @param info sends once
   * @param fees by which what fills cost is estimated
   */
  MissedHistory(
      HyperliquidBackfill backfill,
      InfoApi info,
      OrderStatusClient orderStatus,
      Supplier<FeeSchedule> fees,
      AccountFeed feed,
      AccountHealth health,
      EventPublisher events,
      VenueExecutor executor,
      VenueClock clock) {
    this.backfill = backfill;
    this.info = info;
    this.orderStatus = orderStatus;
    this.fees = fees;
    this.feed = feed;
    this.health = health;
    this.events = events;
    this.executor = executor;
    this.clock = clock;
  }

  /** Something could not be read: until it is, the account is not known. */
  void readAgain() {
    health.trouble(Trouble.UNREAD_ROWS);
    catchUp();
  }

  void catchUp() {
    if (missed.getAndIncrement() == 0) {
      executor.executeAfter(
          clock.venueTime(pause()), () -> executor.run(Lane.PATIENT, this::request));
    }
  }

  private synchronized Duration pause() {
    long now = System.nanoTime();
    boolean isFirst = now - lastNanos >= FORGOTTEN.toNanos();
    lastNanos = now;
    if (isFirst) {
      pauses.reset();
      return Duration.ZERO;
    }
    return pauses.next();
  }

  private void request() {
    int before = missed.get();
    try {
      read(backfill.run(info));
    } catch (VenueException noAnswer) {
      health.trouble(Trouble.UNREAD_ROWS);
      missed.incrementAndGet();
    } catch (MalformedMessage unreadable) {
      events.unreadable().report("a page of the account's history", unreadable.detail());
      health.trouble(Trouble.UNREAD_ROWS);
      missed.incrementAndGet();
    } finally {
      if (missed.getAndSet(0) != before) {
        catchUp();
      }
    }
  }

  private void read(HyperliquidBackfill.Result found) {
    feed.setBlocked(!found.areFillsClean());
    feed.onAccountChange(System.nanoTime() / 1_000_000);
    if (found.isClean()) {
      unreadPasses = 0;
      feed.forgetStreamed();
      health.cleared(Trouble.UNREAD_ROWS);
      health.cleared(Trouble.SILENT_STREAM);
      return;
    }
    health.trouble(Trouble.UNREAD_ROWS);
    missed.incrementAndGet();
    unreadPasses++;
    if (!found.areFillsClean() && unreadPasses >= UNREAD_PASSES) {
      // so that the hedge follows the position, whatever a row says
      orderStatus.estimateFills(fees.get());
    }
  }
}
