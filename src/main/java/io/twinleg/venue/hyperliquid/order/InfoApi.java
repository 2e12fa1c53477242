package io.twinleg.venue.hyperliquid.order;

import io.twinleg.wire.hyperliquid.HyperliquidJson;
import java.time.Instant;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Requests about an account, answered while the caller waits. */
@FunctionalInterface
public interface InfoApi {
  /**
   * @throws io.twinleg.venue.VenueException when there is no response
   */
  JsonNode request(ObjectNode body);

  /**
   * @throws io.twinleg.venue.VenueException when there is no response
   * @throws io.twinleg.wire.MalformedMessage when it cannot be read
   */
  default <T> T request(ObjectNode body, Function<JsonNode, T> reader) {
    return reader.apply(request(body));
  }

  default <T> T request(String type, String user, Function<JsonNode, T> reader) {
    return request(HyperliquidJson.object().put("type", type).put("user", user), reader);
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
