package io.hypercarry.protocol.hyperliquid;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a client says over {@code /ws}. */
public sealed interface ClientFrame {
  ObjectNode json();

  record Ping() implements ClientFrame {
    @Override
    public ObjectNode json() {
      return Json.object().put("method", "ping");
    }
  }

  record Subscribe(Subscription subscription) implements ClientFrame {
    @Override
    public ObjectNode json() {
      ObjectNode frame = Json.object().put("method", "subscribe");
      return frame.set("subscription", subscription.tree());
    }
  }

  record Unsubscribe(Subscription subscription) implements ClientFrame {
    @Override
    public ObjectNode json() {
      ObjectNode frame = Json.object().put("method", "unsubscribe");
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
      ObjectNode frame = Json.object().put("method", "post").put("id", id);
      ObjectNode request = frame.putObject("request").put("type", isAction ? "action" : "info");
      request.set("payload", payload);
      return frame;
    }
  }

  /**
   * @throws Malformed if it is none of these
   */
  static ClientFrame read(JsonNode frame) {
    return switch (frame.path("method").asString("")) {
      case "ping" -> new Ping();
      case "subscribe" -> new Subscribe(Subscription.read(frame.path("subscription")));
      case "unsubscribe" -> new Unsubscribe(Subscription.read(frame.path("subscription")));
      case "post" -> post(frame);
      default -> throw Malformed.schema("no such method");
    };
  }

  private static Post post(JsonNode frame) {
    JsonNode request = frame.path("request");
    String type = Tree.text(request, "type");
    if (!type.equals("info") && !type.equals("action")) {
      throw Malformed.schema("a post is info or action");
    }
    return new Post(Tree.number(frame, "id"), type.equals("action"), request.path("payload"));
  }
}
