package io.twinleg.simulator.server.hyperliquid;

import io.twinleg.wire.hyperliquid.MalformedMessage;
import io.twinleg.wire.hyperliquid.action.OrderRef;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;

/** What {@code POST /info} is asked. A field that is missing or of another kind is malformed. */
record InfoRequest(JsonNode body) {
  InfoRequest {
    if (!body.isObject() || !body.path("type").isString()) {
      throw MalformedMessage.schema("an info request is an object with a type");
    }
  }

  String type() {
    return body.path("type").stringValue();
  }

  String text(String key) {
    JsonNode value = body.path(key);
    if (!value.isString()) {
      throw malformed();
    }
    return value.stringValue();
  }

  /** An address, in whatever case it came. */
  String user() {
    String user = text("user");
    if (!user.matches("0x[0-9a-fA-F]{40}")) {
      throw malformed();
    }
    return HyperliquidAccountRegistry.lower(user);
  }

  /** Absent and null are one. */
  OptionalLong number(String key) {
    JsonNode value = body.path(key);
    if (value.isMissingNode() || value.isNull()) {
      return OptionalLong.empty();
    }
    if (!value.isIntegralNumber()) {
      throw malformed();
    }
    return OptionalLong.of(value.longValue());
  }

  long since(String key) {
    return number(key).orElseThrow(this::malformed);
  }

  InfoRequest inner(String key) {
    JsonNode inner = body.path(key);
    if (!inner.isObject()) {
      throw malformed();
    }
    return new InfoRequest(inner.asObject().deepCopy().put("type", type()));
  }

  OrderRef order() {
    JsonNode oid = body.path("oid");
    if (oid.isIntegralNumber()) {
      return new OrderRef.Oid(oid.longValue());
    }
    if (oid.isString()) {
      return new OrderRef.ByCloid(oid.stringValue());
    }
    throw malformed();
  }

  MalformedMessage malformed() {
    return MalformedMessage.schema("an info request that does not fit its type " + type());
  }
}
