package io.twinleg.venue.hyperliquid;

import io.twinleg.wire.hyperliquid.HyperliquidJson;
import java.time.Instant;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Public questions about an account, answered while the caller waits. */
@FunctionalInterface
interface InfoApi {
  /**
   * @throws io.twinleg.venue.VenueException when there is no answer
   */
  JsonNode ask(ObjectNode question);

  default JsonNode ask(String type) {
    return ask(HyperliquidJson.object().put("type", type));
  }

  default JsonNode ask(String type, String user) {
    return ask(HyperliquidJson.object().put("type", type).put("user", user));
  }

  /** By the time of the venue, the first millisecond included. */
  default JsonNode since(String type, String user, Instant start) {
    return ask(
        HyperliquidJson.object()
            .put("type", type)
            .put("user", user)
            .put("startTime", Math.max(0, start.toEpochMilli())));
  }
}
