package io.twinleg.simulator.server.hyperliquid;

import io.twinleg.simulator.server.common.ExchangeLoop;
import io.twinleg.wire.MalformedMessage;
import io.twinleg.wire.hyperliquid.HyperliquidJson;
import io.twinleg.wire.hyperliquid.action.Envelope;
import io.twinleg.wire.hyperliquid.action.ExchangeResponse;
import io.twinleg.wire.hyperliquid.action.OrderRef;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import tools.jackson.databind.JsonNode;

/**
 * {@code POST /info} and {@code POST /exchange}: parses a request, counts its weight, and has it
 * answered on the exchange's thread.
 */
final class RestEndpoint {
  private final ExchangeLoop paced;
  private final RequestWeights weights;
  private final InfoHandler info;
  private final RequestAuthenticator authenticator;
  private final ActionHandler actions;

  RestEndpoint(
      ExchangeLoop paced,
      InfoHandler info,
      RequestAuthenticator authenticator,
      ActionHandler actions) {
    this.paced = paced;
    weights = new RequestWeights(paced::nanos);
    this.info = info;
    this.authenticator = authenticator;
    this.actions = actions;
  }

  Reply info(String body, String from) {
    try {
      InfoRequest request = new InfoRequest(HyperliquidJson.parse(body));
      if (!weights.take(from, RequestWeights.ofInfo(request.type()))) {
        return Reply.TOO_MANY;
      }
      Optional<JsonNode> answer = paced.call(exchange -> info.answer(request));
      answer.ifPresent(
          rows -> weights.take(from, RequestWeights.ofRows(request.type(), rows.size())));
      return answer.map(Reply::of).orElseGet(Reply::unknown);
    } catch (MalformedMessage malformed) {
      return Reply.of(malformed);
    }
  }

  /** The answer comes later, by the latency of a request. */
  CompletableFuture<Reply> exchange(String body, String from) {
    Envelope envelope;
    try {
      envelope = Envelope.read(body);
    } catch (MalformedMessage malformed) {
      return CompletableFuture.completedFuture(
          weights.take(from, 1) ? Reply.of(malformed) : Reply.TOO_MANY);
    }
    int weight = RequestWeights.ofAction(RequestAuthenticator.elements(envelope.action()));
    return weights.take(from, weight)
        ? paced.send(exchange -> Reply.of(execute(envelope).json()))
        : CompletableFuture.completedFuture(Reply.TOO_MANY);
  }

  private ExchangeResponse execute(Envelope envelope) {
    return switch (authenticator.judge(envelope)) {
      case RequestAuthenticator.Verdict.Passed passed ->
          actions.execute(passed.account(), envelope.action());
      case RequestAuthenticator.Verdict.Stopped stopped ->
          new ExchangeResponse.Refused(stopped.text());
    };
  }

  /** A request to {@code POST /info}. A field that is missing or of another kind is malformed. */
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
      return new Reply(200, JSON, HyperliquidJson.text(tree));
    }

    static Reply of(MalformedMessage malformed) {
      return new Reply(malformed.httpStatus(), TEXT, malformed.body());
    }

    static Reply unknown() {
      return of(MalformedMessage.schema("unknown"));
    }

    /** What arrives of it when the connection breaks in the middle. */
    Reply half() {
      return new Reply(status, type, body.substring(0, body.length() / 2));
    }
  }

  /** The request weight that each IP address used in the last minute, of at most 1200. */
  static final class RequestWeights {
    static final int A_MINUTE = 1200;
    private static final int ORDERS_A_WEIGHT = 40;
    private static final int ROWS_A_WEIGHT = 20;
    private static final int CANDLES_A_WEIGHT = 60;
    private static final long MINUTE_NANOS = Duration.ofMinutes(1).toNanos();

    private record Use(long nanos, int weight) {}

    private final LongSupplier nanos;
    private final Map<String, Deque<Use>> uses = new TreeMap<>();

    RequestWeights(LongSupplier nanos) {
      this.nanos = nanos;
    }

    /** Returns whether so much was left; where it was not, nothing is taken. */
    synchronized boolean take(String who, int weight) {
      Deque<Use> own = uses.computeIfAbsent(who, each -> new ArrayDeque<>());
      long now = nanos.getAsLong();
      while (!own.isEmpty() && now - own.peekFirst().nanos() >= MINUTE_NANOS) {
        own.removeFirst();
      }
      int taken = own.stream().mapToInt(Use::weight).sum();
      if (taken + weight > A_MINUTE) {
        return false;
      }
      own.addLast(new Use(now, weight));
      return true;
    }

    static int ofAction(int elements) {
      return 1 + elements / ORDERS_A_WEIGHT;
    }

    static int ofInfo(String type) {
      return switch (type) {
        case "l2Book",
            "allMids",
            "clearinghouseState",
            "orderStatus",
            "spotClearinghouseState",
            "exchangeStatus" ->
            2;
        case "userRole" -> 60;
        default -> 20;
      };
    }

    /** The additional weight of a long answer. */
    static int ofRows(String type, int rows) {
      return switch (type) {
        case "candleSnapshot" -> rows / CANDLES_A_WEIGHT;
        case "recentTrades",
            "historicalOrders",
            "userFills",
            "userFillsByTime",
            "fundingHistory",
            "userFunding",
            "userNonFundingLedgerUpdates" ->
            rows / ROWS_A_WEIGHT;
        default -> 0;
      };
    }
  }
}
