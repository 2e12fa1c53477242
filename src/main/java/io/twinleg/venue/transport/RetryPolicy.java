package io.twinleg.venue.transport;

import io.twinleg.venue.VenueException;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;

/**
 * Repeats requests for which repeating is harmless. Never for a request that changes something at
 * the venue.
 */
public final class RetryPolicy {
  private static final int MAX_ATTEMPTS = 4;

  /** A limit per minute is free again a minute later. */
  private static final int MAX_BUSY_ATTEMPTS = 20;

  private static final int TOO_MANY = 429;
  private static final int FIRST_SERVER_ERROR = 500;

  private final Duration firstWait;
  private final RandomGenerator random;

  public RetryPolicy(Duration firstWait, RandomGenerator random) {
    this.firstWait = firstWait;
    this.random = random;
  }

  public static RetryPolicy standard() {
    return new RetryPolicy(Duration.ofMillis(500), RandomGenerator.getDefault());
  }

  /**
   * @param what is requested and from where, for the message
   * @throws VenueException after the last attempt, or at once where a repetition cannot help
   */
  public JsonNode call(String what, Supplier<HttpResult> request) {
    Backoff backoff = new Backoff(firstWait, firstWait.multipliedBy(8), random);
    int tried = 0;
    int busy = 0;
    while (true) {
      HttpResult result = request.get();
      if (result instanceof HttpResult.Ok ok) {
        return ok.body();
      }
      boolean counts = isBusy(result) ? ++busy < MAX_BUSY_ATTEMPTS : ++tried < MAX_ATTEMPTS;
      boolean retryable = isRetryable(result);
      if (!retryable || !counts) {
        throw new VenueException(
            "%s: %s; check the network and the venue, then start again"
                .formatted(what, result.describe()),
            retryable);
      }
      pause(backoff.next());
    }
  }

  private static boolean isBusy(HttpResult result) {
    return result instanceof HttpResult.HttpError error && error.status() == TOO_MANY;
  }

  private static boolean isRetryable(HttpResult result) {
    return switch (result) {
      case HttpResult.Ok ok -> false;
      case HttpResult.HttpError error ->
          error.status() == TOO_MANY || error.status() >= FIRST_SERVER_ERROR || isPage(error);
      case HttpResult.Unreadable unreadable -> true;
      case HttpResult.NoAnswer none -> true;
    };
  }

  /** From a proxy before the venue, whatever its status: the venue itself was not asked. */
  private static boolean isPage(HttpResult.HttpError error) {
    return error.text().stripLeading().startsWith("<");
  }

  private static void pause(Duration wait) {
    try {
      Thread.sleep(wait);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new VenueException("interrupted while waiting for the venue", true);
    }
  }
}
