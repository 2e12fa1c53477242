package io.twinleg.wire.aster;

import io.twinleg.wire.MalformedMessage;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reads fields leniently: the venue documents numbers and sends text, or the other way round. */
public final class AsterJson {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private AsterJson() {}

  /** Empty where the text is not JSON, such as an error page. */
  public static Optional<JsonNode> parse(String text) {
    try {
      JsonNode node = MAPPER.readTree(text);
      return node == null || node.isMissingNode() ? Optional.empty() : Optional.of(node);
    } catch (JacksonException notJson) {
      return Optional.empty();
    }
  }

  public static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  public static <T> ArrayNode array(List<T> items, Function<T, ? extends JsonNode> written) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    items.forEach(item -> array.add(written.apply(item)));
    return array;
  }

  public static <T> List<T> list(JsonNode array, Function<JsonNode, T> read) {
    return array.valueStream().map(read).toList();
  }

  /** One row, or a list of them: with a symbol named the venue sends the object alone. */
  public static <T> List<T> oneOrMany(JsonNode node, Function<JsonNode, T> read) {
    return node.isArray() ? list(node, read) : List.of(read.apply(node));
  }

  static String text(JsonNode node, String name) {
    return optionalText(node, name)
        .orElseThrow(() -> MalformedMessage.schema(name + " is missing or unreadable"));
  }

  static Optional<String> optionalText(JsonNode node, String name) {
    JsonNode field = node.path(name);
    return field.isValueNode() && !field.isNull()
        ? Optional.of(field.asString())
        : Optional.empty();
  }

  static BigDecimal decimal(JsonNode node, String name) {
    return optionalDecimal(node, name)
        .orElseThrow(() -> MalformedMessage.schema(name + " is missing or unreadable"));
  }

  static Optional<BigDecimal> optionalDecimal(JsonNode node, String name) {
    return optionalText(node, name)
        .filter(text -> !text.isBlank())
        .map(text -> decimal(text, name));
  }

  private static BigDecimal decimal(String text, String name) {
    try {
      return new BigDecimal(text);
    } catch (NumberFormatException e) {
      throw MalformedMessage.schema(name + " is missing or unreadable");
    }
  }

  static BigDecimal decimalOrZero(JsonNode node, String name) {
    return optionalDecimal(node, name).orElse(BigDecimal.ZERO);
  }

  static long whole(JsonNode node, String name) {
    return optionalWhole(node, name)
        .orElseThrow(() -> MalformedMessage.schema(name + " is missing or unreadable"));
  }

  static Optional<Long> optionalWhole(JsonNode node, String name) {
    return optionalDecimal(node, name).map(BigDecimal::longValue);
  }

  static long wholeOrZero(JsonNode node, String name) {
    return optionalWhole(node, name).orElse(0L);
  }

  /** {@code true}, as a boolean or as text. */
  static boolean flag(JsonNode node, String name) {
    return optionalText(node, name).filter(Boolean::parseBoolean).isPresent();
  }

  /** Plain decimals: 1E-7 is not accepted on this wire. */
  public static String plain(BigDecimal value) {
    return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
  }
}
