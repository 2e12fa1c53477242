package io.twinleg.wire.aster;

import io.twinleg.wire.MalformedMessage;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The meaning of a response for its request, whatever its HTTP status. */
public sealed interface ApiResult {
  /** Executed, with this body. */
  record Success(JsonNode body) implements ApiResult {}

  /** Not executed, for this reason. */
  record Rejected(ErrorReply error) implements ApiResult {}

  /** Not executed: too many requests (429), or banned for it (418). */
  record Throttled(boolean banned, String text) implements ApiResult {}

  /**
   * Unknown: it may have been executed, or may still be.
   *
   * @param status of HTTP; zero where nothing came
   */
  record Unknown(int status, String text) implements ApiResult {
    public static Unknown nothing(String text) {
      return new Unknown(0, text);
    }

    /** The venue has no such request: it was not executed, and no repetition will be. */
    public boolean isNoSuchPath() {
      return status == 404 || status == 405;
    }
  }

  /** From a body with status 200: it may contain an error all the same. */
  static ApiResult of(JsonNode body) {
    return of(200, Optional.of(body));
  }

  static ApiResult of(int status, String text) {
    return of(status, AsterJson.parse(text));
  }

  private static ApiResult of(int status, Optional<JsonNode> body) {
    Optional<ErrorReply> error;
    try {
      error = body.flatMap(ErrorReply::read);
    } catch (MalformedMessage malformed) {
      return new Unknown(status, "HTTP " + status + ", " + malformed.detail());
    }
    boolean isTooMany =
        error.filter(reply -> reply.code() == ErrorReply.TOO_MANY_REQUESTS).isPresent();
    if (status == 429 || status == 418 || isTooMany) {
      return new Throttled(
          status == 418, error.map(ErrorReply::toString).orElse("too many requests"));
    }
    if (status == 408 || status >= 500 || error.filter(ErrorReply::isAmbiguous).isPresent()) {
      return new Unknown(status, sentence(status, error));
    }
    if (error.isPresent()) {
      return new Rejected(error.get());
    }
    boolean readable = status >= 200 && status < 300 && body.isPresent();
    return readable ? new Success(body.get()) : new Unknown(status, sentence(status, error));
  }

  private static String sentence(int status, Optional<ErrorReply> error) {
    return "HTTP " + status + error.map(reply -> ", " + reply).orElse(" without a readable body");
  }
}
