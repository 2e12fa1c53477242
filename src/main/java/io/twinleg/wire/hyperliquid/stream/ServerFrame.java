package io.twinleg.wire.hyperliquid.stream;

import io.twinleg.wire.MalformedMessage;
import io.twinleg.wire.hyperliquid.HyperliquidJson;
import io.twinleg.wire.hyperliquid.LenientJson;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * A frame from the venue over {@code /ws}: a channel and its data, which the record of the channel
 * reads.
 */
public record ServerFrame(String channel, JsonNode data) {
  /** The first frame may be this, which is no JSON. */
  public static final String GREETING = "Websocket connection established.";

  /**
   * @throws MalformedMessage also of the greeting, which a client should look for first
   */
  public static ServerFrame read(String text) {
    JsonNode frame = HyperliquidJson.parseWhole(text);
    return new ServerFrame(LenientJson.text(frame, "channel"), frame.path("data"));
  }

  public static ServerFrame pong() {
    return new ServerFrame("pong", MissingNode.getInstance());
  }

  /** A sentence, not a structure. */
  public static ServerFrame error(String text) {
    return new ServerFrame("error", StringNode.valueOf(text));
  }

  /** {@code method} is subscribe or unsubscribe. */
  public static ServerFrame subscribed(String method, Subscription subscription) {
    ObjectNode data = HyperliquidJson.object().put("method", method);
    data.set("subscription", subscription.tree());
    return new ServerFrame("subscriptionResponse", data);
  }

  /** The response to a post; {@code type} is info, action or error. */
  public static ServerFrame posted(long id, String type, JsonNode payload) {
    ObjectNode data = HyperliquidJson.object().put("id", id);
    data.putObject("response").put("type", type).set("payload", payload);
    return new ServerFrame("post", data);
  }

  /** The coin that the data name, where they do. */
  public Optional<String> coin() {
    return LenientJson.optionalText(data, "coin");
  }

  /** For channels whose data is a list. */
  public <T> List<T> rows(Function<JsonNode, T> reader) {
    return LenientJson.list(data, reader);
  }

  public static <T> ArrayNode array(List<T> rows, Function<T, ? extends JsonNode> writer) {
    return LenientJson.array(rows, writer);
  }

  public ObjectNode json() {
    ObjectNode frame = HyperliquidJson.object().put("channel", channel);
    if (!data.isMissingNode()) {
      frame.set("data", data);
    }
    return frame;
  }
}
