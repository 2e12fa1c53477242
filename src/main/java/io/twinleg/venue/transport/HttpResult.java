package io.twinleg.venue.transport;

import java.time.Duration;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * The result of one HTTP request. Only {@link Ok} says what the venue did: after any other result a
 * request that changes something may or may not have been executed.
 */
public sealed interface HttpResult {
  record Ok(JsonNode body) implements HttpResult {}

  /**
   * A status other than 200, from the venue or a proxy before it.
   *
   * @param retryAfter how long to wait, where the response says so
   */
  record HttpError(int status, String text, Optional<Duration> retryAfter) implements HttpResult {
    public HttpError(int status, String text) {
      this(status, text, Optional.empty());
    }
  }

  /** Status 200 and a body that is not complete JSON, or not of the form that answers this. */
  record Unreadable(String text) implements HttpResult {}

  /**
   * No response in time, or none at all.
   *
   * @param neverSent no connection was made, so that nothing can have reached the venue
   */
  record NoAnswer(String why, boolean neverSent) implements HttpResult {}

  /** A short description for a message to the operator. */
  default String describe() {
    return switch (this) {
      case Ok ok -> "an answer";
      case HttpError error -> "HTTP status " + error.status();
      case Unreadable unreadable -> "an answer that cannot be read";
      case NoAnswer none -> none.why();
    };
  }
}
