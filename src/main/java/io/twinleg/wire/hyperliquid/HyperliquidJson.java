package io.twinleg.wire.hyperliquid;

import io.twinleg.wire.MalformedMessage;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON trees of this venue: keys keep their order, decimals are exact, and text after the first
 * complete value is ignored.
 */
public final class HyperliquidJson {
  private static final JsonMapper LENIENT =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();
  private static final JsonMapper WITHOUT_REPETITION =
      LENIENT.rebuild().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private static final JsonMapper WHOLE =
      LENIENT
          .rebuild()
          .enable(
              DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
              DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .build();

  private HyperliquidJson() {}

  /**
   * Parses a body or frame.
   *
   * @throws MalformedMessage if it is not JSON, such as an error page
   */
  public static JsonNode parse(String text) {
    return parse(LENIENT, text);
  }

  /** As {@link #parse}; a repeated key does not fit any schema. */
  public static JsonNode parseStrictly(String text) {
    JsonNode tree = parse(text);
    try {
      parse(WITHOUT_REPETITION, text);
    } catch (MalformedMessage e) {
      throw MalformedMessage.schema("a key stands twice");
    }
    return tree;
  }

  /**
   * What the venue said, which has to be one message: of a second one behind it, or of two values
   * of one key, one would be lost unseen.
   *
   * @throws MalformedMessage if it is not one value, or a key stands twice in it
   */
  public static JsonNode parseWhole(String text) {
    return parse(WHOLE, text);
  }

  private static JsonNode parse(JsonMapper mapper, String text) {
    try {
      JsonNode tree = mapper.readTree(text);
      if (tree.isMissingNode()) {
        throw MalformedMessage.notJson();
      }
      return tree;
    } catch (JacksonException e) {
      throw MalformedMessage.notJson();
    }
  }

  public static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  public static ArrayNode array() {
    return JsonNodeFactory.instance.arrayNode();
  }

  /** Compact, keys in their order. */
  public static String text(JsonNode tree) {
    return LENIENT.writeValueAsString(tree);
  }
}
