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
  private static final int MAX_TEXT = 60;
  private static final int MAX_DIGITS = 40;

  /** The year 2100. */
  private static final long NO_TIME = 4_102_444_800_000L;

  private LenientJson() {}

  public static String text(JsonNode node, String key) {
    return optionalText(node, key).orElseThrow(() -> missing(key));
  }

  public static Optional<String> optionalText(JsonNode node, String key) {
    JsonNode value = node.path(key);
    return value.isString() ? Optional.of(value.stringValue()) : Optional.empty();
  }

  /** Text that is a whole answer. */
  public static String text(JsonNode value) {
    if (!value.isString()) {
      throw MalformedMessage.schema("text is expected");
    }
    return value.stringValue();
  }

  public static BigDecimal decimal(JsonNode node, String key) {
    return optionalDecimal(node, key).orElseThrow(() -> missing(key));
  }

  /** Absent or null is nothing; anything else that is not a number does not fit. */
  public static Optional<BigDecimal> optionalDecimal(JsonNode node, String key) {
    return read(node.path(key), key);
  }

  /** Absent is zero: only for what nothing is decided by, as in records older than the key. */
  public static BigDecimal decimalOrZero(JsonNode node, String key) {
    return optionalDecimal(node, key).orElse(BigDecimal.ZERO);
  }

  public static BigDecimal decimal(JsonNode value) {
    return read(value, "a value").orElseThrow(() -> missing("a value"));
  }

  private static Optional<BigDecimal> read(JsonNode value, String key) {
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    if (value.isNumber()) {
      return Optional.of(bounded(value.decimalValue(), key));
    }
    String text = value.isString() ? value.stringValue() : value.toString();
    if (!value.isString() || text.length() > MAX_TEXT) {
      throw noNumber(key, text);
    }
    try {
      return Optional.of(bounded(new BigDecimal(text), key));
    } catch (NumberFormatException e) {
      throw noNumber(key, text);
    }
  }

  /** An exponent of a billion is written in few characters, and is no amount of anything. */
  private static BigDecimal bounded(BigDecimal value, String key) {
    if (value.precision() > MAX_DIGITS || Math.abs(value.scale()) > MAX_DIGITS) {
      throw noNumber(key, "too many digits");
    }
    return value;
  }

  private static MalformedMessage noNumber(String key, String text) {
    return MalformedMessage.schema(
        key + " is not a number: " + text.substring(0, Math.min(text.length(), MAX_TEXT)));
  }

  public static long number(JsonNode node, String key) {
    return optionalNumber(node, key).orElseThrow(() -> missing(key));
  }

  public static long numberOr(JsonNode node, String key, long otherwise) {
    return optionalNumber(node, key).orElse(otherwise);
  }

  /** Absent or null is nothing; a number that is not whole, or beyond a long, does not fit. */
  public static Optional<Long> optionalNumber(JsonNode node, String key) {
    JsonNode value = node.path(key);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw MalformedMessage.schema(key + " is not a whole number");
    }
    return Optional.of(value.longValue());
  }

  /** A count from the least to the most that it can be. */
  public static int within(JsonNode node, String key, int least, int most) {
    long number = number(node, key);
    if (number < least || number > most) {
      throw MalformedMessage.schema(
          "%s is %d: it is from %d to %d".formatted(key, number, least, most));
    }
    return (int) number;
  }

  /** A time in ms since 1970, before the year 2100. */
  public static long time(JsonNode node, String key) {
    long time = number(node, key);
    if (time < 0 || time >= NO_TIME) {
      throw MalformedMessage.schema(key + " is no time: " + time);
    }
    return time;
  }

  public static boolean requiredFlag(JsonNode node, String key) {
    return optionalFlag(node, key).orElseThrow(() -> missing(key));
  }

  /** Absent and null are false. */
  public static boolean flag(JsonNode node, String key) {
    return optionalFlag(node, key).orElse(false);
  }

  private static Optional<Boolean> optionalFlag(JsonNode node, String key) {
    JsonNode value = node.path(key);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isBoolean()) {
      throw MalformedMessage.schema(key + " is neither true nor false");
    }
    return Optional.of(value.booleanValue());
  }

  /** {@code B} is a buyer's, {@code A} a seller's. */
  public static boolean isBuy(JsonNode node) {
    String side = text(node, "side");
    if (!side.equals("B") && !side.equals("A")) {
      throw MalformedMessage.schema("side is neither B nor A: " + side);
    }
    return side.equals("B");
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
