package io.twinleg.venue.hyperliquid.order;

import io.twinleg.venue.transport.HttpResult;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/** Sends a signed body to {@code /exchange}. */
@FunctionalInterface
public interface ExchangeApi {
  /**
   * Returns at once; {@code callback} is called once, on another thread.
   *
   * @param timeout in real time, after which the response counts as lost
   */
  void post(JsonNode body, Duration timeout, Consumer<ExchangeReply> callback);

  /**
   * The response to a signed action. Anything but a whole JSON response is {@link Lost}: a timeout,
   * a reset, status 429 or 5xx, a proxy's page. The action may have been executed.
   */
  sealed interface ExchangeReply {
    record Received(JsonNode body) implements ExchangeReply {
      public boolean isOk() {
        return body.path("status").asString("").equals("ok");
      }

      /** The text of an action that was rejected as a whole. */
      public String refusal() {
        return body.path("response").asString(body.path("response").toString());
      }

      JsonNode statuses() {
        return body.path("response").path("data").path("statuses");
      }

      /** The nonce was used before: by the action itself, or by its invalidation. */
      public boolean isDuplicateNonce() {
        return !isOk() && refusal().toLowerCase(Locale.ROOT).contains("duplicate nonce");
      }
    }

    record Lost(String why) implements ExchangeReply {}

    static ExchangeReply of(HttpResult answer) {
      return switch (answer) {
        case HttpResult.Ok ok when ok.body().has("status") -> new Received(ok.body());
        case HttpResult.Ok ok -> new Lost("a response without a status");
        case HttpResult.HttpError error -> new Lost(error.describe());
        case HttpResult.Unreadable unreadable -> new Lost(unreadable.describe());
        case HttpResult.NoAnswer none -> new Lost(none.describe());
      };
    }

    default Optional<Received> received() {
      return switch (this) {
        case Received received -> Optional.of(received);
        case Lost lost -> Optional.empty();
      };
    }
  }
}
