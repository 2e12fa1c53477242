package io.twinleg.venue.hyperliquid;

import io.twinleg.venue.transport.HttpResult;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What came back from a signed action. Everything that is not a whole JSON answer is {@link Lost}:
 * a timeout, a reset, a 429 or 5xx, a page of a proxy. The action may have been carried out.
 */
sealed interface ExchangeReply {
  record Said(JsonNode body) implements ExchangeReply {
    boolean isOk() {
      return body.path("status").asString("").equals("ok");
    }

    /** The sentence of an action that was refused as a whole. */
    String refusal() {
      return body.path("response").asString(body.path("response").toString());
    }

    JsonNode statuses() {
      return body.path("response").path("data").path("statuses");
    }

    /** The nonce was used before: by the action itself, or by what burnt it. */
    boolean isDuplicateNonce() {
      return !isOk() && refusal().toLowerCase(Locale.ROOT).contains("duplicate nonce");
    }
  }

  record Lost(String why) implements ExchangeReply {}

  static ExchangeReply of(HttpResult answer) {
    return switch (answer) {
      case HttpResult.Ok ok when ok.body().has("status") -> new Said(ok.body());
      case HttpResult.Ok ok -> new Lost("an answer without a status");
      case HttpResult.HttpError error -> new Lost(error.inWords());
      case HttpResult.Unreadable unreadable -> new Lost(unreadable.inWords());
      case HttpResult.NoAnswer none -> new Lost(none.inWords());
    };
  }

  default Optional<Said> said() {
    return switch (this) {
      case Said said -> Optional.of(said);
      case Lost lost -> Optional.empty();
    };
  }
}
