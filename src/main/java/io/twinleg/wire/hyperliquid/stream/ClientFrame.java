package io.twinleg.wire.hyperliquid.stream;

import io.twinleg.wire.MalformedMessage;
import io.twinleg.wire.hyperliquid.HyperliquidJson;
import io.twinleg.wire.hyperliquid.LenientJson;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A frame from the client over {@code /ws}. */
public sealed interface ClientFrame {
  ObjectNode json();

  record Ping() implements ClientFrame {
    @Override
    public ObjectNode json() {
      return HyperliquidJson.object().put("method", "ping");
    }
  }

  record Subscribe(Subscription subscription) implements ClientFrame {
    @Override
    public ObjectNode json() {
      ObjectNode frame = HyperliquidJson.object().put("method", "subscribe");
      return frame.set("subscription", subscription.tree());
    }
  }

  record Unsubscribe(Subscription subscription) implements ClientFrame {
    @Override
    public ObjectNode json() {
      ObjectNode frame = HyperliquidJson.object().put("method", "unsubscribe");
      return frame.set("subscription", subscription.tree());
    }
  }

  /**
   * A body of {@code /info} or {@code /exchange}.
   *
   * @param isAction whether of {@code /exchange}
   */
  record Post(long id, boolean isAction, JsonNode payload) implements ClientFrame {
    @Override
    public ObjectNode json() {
      ObjectNode frame = HyperliquidJson.object().put("method", "post").put("id", id);
      ObjectNode request = frame.putObject("request").put("type", isAction ? "action" : "info");
      request.set("payload", payload);
      return frame;
    }
  }

  /**
   * @throws MalformedMessage if it is none of these
   */
  static ClientFrame read(JsonNode frame) {
    return switch (frame.path("method").asString("")) {
      case "ping" -> new Ping();
      case "subscribe" -> new Subscribe(Subscription.read(frame.path("subscription")));
      case "unsubscribe" -> new Unsubscribe(Subscription.read(frame.path("subscription")));
      case "post" -> post(frame);
      default -> throw MalformedMessage.schema("no such method");
    };
  }

  private static Post post(JsonNode frame) {
    JsonNode request = frame.path("request");
    String type = LenientJson.text(request, "type");
    if (!type.equals("info") && !type.equals("action")) {
      throw MalformedMessage.schema("a post is info or action");
    }
    return new Post(
        LenientJson.number(frame, "id"), type.equals("action"), request.path("payload"));
  }
}
