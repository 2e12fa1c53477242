package io.twinleg.venue.hyperliquid.order;

import java.time.Duration;
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
}
