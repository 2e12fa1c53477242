package io.twinleg.venue.hyperliquid.account;

import io.twinleg.venue.hyperliquid.market.InfoClient;
import io.twinleg.venue.hyperliquid.order.InfoApi;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Requests about the account.
 *
 * @param isRepeated for a start, which cannot continue without the response; sent once otherwise
 */
record AccountRequests(InfoClient info, boolean isRepeated) implements InfoApi {
  @Override
  public JsonNode request(ObjectNode body) {
    return request(body, Function.identity());
  }

  @Override
  public <T> T request(ObjectNode body, Function<JsonNode, T> reader) {
    return isRepeated ? info.request(body, reader) : info.requestOnce(body, reader);
  }
}
