package io.hypercarry.exchange.hyperliquid;

import io.hypercarry.exchange.server.PacedExchange;
import io.hypercarry.protocol.hyperliquid.Json;
import io.hypercarry.protocol.hyperliquid.Malformed;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** {@code POST /info}: reads, weighs, and lets the desk answer on the exchange's thread. */
final class InfoDoor {
  private final PacedExchange paced;
  private final Weights weights;
  private final InfoDesk desk;

  InfoDoor(PacedExchange paced, Weights weights, InfoDesk desk) {
    this.paced = paced;
    this.weights = weights;
    this.desk = desk;
  }

  Reply handle(String body, String from) {
    try {
      InfoRequest request = new InfoRequest(Json.parse(body));
      if (!weights.take(from, Weights.ofInfo(request.type()))) {
        return Reply.TOO_MANY;
      }
      Optional<JsonNode> answer = paced.call(exchange -> desk.answer(request));
      answer.ifPresent(rows -> weights.take(from, Weights.ofRows(request.type(), rows.size())));
      return answer.map(Reply::of).orElseGet(Reply::unknown);
    } catch (Malformed malformed) {
      return Reply.of(malformed);
    }
  }
}
