package io.twinleg.venue.transport;

import io.twinleg.venue.VenueException;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;

/**
 * Asks again where asking twice does no harm. Never for anything that changes something at the
 * venue.
 */
public final class RetryPolicy {
  private static final int TRIES = 4;

  /** A venue that counts by the minute is itself again a minute later. */
  private static final int TRIES_WHEN_BUSY = 20;

  private static final int TOO_MANY = 429;
  private static final int FIRST_SERVER_ERROR = 500;

  private final Duration firstWait;
  private final RandomGenerator chance;

  public RetryPolicy(Duration firstWait, RandomGenerator chance) {
    this.firstWait = firstWait;
    this.chance = chance;
  }

  public static RetryPolicy standard() {
    return new RetryPolicy(Duration.ofMillis(500), RandomGenerator.getDefault());
  }

  /**
   * @param what is asked and where, for the sentence
   * @throws VenueException after the last try, or at once where asking again would not help
   */
  public JsonNode call(String what, Supplier<HttpResult> question) {
    Backoff backoff = new Backoff(firstWait, firstWait.multipliedBy(8), chance);
    int tried = 0;
    int busy = 0;
    while (true) {
      HttpResult answer = question.get();
      if (answer instanceof HttpResult.Ok ok) {
        return ok.body();
      }
      boolean counts = isBusy(answer) ? ++busy < TRIES_WHEN_BUSY : ++tried < TRIES;
      boolean again = mayPass(answer);
      if (!again || !counts) {
        throw new VenueException(
            "%s: %s; check the network and the venue, then start again"
                .formatted(what, answer.describe()),
            again);
      }
      pause(backoff.next());
    }
  }

  private static boolean isBusy(HttpResult answer) {
    return answer instanceof HttpResult.HttpError error && error.status() == TOO_MANY;
  }

  private static boolean mayPass(HttpResult answer) {
    return switch (answer) {
      case HttpResult.Ok ok -> false;
      case HttpResult.HttpError error ->
          error.status() == TOO_MANY || error.status() >= FIRST_SERVER_ERROR;
      case HttpResult.Unreadable unreadable -> true;
      case HttpResult.NoAnswer none -> true;
    };
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
