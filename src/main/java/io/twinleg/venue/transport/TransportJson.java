package io.twinleg.venue.transport;

import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON trees with exact decimals: a number that is not whole is read as a BigDecimal. A key that
 * stands twice contradicts itself, and nothing behind the value may be lost.
 */
public final class TransportJson {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .build();

  private TransportJson() {}

  /**
   * @throws tools.jackson.core.JacksonException when the text is not one JSON value, or a key
   *     stands twice in it
   */
  public static JsonNode read(String text) {
    return MAPPER.readTree(text);
  }

  /**
   * A value a line; blank lines are left out.
   *
   * @throws tools.jackson.core.JacksonException when a line is not one JSON value
   */
  static JsonNode readLines(String text) {
    ArrayNode values = JsonNodeFactory.instance.arrayNode();
    text.lines().filter(line -> !line.isBlank()).map(TransportJson::read).forEach(values::add);
    return values;
  }

  public static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
