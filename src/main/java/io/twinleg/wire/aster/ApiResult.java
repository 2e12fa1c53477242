package io.twinleg.wire.aster;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What a response says about the request, whatever its HTTP status claims. */
public sealed interface ApiResult {
  /** Done, with this to tell. */
  record Success(JsonNode body) implements ApiResult {}

  /** Not done, for this reason. */
  record Rejected(ErrorReply error) implements ApiResult {}

  /** Not looked at: too many requests (429), or banned for it (418). Not done. */
  record Throttled(boolean banned, String text) implements ApiResult {}

  /** Nobody knows: it may have been executed, or will be. */
  record Unknown(String text) implements ApiResult {}

  /** Of a response whose status said well: an error may come with it all the same. */
  static ApiResult of(JsonNode body) {
    return of(200, Optional.of(body));
  }

  static ApiResult of(int status, String text) {
    return of(status, AsterJson.parse(text));
  }

  private static ApiResult of(int status, Optional<JsonNode> body) {
    Optional<ErrorReply> error = body.flatMap(ErrorReply::read);
    if (status == 429 || status == 418) {
      return new Throttled(
          status == 418, error.map(ErrorReply::toString).orElse("too many requests"));
    }
    if (status == 408 || status >= 500 || error.filter(ErrorReply::isAmbiguous).isPresent()) {
      return new Unknown(sentence(status, error));
    }
    if (error.isPresent()) {
      return new Rejected(error.get());
    }
    boolean readable = status >= 200 && status < 300 && body.isPresent();
    return readable ? new Success(body.get()) : new Unknown(sentence(status, error));
  }

  private static String sentence(int status, Optional<ErrorReply> error) {
    return "HTTP " + status + error.map(said -> ", " + said).orElse(" without a readable body");
  }
}
