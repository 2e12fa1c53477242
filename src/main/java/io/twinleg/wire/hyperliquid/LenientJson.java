package io.twinleg.wire.hyperliquid;

import io.twinleg.wire.MalformedMessage;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads responses leniently: unknown keys are ignored, and an amount may be text or a number. Only
 * required keys must be present.
 */
public final class LenientJson {
  private LenientJson() {}

  public static String text(JsonNode node, String key) {
    return optionalText(node, key).orElseThrow(() -> missing(key));
  }

  public static Optional<String> optionalText(JsonNode node, String key) {
    JsonNode value = node.path(key);
    return value.isString() ? Optional.of(value.stringValue()) : Optional.empty();
  }

  public static BigDecimal decimal(JsonNode node, String key) {
    return decimal(node.path(key), key, true).orElseThrow(() -> missing(key));
  }

  /** Absent or null is nothing. */
  public static Optional<BigDecimal> optionalDecimal(JsonNode node, String key) {
    return decimal(node.path(key), key, false);
  }

  /** Absent is zero, as in records older than the key. */
  public static BigDecimal decimalOrZero(JsonNode node, String key) {
    return optionalDecimal(node, key).orElse(BigDecimal.ZERO);
  }

  public static BigDecimal decimal(JsonNode value) {
    return decimal(value, "a value", true).orElseThrow(() -> missing("a value"));
  }

  private static Optional<BigDecimal> decimal(JsonNode value, String key, boolean needed) {
    if (value.isNumber()) {
      return Optional.of(value.decimalValue());
    }
    if (!value.isString()) {
      return Optional.empty();
    }
    try {
      return Optional.of(new BigDecimal(value.stringValue()));
    } catch (NumberFormatException e) {
      if (needed) {
        throw MalformedMessage.schema(key + " is not a number: " + value.stringValue());
      }
      return Optional.empty();
    }
  }

  public static long number(JsonNode node, String key) {
    JsonNode value = node.path(key);
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw missing(key);
    }
    return value.longValue();
  }

  public static long numberOr(JsonNode node, String key, long otherwise) {
    return node.path(key).isIntegralNumber() ? node.path(key).longValue() : otherwise;
  }

  public static Optional<Long> optionalNumber(JsonNode node, String key) {
    JsonNode value = node.path(key);
    return value.isIntegralNumber() ? Optional.of(value.longValue()) : Optional.empty();
  }

  /** Absent and null are false. */
  public static boolean flag(JsonNode node, String key) {
    return node.path(key).asBoolean(false);
  }

  public static <T> List<T> list(JsonNode list, Function<JsonNode, T> reader) {
    if (!list.isArray()) {
      throw MalformedMessage.schema("a list is expected");
    }
    List<T> read = new ArrayList<>();
    list.values().forEach(element -> read.add(reader.apply(element)));
    return List.copyOf(read);
  }

  public static <T> ArrayNode array(List<T> elements, Function<T, ? extends JsonNode> writer) {
    ArrayNode array = HyperliquidJson.array();
    elements.forEach(element -> array.add(writer.apply(element)));
    return array;
  }

  public static void put(ObjectNode node, String key, BigDecimal value) {
    node.put(key, WireNumber.formatAnswer(value));
  }

  public static void putOrNull(ObjectNode node, String key, Optional<BigDecimal> value) {
    node.put(key, value.map(WireNumber::formatAnswer).orElse(null));
  }

  public static void putTextOrNull(ObjectNode node, String key, Optional<String> value) {
    node.put(key, value.orElse(null));
  }

  public static void putIfTrue(ObjectNode node, String key, boolean value) {
    if (value) {
      node.put(key, true);
    }
  }

  private static MalformedMessage missing(String key) {
    return MalformedMessage.schema(key + " is missing");
  }
}
