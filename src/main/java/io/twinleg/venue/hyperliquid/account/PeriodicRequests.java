package io.twinleg.venue.hyperliquid.account;

import io.twinleg.venue.client.VenueExecutor;
import io.twinleg.venue.client.VenueExecutor.Lane;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The quota of actions every five minutes, the fees and the account's mode every hour. Each weighs
 * 20: no two of them fall into one minute, and none into that in which funding settles and its
 * history is read.
 */
final class PeriodicRequests {
  private static final Duration CHECK_EVERY = Duration.ofSeconds(10);
  private static final int MINUTES_AN_HOUR = 60;
  private static final int QUOTA_EVERY = 5;
  private static final int QUOTA_AT = 2;
  private static final int FEES_AT = 31;
  private static final int MODE_AT = 34;

  private final VenueExecutor executor;
  private final InstantSource time;
  private final Runnable quota;
  private final Runnable fees;
  private final Runnable mode;
  private long minute;

  PeriodicRequests(
      VenueExecutor executor, InstantSource time, Runnable quota, Runnable fees, Runnable mode) {
    this.executor = executor;
    this.time = time;
    this.quota = quota;
    this.fees = fees;
    this.mode = mode;
  }

  void start() {
    minute = now();
    executor.repeat(CHECK_EVERY, this::runDue);
  }

  private void runDue() {
    long now = now();
    if (now != minute) {
      minute = now;
      dueAt((int) (now % MINUTES_AN_HOUR)).ifPresent(due -> executor.run(Lane.PATIENT, due));
    }
  }

  /** The one that falls into this minute of the hour. */
  Optional<Runnable> dueAt(int minuteOfTheHour) {
    if (minuteOfTheHour % QUOTA_EVERY == QUOTA_AT) {
      return Optional.of(quota);
    }
    return switch (minuteOfTheHour) {
      case FEES_AT -> Optional.of(fees);
      case MODE_AT -> Optional.of(mode);
      default -> Optional.empty();
    };
  }

  private long now() {
    return TimeUnit.MILLISECONDS.toMinutes(time.millis());
  }
}
