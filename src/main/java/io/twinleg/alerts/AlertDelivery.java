package io.twinleg.alerts;

import io.twinleg.alerts.AlertChannel.Sending;
import io.twinleg.alerts.AlertQueue.QueuedAlert;
import io.twinleg.core.event.LogEvent;
import io.twinleg.venue.transport.Backoff;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Sends what waits on one channel, in order: the next only when the one before is over. What did
 * certainly not arrive is tried again without end. What may have arrived is sent again and says so,
 * a few times: of an alert a repetition is better than a loss. Used by one thread.
 */
final class AlertDelivery {
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(2);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

  /** After a sending of unclear outcome; four times as long after each further one. */
  private static final Duration UNCLEAR_PAUSE = Duration.ofSeconds(5);

  private static final Duration LONGEST_UNCLEAR_PAUSE = Duration.ofMinutes(20);

  private final AlertQueue queue;
  private final AlertChannel channel;
  private final Consumer<LogEvent> log;
  private final Backoff pauses =
      new Backoff(FIRST_PAUSE, LONGEST_PAUSE, RandomGenerator.getDefault());
  private boolean failing;
  private volatile Instant nextTry = Instant.MIN;

  AlertDelivery(AlertQueue queue, AlertChannel channel, Consumer<LogEvent> log) {
    this.queue = queue;
    this.channel = channel;
    this.log = log;
  }

  /** Sends an alert that no file can hold; the outcome of a failure is logged. */
  static void sendOnce(AlertChannel channel, Alert alert, Consumer<LogEvent> log) {
    channel
        .sendNow(alert, false)
        .ifPresent(why -> log.accept(undelivered(channel, alert, why, "it is left out")));
  }

  private static LogEvent undelivered(AlertChannel channel, Alert alert, String why, String then) {
    return LogEvent.warn("alert_undelivered")
        .with("channel", channel.name())
        .with("id", alert.id())
        .with("cause", why)
        .with("then", then);
  }

  /** Whether nothing is to be sent at this moment. */
  boolean isIdle(Instant now) {
    return now.isBefore(nextTry) || queue.waiting(channel.name()) == 0;
  }

  /**
   * One sending, where one is due.
   *
   * @return whether there was one
   */
  boolean step(Instant now) {
    if (now.isBefore(nextTry) && nextTry.isBefore(now.plus(LONGEST_PAUSE.multipliedBy(12)))) {
      return false;
    }
    Optional<QueuedAlert> next = queue.next(channel.name());
    next.ifPresent(queued -> send(queued, now));
    return next.isPresent();
  }

  private void send(QueuedAlert queued, Instant now) {
    queue.sending(queued);
    switch (channel.send(queued.alert(), queued.unclear() > 0)) {
      case Sending.Delivered delivered -> {
        queue.delivered(queued);
        pauses.reset();
        failing = false;
        nextTry = Instant.MIN;
      }
      case Sending.Later later -> {
        queue.again(queued);
        Duration pause = pauses.next();
        nextTry = now.plus(pause.compareTo(later.pause()) > 0 ? pause : later.pause());
        report(queued, later.why(), "it is sent later");
      }
      case Sending.Unclear unclear -> {
        queue.unclear(queued);
        nextTry = now.plus(pause(queued.unclear()));
        boolean isLast = queued.unclear() + 1 >= AlertQueue.UNCLEAR_MAX;
        failing &= !isLast;
        report(queued, unclear.why(), isLast ? "it may not have arrived" : "it is sent again");
      }
      case Sending.Refused refused -> {
        queue.refused(queued);
        failing = false;
        report(queued, refused.why(), "it is left out");
      }
    }
  }

  private static Duration pause(int unclear) {
    Duration pause = UNCLEAR_PAUSE.multipliedBy(1L << (2 * Math.min(unclear, 8)));
    return pause.compareTo(LONGEST_UNCLEAR_PAUSE) < 0 ? pause : LONGEST_UNCLEAR_PAUSE;
  }

  /** The first of a row of failures is logged. */
  private void report(QueuedAlert queued, String why, String then) {
    if (!failing) {
      log.accept(undelivered(channel, queued.alert(), why, then));
    }
    failing = true;
  }
}
