package io.hypercarry.venue.link;

import io.hypercarry.venue.VenueFault;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;

/**
 * Asks again where asking twice does no harm. Never for anything that changes something at the
 * venue.
 */
public final class Reads {
  private static final int TRIES = 4;

  /** A venue that counts by the minute is itself again a minute later. */
  private static final int TRIES_WHEN_BUSY = 20;

  private static final int TOO_MANY = 429;
  private static final int FIRST_SERVER_ERROR = 500;

  private final Duration firstWait;
  private final RandomGenerator chance;

  public Reads(Duration firstWait, RandomGenerator chance) {
    this.firstWait = firstWait;
    this.chance = chance;
  }

  public static Reads patient() {
    return new Reads(Duration.ofMillis(500), RandomGenerator.getDefault());
  }

  /**
   * @param what is asked and where, for the sentence
   * @throws VenueFault after the last try, or at once where asking again would not help
   */
  public JsonNode ask(String what, Supplier<Answer> question) {
    Backoff backoff = new Backoff(firstWait, firstWait.multipliedBy(8), chance);
    int tried = 0;
    int busy = 0;
    while (true) {
      Answer answer = question.get();
      if (answer instanceof Answer.Ok ok) {
        return ok.body();
      }
      boolean counts = isBusy(answer) ? ++busy < TRIES_WHEN_BUSY : ++tried < TRIES;
      boolean again = mayPass(answer);
      if (!again || !counts) {
        throw new VenueFault(
            "%s: %s; check the network and the venue, then start again"
                .formatted(what, answer.inWords()),
            again);
      }
      pause(backoff.next());
    }
  }

  private static boolean isBusy(Answer answer) {
    return answer instanceof Answer.HttpError error && error.status() == TOO_MANY;
  }

  private static boolean mayPass(Answer answer) {
    return switch (answer) {
      case Answer.Ok ok -> false;
      case Answer.HttpError error ->
          error.status() == TOO_MANY || error.status() >= FIRST_SERVER_ERROR;
      case Answer.Unreadable unreadable -> true;
      case Answer.NoAnswer none -> true;
    };
  }

  private static void pause(Duration wait) {
    try {
      Thread.sleep(wait);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new VenueFault("interrupted while waiting for the venue", true);
    }
  }
}
