package io.twinleg.venue.hyperliquid.order;

import io.twinleg.core.event.Command.SetLeverage;
import io.twinleg.core.event.Event;
import io.twinleg.venue.VenueException;
import io.twinleg.venue.hyperliquid.order.ExchangeApi.ExchangeReply;
import io.twinleg.wire.hyperliquid.HyperliquidJson;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import tools.jackson.databind.JsonNode;

/**
 * A change of leverage until its outcome is known. Sent twice it changes nothing, so a lost
 * response leads to the same bytes again, and to a request for the leverage that holds.
 */
public final class LeverageClient {
  private static final int ATTEMPTS = 4;
  private static final Duration TIMEOUT = Duration.ofSeconds(3);

  private final SigningIdentity identity;
  private final HyperliquidInstrumentMap legs;
  private final ExchangeApi exchange;
  private final InfoApi info;
  private final EventPublisher events;
  private final InstantSource clock;
  private final Executor background;

  public LeverageClient(
      SigningIdentity identity,
      HyperliquidInstrumentMap legs,
      ExchangeApi line,
      InfoApi info,
      EventPublisher events,
      InstantSource clock,
      Executor background) {
    this.identity = identity;
    this.legs = legs;
    this.exchange = line;
    this.info = info;
    this.events = events;
    this.clock = clock;
    this.background = background;
  }

  void onReply(SetLeverage set, JsonNode body, ExchangeReply reply) {
    onReply(set, body, reply, 1);
  }

  private void onReply(SetLeverage set, JsonNode body, ExchangeReply reply, int attempt) {
    switch (reply) {
      case ExchangeReply.Received received when received.isOk() -> publish(set, true, "ok");
      case ExchangeReply.Received received when received.isDuplicateNonce() ->
          background.execute(() -> requestLeverage(set));
      case ExchangeReply.Received received -> publish(set, false, received.refusal());
      case ExchangeReply.Lost lost when attempt < ATTEMPTS ->
          exchange.post(body, TIMEOUT, next -> onReply(set, body, next, attempt + 1));
      case ExchangeReply.Lost lost -> publish(set, false, "no answer: " + lost.why());
    }
  }

  private void requestLeverage(SetLeverage set) {
    try {
      JsonNode leverage =
          info.request(
                  HyperliquidJson.object()
                      .put("type", "activeAssetData")
                      .put("user", identity.account())
                      .put("coin", legs.of(set.instrument()).coin()))
              .path("leverage");
      boolean holds =
          leverage.path("value").asInt() == set.leverage()
              && leverage.path("type").asString("").equals(set.cross() ? "cross" : "isolated");
      publish(set, holds, "the venue has " + leverage);
    } catch (VenueException failure) {
      publish(set, false, "no answer: " + failure.getMessage());
    }
  }

  private void publish(SetLeverage set, boolean accepted, String response) {
    events.publish(
        clock.instant(),
        new Event.LeverageResult(
            set.instrument(), set.leverage(), set.cross(), accepted, response));
  }
}
