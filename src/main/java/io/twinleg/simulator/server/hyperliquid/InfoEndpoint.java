package io.twinleg.simulator.server.hyperliquid;

import io.twinleg.simulator.server.common.ExchangeLoop;
import io.twinleg.wire.MalformedMessage;
import io.twinleg.wire.hyperliquid.HyperliquidJson;
import io.twinleg.wire.hyperliquid.action.OrderRef;
import java.util.Optional;
import java.util.OptionalLong;
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
}
