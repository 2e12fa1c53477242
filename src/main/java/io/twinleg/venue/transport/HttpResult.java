package io.twinleg.venue.transport;

import java.time.Duration;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What came back for one HTTP request. Only {@link Ok} says what the venue did: after anything else
 * a request that was to change something may or may not have done so.
 */
public sealed interface HttpResult {
  record Ok(JsonNode body) implements HttpResult {}

  /**
   * The venue, or something before it, answered with a status other than 200.
   *
   * @param retryAfter how long it wants to be left alone, where it says so
   */
  record HttpError(int status, String text, Optional<Duration> retryAfter) implements HttpResult {
    public HttpError(int status, String text) {
      this(status, text, Optional.empty());
    }
  }

  /** Status 200 and a body that is not JSON, or not all of it. */
  record Unreadable(String text) implements HttpResult {}

  /**
   * No answer in time, or none at all.
   *
   * @param neverSent no connection came about, so that nothing can have reached the venue
   */
  record NoAnswer(String why, boolean neverSent) implements HttpResult {}

  /** In a few words, for a sentence to the operator. */
  default String describe() {
    return switch (this) {
      case Ok ok -> "an answer";
      case HttpError error -> "HTTP status " + error.status();
      case Unreadable unreadable -> "an answer that is not JSON";
      case NoAnswer none -> none.why();
    };
  }
}
