package io.twinleg.journal;

import java.util.Map;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** A line's data as JSON for people: here a number is a number, exact and without an exponent. */
final class StateJson {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
          .enable(
              DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS,
              DeserializationFeature.USE_LONG_FOR_INTS)
          .build();

  private static final TypeReference<Map<String, Object>> FIELDS = new TypeReference<>() {};

  private StateJson() {}

  static String write(Map<String, Object> data) {
    return JSON.writeValueAsString(data);
  }

  static Map<String, Object> read(String text) {
    return JSON.readValue(text, FIELDS);
  }
}
