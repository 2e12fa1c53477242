package io.twinleg.venue.hyperliquid.order;

import io.twinleg.venue.transport.HttpResult;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/** The way of a signed body to the venue and of what came back. */
@FunctionalInterface
public interface ExchangeApi {
  /**
   * Returns at once; {@code heard} is called once, on another thread.
   *
   * @param patience in real time, after which the answer counts as lost
   */
  void post(JsonNode body, Duration patience, Consumer<ExchangeReply> heard);

  /**
   * What came back from a signed action. Everything that is not a whole JSON answer is {@link Lost}:
   * a timeout, a reset, a 429 or 5xx, a page of a proxy. The action may have been carried out.
   */
  sealed interface ExchangeReply {
    record Received(JsonNode body) implements ExchangeReply {
      public boolean isOk() {
        return body.path("status").asString("").equals("ok");
      }

      /** The sentence of an action that was refused as a whole. */
      public String refusal() {
        return body.path("response").asString(body.path("response").toString());
      }

      JsonNode statuses() {
        return body.path("response").path("data").path("statuses");
      }

      /** The nonce was used before: by the action itself, or by what burnt it. */
      public boolean isDuplicateNonce() {
        return !isOk() && refusal().toLowerCase(Locale.ROOT).contains("duplicate nonce");
      }
    }

    record Lost(String why) implements ExchangeReply {}

    static ExchangeReply of(HttpResult answer) {
      return switch (answer) {
        case HttpResult.Ok ok when ok.body().has("status") -> new Received(ok.body());
        case HttpResult.Ok ok -> new Lost("an answer without a status");
        case HttpResult.HttpError error -> new Lost(error.describe());
        case HttpResult.Unreadable unreadable -> new Lost(unreadable.describe());
        case HttpResult.NoAnswer none -> new Lost(none.describe());
      };
    }

    default Optional<Received> received() {
      return switch (this) {
        case Received said -> Optional.of(said);
        case Lost lost -> Optional.empty();
      };
    }
  }
}
