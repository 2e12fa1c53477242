package io.hypercarry.exchange.hyperliquid;

import io.hypercarry.protocol.hyperliquid.ExchangeAnswer;
import io.hypercarry.protocol.hyperliquid.Json;
import io.hypercarry.protocol.hyperliquid.Malformed;
import tools.jackson.databind.JsonNode;

/** What goes back over HTTP: the body is whole, and nothing is added to it. */
record HttpAnswer(int status, String contentType, String body) {
  private static final String JSON = "application/json";
  private static final String TEXT = "text/plain";

  static HttpAnswer of(JsonNode tree) {
    return new HttpAnswer(200, JSON, Json.text(tree));
  }

  static HttpAnswer of(ExchangeAnswer answer) {
    return of(answer.json());
  }

  static HttpAnswer malformed(Malformed why) {
    return new HttpAnswer(why.httpStatus(), TEXT, why.body());
  }

  static HttpAnswer notJsonType() {
    return new HttpAnswer(415, TEXT, "Expected request with `Content-Type: application/json`");
  }

  /** Too much was asked from this IP. */
  static HttpAnswer tooMany() {
    return new HttpAnswer(429, JSON, "null");
  }

  /** The venue could not answer, and does not say why. */
  static HttpAnswer failed() {
    return new HttpAnswer(500, JSON, "null");
  }

  /** As a proxy before the venue answers when it does not reach it. */
  static HttpAnswer badGateway() {
    return new HttpAnswer(
        502, "text/html", "<html><head><title>502 Bad Gateway</title></head><body></body></html>");
  }

  HttpAnswer halved() {
    return new HttpAnswer(status, contentType, body.substring(0, body.length() / 2));
  }
}
