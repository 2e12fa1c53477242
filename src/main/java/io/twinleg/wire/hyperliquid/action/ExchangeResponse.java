package io.twinleg.wire.hyperliquid.action;

import io.twinleg.wire.MalformedMessage;
import io.twinleg.wire.hyperliquid.HyperliquidJson;
import io.twinleg.wire.hyperliquid.LenientJson;
import io.twinleg.wire.hyperliquid.WireNumber;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The response of {@code /exchange} with HTTP 200. An error is reported for the whole action, for
 * one order, or as the one status of a TWAP.
 */
public sealed interface ExchangeResponse {
  ObjectNode json();

  /** {@code "status":"err"}: nothing was executed. */
  record Refused(String text) implements ExchangeResponse {
    @Override
    public ObjectNode json() {
      return HyperliquidJson.object().put("status", "err").put("response", text);
    }
  }

  /** Accepted. Leverage, transfers, a single modify and others have no statuses. */
  record Accepted(String type, List<Status> statuses) implements ExchangeResponse {
    public Accepted {
      statuses = List.copyOf(statuses);
    }

    /** The response of actions without data. */
    public static Accepted byDefault() {
      return new Accepted("default", List.of());
    }

    /**
     * One status for each element that was sent. An error that shows without the market rejects the
     * whole batch with one status; any other number of statuses is unknown for all.
     */
    public List<Status> statusesOf(int sent) {
      if (statuses.size() == sent) {
        return statuses;
      }
      boolean isWholeBatch = statuses.size() == 1 && statuses.getFirst() instanceof Rejected;
      return Collections.nCopies(
          sent, isWholeBatch ? statuses.getFirst() : new Unknown(json().toString()));
    }

    @Override
    public ObjectNode json() {
      ObjectNode answer = HyperliquidJson.object().put("status", "ok");
      ObjectNode response = answer.putObject("response").put("type", type);
      if (!type.equals("default")) {
        ArrayNode list = response.putObject("data").putArray("statuses");
        statuses.forEach(status -> list.add(status.json()));
      }
      return answer;
    }
  }

  /** The outcome of one element of a batch. */
  sealed interface Status {
    JsonNode json();

    /** The order that it names. */
    default Optional<String> cloid() {
      return Optional.empty();
    }
  }

  record Resting(long oid, Optional<String> cloid) implements Status {
    @Override
    public JsonNode json() {
      ObjectNode status = HyperliquidJson.object();
      ObjectNode inner = status.putObject("resting").put("oid", oid);
      cloid.ifPresent(text -> inner.put("cloid", text));
      return status;
    }
  }

  /**
   * A fill, not necessarily whole: an IOC's rest is cancelled, a GTC's rests under this oid.
   *
   * @param averagePrice truncated: never to be booked
   */
  record Filled(BigDecimal totalSize, BigDecimal averagePrice, long oid, Optional<String> cloid)
      implements Status {
    @Override
    public JsonNode json() {
      ObjectNode status = HyperliquidJson.object();
      ObjectNode inner = status.putObject("filled");
      inner.put("totalSz", WireNumber.format(totalSize));
      inner.put("avgPx", WireNumber.format(averagePrice)).put("oid", oid);
      cloid.ifPresent(text -> inner.put("cloid", text));
      return status;
    }
  }

  record Rejected(String text) implements Status {
    @Override
    public JsonNode json() {
      return HyperliquidJson.object().put("error", text);
    }
  }

  /** {@code success} of a cancel; {@code waitingForFill} and {@code waitingForTrigger}. */
  record Plain(String text) implements Status {
    public static final Plain SUCCESS = new Plain("success");

    @Override
    public JsonNode json() {
      return HyperliquidJson.array().add(text).path(0);
    }
  }

  /** An unknown form: the outcome must be queried. */
  record Unknown(String text) implements Status {
    @Override
    public JsonNode json() {
      return HyperliquidJson.parse(text);
    }
  }

  /**
   * @throws MalformedMessage if it is not a response of this venue: then the outcome of the action
   *     is unknown
   */
  static ExchangeResponse read(JsonNode body) {
    JsonNode response = body.path("response");
    return switch (body.path("status").asString("")) {
      case "ok" -> new Accepted(response.path("type").asString("default"), statuses(response));
      case "err" -> new Refused(response.isString() ? response.stringValue() : response.toString());
      default -> throw MalformedMessage.schema("neither ok nor err");
    };
  }

  private static List<Status> statuses(JsonNode response) {
    JsonNode data = response.path("data");
    List<Status> read = new ArrayList<>();
    data.path("statuses").values().forEach(status -> read.add(status(status)));
    if (data.has("status")) {
      read.add(status(data.path("status")));
    }
    return read;
  }

  /** What cannot be read of one element costs this element only. */
  private static Status status(JsonNode node) {
    if (node.isString()) {
      return new Plain(node.stringValue());
    }
    boolean isOne = node.size() == 1;
    try {
      if (isOne && node.has("error")) {
        return new Rejected(LenientJson.text(node, "error"));
      }
      if (isOne && node.has("resting")) {
        JsonNode inner = node.path("resting");
        return new Resting(
            LenientJson.number(inner, "oid"), LenientJson.optionalText(inner, "cloid"));
      }
      return isOne && node.has("filled") ? filled(node.path("filled")) : unknown(node);
    } catch (MalformedMessage unreadable) {
      return unknown(node);
    }
  }

  private static Unknown unknown(JsonNode node) {
    return new Unknown(node.toString());
  }

  private static Status filled(JsonNode node) {
    return new Filled(
        LenientJson.decimal(node, "totalSz"),
        LenientJson.decimal(node, "avgPx"),
        LenientJson.number(node, "oid"),
        LenientJson.optionalText(node, "cloid"));
  }
}
