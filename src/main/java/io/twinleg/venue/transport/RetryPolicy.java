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

  /** What ran into its deadline has taken long enough: the caller waits, and logs it. */
  private static final int ATTEMPTS_OF_UNANSWERED = 2;

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
   * @throws VenueException after the last attempt; asking later may help in any case, as a page of
   *     the venue's front says nothing about the request
   */
  public JsonNode call(String what, Supplier<HttpResult> request) {
    Backoff backoff = new Backoff(firstWait, firstWait.multipliedBy(8), random);
    int tried = 0;
    while (true) {
      HttpResult result = request.get();
      if (result instanceof HttpResult.Ok ok) {
        return ok.body();
      }
      boolean isOver = ++tried >= attempts(result);
      if (isOver) {
        throw new VenueException(
            "%s: %s; check the network and the venue".formatted(what, result.describe()), true);
      }
      pause(backoff.next());
    }
  }

  /** An error that the venue itself gives for a request is not repeated at once. */
  private static int attempts(HttpResult result) {
    return switch (result) {
      case HttpResult.Ok ok -> 1;
      case HttpResult.HttpError error ->
          error.status() == TOO_MANY || error.status() >= FIRST_SERVER_ERROR || isPage(error)
              ? MAX_ATTEMPTS
              : 1;
      case HttpResult.Unreadable unreadable -> MAX_ATTEMPTS;
      case HttpResult.NoAnswer none -> ATTEMPTS_OF_UNANSWERED;
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
