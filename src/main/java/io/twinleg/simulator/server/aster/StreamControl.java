package io.twinleg.simulator.server.aster;

import io.twinleg.core.model.Leg;
import io.twinleg.wire.aster.AsterJson;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a client says on its stream: what else it wants to hear, or no more. */
final class StreamControl {
  private StreamControl() {}

  static void obey(StreamHub streams, StreamHub.Listener listener, Leg leg, String text) {
    JsonNode said = AsterJson.parse(text).orElseGet(AsterJson::object);
    for (JsonNode stream : said.path("params")) {
      switch (said.path("method").asString("")) {
        case "SUBSCRIBE" -> streams.subscribe(listener, leg, stream.asString(), false);
        case "UNSUBSCRIBE" -> streams.unsubscribe(listener, stream.asString());
        default -> {}
      }
    }
    ObjectNode answer = AsterJson.object().putNull("result");
    answer.set("id", said.path("id"));
    listener.answer(answer.toString());
  }
}
