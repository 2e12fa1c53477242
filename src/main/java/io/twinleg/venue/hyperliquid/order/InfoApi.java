package io.twinleg.venue.hyperliquid.order;

import io.twinleg.wire.hyperliquid.HyperliquidJson;
import java.time.Instant;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Public questions about an account, answered while the caller waits. */
@FunctionalInterface
public interface InfoApi {
  /**
   * @throws io.twinleg.venue.VenueException when there is no answer
   */
  JsonNode request(ObjectNode question);

  default JsonNode request(String type) {
    return request(HyperliquidJson.object().put("type", type));
  }

  default JsonNode request(String type, String user) {
    return request(HyperliquidJson.object().put("type", type).put("user", user));
  }

  /** By the time of the venue, the first millisecond included. */
  default JsonNode requestSince(String type, String user, Instant start) {
    return request(
        HyperliquidJson.object()
            .put("type", type)
            .put("user", user)
            .put("startTime", Math.max(0, start.toEpochMilli())));
  }
}
