package io.twinleg.venue.hyperliquid.order;

import io.twinleg.venue.transport.HttpResult;
import io.twinleg.wire.MalformedMessage;
import io.twinleg.wire.hyperliquid.ErrorTexts;
import io.twinleg.wire.hyperliquid.action.ExchangeResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** Sends a signed body to {@code /exchange}. */
@FunctionalInterface
public interface ExchangeApi {
  /**
   * Returns at once; {@code callback} is called once, on another thread.
   *
   * @param timeout in real time, after which the response counts as lost
   */
  void post(byte[] body, Duration timeout, Consumer<ExchangeReply> callback);

  /**
   * The response to a signed action. Anything but a response of the venue's form is {@link Lost}: a
   * timeout, a reset, status 429 or 5xx, a proxy's page. The action may have been executed.
   */
  sealed interface ExchangeReply {
    record Received(ExchangeResponse response) implements ExchangeReply {
      public boolean isOk() {
        return response instanceof ExchangeResponse.Accepted;
      }

      /** The text of an action that was rejected as a whole. */
      public String refusal() {
        return response instanceof ExchangeResponse.Refused refused ? refused.text() : "";
      }

      /** The nonce was used before: by the action itself, or by its invalidation. */
      public boolean isDuplicateNonce() {
        return ErrorTexts.isDuplicateNonce(refusal());
      }

      /** Our time is not the venue's: the action came too late, or its nonce is out of bounds. */
      public boolean isAboutTime() {
        return ErrorTexts.isAboutTime(refusal());
      }
    }

    record Lost(String why) implements ExchangeReply {}

    static ExchangeReply of(HttpResult answer) {
      if (!(answer instanceof HttpResult.Ok ok)) {
        return new Lost(answer.describe());
      }
      try {
        return new Received(ExchangeResponse.read(ok.body()));
      } catch (MalformedMessage unreadable) {
        return new Lost(unreadable.detail());
      }
    }

    default Optional<Received> received() {
      return this instanceof Received received ? Optional.of(received) : Optional.empty();
    }
  }
}
