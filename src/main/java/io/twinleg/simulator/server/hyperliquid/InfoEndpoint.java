package io.twinleg.simulator.server.hyperliquid;

import io.twinleg.simulator.server.common.ExchangeLoop;
import io.twinleg.wire.hyperliquid.HyperliquidJson;
import io.twinleg.wire.hyperliquid.MalformedMessage;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** {@code POST /info}: reads, weighs, and lets the desk answer on the exchange's thread. */
final class InfoEndpoint {
  private final ExchangeLoop paced;
  private final RequestWeights weights;
  private final InfoHandler desk;

  InfoEndpoint(ExchangeLoop paced, RequestWeights weights, InfoHandler desk) {
    this.paced = paced;
    this.weights = weights;
    this.desk = desk;
  }

  HyperliquidReply handle(String body, String from) {
    try {
      InfoRequest request = new InfoRequest(HyperliquidJson.parse(body));
      if (!weights.take(from, RequestWeights.ofInfo(request.type()))) {
        return HyperliquidReply.TOO_MANY;
      }
      Optional<JsonNode> answer = paced.call(exchange -> desk.answer(request));
      answer.ifPresent(
          rows -> weights.take(from, RequestWeights.ofRows(request.type(), rows.size())));
      return answer.map(HyperliquidReply::of).orElseGet(HyperliquidReply::unknown);
    } catch (MalformedMessage malformed) {
      return HyperliquidReply.of(malformed);
    }
  }
}
