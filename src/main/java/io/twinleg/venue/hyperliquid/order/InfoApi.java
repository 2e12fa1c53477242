package io.twinleg.venue.hyperliquid.order;

import io.twinleg.wire.hyperliquid.HyperliquidJson;
import java.time.Instant;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Requests about an account, answered while the caller waits. */
@FunctionalInterface
public interface InfoApi {
  /**
   * @throws io.twinleg.venue.VenueException when there is no response
   */
  JsonNode request(ObjectNode body);

  default JsonNode request(String type) {
    return request(HyperliquidJson.object().put("type", type));
  }

  default JsonNode request(String type, String user) {
    return request(HyperliquidJson.object().put("type", type).put("user", user));
  }

  /** From this time of the venue's clock, its first millisecond included. */
  default JsonNode requestSince(String type, String user, Instant start) {
    return request(
        HyperliquidJson.object()
            .put("type", type)
            .put("user", user)
            .put("startTime", Math.max(0, start.toEpochMilli())));
  }
}
