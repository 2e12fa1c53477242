package io.twinleg.wire.hyperliquid;

import io.twinleg.wire.Hex;
import io.twinleg.wire.MalformedMessage;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * An object read as the venue reads a request: a key that is missing or of another type does not
 * fit the schema, nor does an unknown key, see {@link #done}. A null is the same as a missing
 * optional key.
 */
public final class StrictJson {
  private static final BigInteger MAX = BigInteger.valueOf(Long.MAX_VALUE);

  private final JsonNode object;
  private final Set<String> unread;

  public StrictJson(JsonNode object) {
    if (!object.isObject()) {
      throw MalformedMessage.schema("an object is expected");
    }
    this.object = object;
    this.unread = new LinkedHashSet<>(object.propertyNames());
  }

  public JsonNode node(String key) {
    return optionalNode(key).orElseThrow(() -> MalformedMessage.schema(key + " is missing"));
  }

  public Optional<JsonNode> optionalNode(String key) {
    unread.remove(key);
    return object.optional(key).filter(node -> !node.isNull());
  }

  public StrictJson object(String key) {
    return new StrictJson(node(key));
  }

  public <T> List<T> list(String key, Function<StrictJson, T> reader) {
    JsonNode list = node(key);
    if (!list.isArray()) {
      throw MalformedMessage.schema(key + " is not a list");
    }
    List<T> read = new ArrayList<>();
    list.values().forEach(element -> read.add(reader.apply(new StrictJson(element))));
    return read;
  }

  public String text(String key) {
    return text(key, node(key));
  }

  public Optional<String> optionalText(String key) {
    return optionalNode(key).map(node -> text(key, node));
  }

  private static String text(String key, JsonNode node) {
    if (!node.isString()) {
      throw MalformedMessage.schema(key + " is not text");
    }
    return node.stringValue();
  }

  /** In lower case, as it is hashed. */
  public String address(String key) {
    return address(key, text(key));
  }

  public Optional<String> optionalAddress(String key) {
    return optionalText(key).map(text -> address(key, text));
  }

  private static String address(String key, String text) {
    if (!Hex.isAddress(text)) {
      throw MalformedMessage.schema(key + " is not an address");
    }
    return text.toLowerCase(Locale.ROOT);
  }

  public BigDecimal decimal(String key) {
    return WireNumber.parseUnsigned(text(key));
  }

  public boolean flag(String key) {
    return flag(key, node(key));
  }

  /** Absent is false. */
  public boolean optionalFlag(String key) {
    return optionalNode(key).map(node -> flag(key, node)).orElse(false);
  }

  private static boolean flag(String key, JsonNode node) {
    if (!node.isBoolean()) {
      throw MalformedMessage.schema(key + " is neither true nor false");
    }
    return node.booleanValue();
  }

  /** Whole, not negative, below 2^63. */
  public long number(String key) {
    return number(key, node(key));
  }

  public OptionalLong optionalNumber(String key) {
    return optionalNode(key)
        .map(node -> OptionalLong.of(number(key, node)))
        .orElseGet(OptionalLong::empty);
  }

  private static long number(String key, JsonNode node) {
    long number = signed(key, node);
    if (number < 0) {
      throw MalformedMessage.schema(key + " is negative");
    }
    return number;
  }

  public long signed(String key) {
    return signed(key, node(key));
  }

  private static long signed(String key, JsonNode node) {
    if (!node.isIntegralNumber() || node.bigIntegerValue().abs().compareTo(MAX) > 0) {
      throw MalformedMessage.schema(key + " is not a whole number");
    }
    return node.longValue();
  }

  public void done() {
    if (!unread.isEmpty()) {
      throw MalformedMessage.schema("nothing is called " + unread.iterator().next() + " here");
    }
  }
}
