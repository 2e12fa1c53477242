package io.hypercarry.exchange.hyperliquid;

import io.hypercarry.protocol.hyperliquid.Json;
import io.hypercarry.protocol.hyperliquid.Malformed;
import tools.jackson.databind.JsonNode;

/** An answer over HTTP: a JSON tree, or one of the venue's bare texts. */
record Reply(int status, String type, String body) {
  static final String JSON = "application/json";
  private static final String TEXT = "text/plain; charset=utf-8";

  static final Reply TOO_MANY = new Reply(429, JSON, "null");
  static final Reply FAILED = new Reply(500, JSON, "null");
  static final Reply BROKEN =
      new Reply(
          502,
          "text/html",
          "<html><head><title>502 Bad Gateway</title></head><body>Bad Gateway</body></html>");
  static final Reply WRONG_CONTENT =
      new Reply(415, TEXT, "Expected request with `Content-Type: application/json`");

  static Reply of(JsonNode tree) {
    return new Reply(200, JSON, Json.text(tree));
  }

  static Reply of(Malformed malformed) {
    return new Reply(malformed.httpStatus(), TEXT, malformed.body());
  }

  static Reply unknown() {
    return of(Malformed.schema("unknown"));
  }

  /** What arrives of it when the connection breaks in the middle. */
  Reply half() {
    return new Reply(status, type, body.substring(0, body.length() / 2));
  }
}
