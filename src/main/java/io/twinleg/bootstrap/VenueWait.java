package io.twinleg.bootstrap;

import io.twinleg.core.event.LogEvent;
import io.twinleg.venue.VenueException;
import io.twinleg.wire.MalformedMessage;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The wait of a start for a venue that cannot be asked: no network, too many requests, an error
 * page, an answer that cannot be read. What was asked is asked again after pauses that grow, and
 * each time the operator is shown why and when. A stop ends it at once; where the venue answers,
 * the start is given a few seconds to come to its end.
 */
public final class VenueWait {
  /** Where a person waits for the end of a command. */
  public static final Duration SHORT = Duration.ofSeconds(15);

  /** Where the journal holds nothing that has to be looked after. */
  public static final Duration LONG = Duration.ofMinutes(5);

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
  private static final Duration STOP_GRACE = Duration.ofSeconds(3);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneOffset.UTC);

  /** Pauses the thread that requests. */
  @FunctionalInterface
  interface Sleep {
    void pause(Duration time) throws InterruptedException;
  }

  private final @Nullable Duration limit;
  private final Consumer<Waiting> onWait;
  private final InstantSource wall;
  private final Sleep sleep;
  private Duration nextPause = FIRST_PAUSE;
  private @Nullable Instant since;
  private @Nullable Thread requesting;
  private boolean stopped;

  /**
   * @param limit after which the failure is the caller's; null for a run that must come back
   * @param onWait receives each wait before it begins, on the thread that requests
   */
  public VenueWait(@Nullable Duration limit, Consumer<Waiting> onWait) {
    this(limit, onWait, InstantSource.system(), Thread::sleep);
  }

  VenueWait(@Nullable Duration limit, Consumer<Waiting> onWait, InstantSource wall, Sleep sleep) {
    this.limit = limit;
    this.onWait = onWait;
    this.wall = wall;
    this.sleep = sleep;
  }

  /** Of a command that a person waits for: it ends with one sentence, so it logs nothing before. */
  public static VenueWait ofACommand() {
    return new VenueWait(SHORT, waiting -> {});
  }

  /**
   * A wait that begins.
   *
   * @param since when the venue could first not be asked
   */
  public record Waiting(String cause, Instant since, Duration pause) {
    LogEvent event() {
      return LogEvent.warn("waiting_for_venue")
          .with("cause", cause)
          .with("since", since.toString())
          .with("next_try_s", pause.toSeconds());
    }
  }

  /** The venue has not answered, and may later. */
  public static final class UnansweredException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private UnansweredException(RuntimeException cause) {
      super(cause.getMessage(), cause);
    }
  }

  /** The wait was stopped before the venue answered. */
  public static final class StoppedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private StoppedException(String message) {
      super(message);
    }
  }

  /** Whether requesting again may help. What a person has to mend is another kind of failure. */
  public static boolean isRetryable(Throwable failure) {
    return failure instanceof MalformedMessage
        || (failure instanceof VenueException venue && venue.isRetryable());
  }

  /** From any thread. */
  public synchronized void stop() {
    stopped = true;
    if (since != null) {
      interrupt();
    } else {
      CompletableFuture.delayedExecutor(STOP_GRACE.toMillis(), TimeUnit.MILLISECONDS)
          .execute(this::interrupt);
    }
  }

  private synchronized void interrupt() {
    if (requesting != null) {
      requesting.interrupt();
    }
  }

  /**
   * Asks once.
   *
   * @throws UnansweredException where {@link #pauseAfter} and another question may help
   * @throws StoppedException when it was stopped
   */
  public <T> T ask(Supplier<T> question) {
    begin();
    try {
      return question.get();
    } catch (RuntimeException failure) {
      throw isStopped() ? stoppedException() : unanswered(failure);
    } finally {
      end();
    }
  }

  private static RuntimeException unanswered(RuntimeException failure) {
    return isRetryable(failure) ? new UnansweredException(failure) : failure;
  }

  /**
   * Shows the operator why, and pauses.
   *
   * @throws VenueException when the limit would be over before the next question
   */
  public void pauseAfter(UnansweredException failure) {
    Instant now = wall.instant();
    Instant began = failingSince(now);
    String cause = String.valueOf(failure.getMessage());
    if (limit != null && now.plus(nextPause).isAfter(began.plus(limit))) {
      throw new VenueException(cause, true);
    }
    onWait.accept(new Waiting(cause, began, nextPause));
    begin();
    try {
      sleep.pause(nextPause);
    } catch (InterruptedException stop) {
      throw stoppedException();
    } finally {
      end();
    }
    Duration doubled = nextPause.multipliedBy(2);
    nextPause = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
  }

  /** Asks until there is an answer. */
  public <T> T untilAnswered(Supplier<T> question) {
    while (true) {
      try {
        return ask(question);
      } catch (UnansweredException failure) {
        pauseAfter(failure);
      }
    }
  }

  private synchronized Instant failingSince(Instant now) {
    Instant began = since == null ? now : since;
    since = began;
    return began;
  }

  private synchronized void begin() {
    if (stopped && since != null) {
      throw stoppedException();
    }
    requesting = Thread.currentThread();
  }

  /** An interrupt is meant for the question alone, never for what the thread does next. */
  private synchronized void end() {
    requesting = null;
    if (stopped) {
      var unused = Thread.interrupted();
    }
  }

  private synchronized boolean isStopped() {
    return stopped;
  }

  private synchronized StoppedException stoppedException() {
    return new StoppedException(
        since == null
            ? "stopped before the venue had answered"
            : "stopped; the venue could not be asked since " + TIME.format(since));
  }
}
