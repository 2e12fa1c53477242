package io.twinleg.simulator.server.hyperliquid;

import io.twinleg.wire.MalformedMessage;
import io.twinleg.wire.hyperliquid.HyperliquidJson;
import tools.jackson.databind.JsonNode;

/** An answer over HTTP: a JSON tree, or one of the venue's bare texts. */
record HyperliquidReply(int status, String type, String body) {
  static final String JSON = "application/json";
  private static final String TEXT = "text/plain; charset=utf-8";

  static final HyperliquidReply TOO_MANY = new HyperliquidReply(429, JSON, "null");
  static final HyperliquidReply FAILED = new HyperliquidReply(500, JSON, "null");
  static final HyperliquidReply BROKEN =
      new HyperliquidReply(
          502,
          "text/html",
          "<html><head><title>502 Bad Gateway</title></head><body>Bad Gateway</body></html>");
  static final HyperliquidReply WRONG_CONTENT =
      new HyperliquidReply(415, TEXT, "Expected request with `Content-Type: application/json`");

  static HyperliquidReply of(JsonNode tree) {
    return new HyperliquidReply(200, JSON, HyperliquidJson.text(tree));
  }

  static HyperliquidReply of(MalformedMessage malformed) {
    return new HyperliquidReply(malformed.httpStatus(), TEXT, malformed.body());
  }

  static HyperliquidReply unknown() {
    return of(MalformedMessage.schema("unknown"));
  }

  /** What arrives of it when the connection breaks in the middle. */
  HyperliquidReply half() {
    return new HyperliquidReply(status, type, body.substring(0, body.length() / 2));
  }
}
