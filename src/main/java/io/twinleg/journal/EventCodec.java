package io.twinleg.journal;

import io.twinleg.core.event.Command;
import io.twinleg.core.event.Event;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Facts and commands as JSON, each under its kind. Exact both ways: what is decoded equals what was
 * encoded.
 *
 * <p>The names in the file are those of {@link JournalNames}. To change one of them, or to add a
 * component, is a new schema version. A field that is missing or unknown is an error, never a
 * default.
 */
final class EventCodec {
  private static final JsonMapper JSON = mapper(JournalNames.renamed());

  private static final Map<String, ObjectReader> FACTS = readers(JournalNames.FACTS);
  private static final Map<String, ObjectReader> COMMANDS = readers(JournalNames.COMMANDS);

  static final String NO_FIELDS = "{}";

  private EventCodec() {}

  static JsonMapper mapper(JournalNames names) {
    return JsonMapper.builder()
        .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
        .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
        .disable(EnumFeature.WRITE_ENUMS_USING_TO_STRING, EnumFeature.READ_ENUMS_USING_TO_STRING)
        .enable(
            DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
            DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
            DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
        .propertyNamingStrategy(names.ofFields())
        .annotationIntrospector(names.ofConstants())
        .addModule(new ModelModule())
        .build();
  }

  private static Map<String, ObjectReader> readers(Map<Class<?>, String> kinds) {
    Map<String, ObjectReader> readers = new LinkedHashMap<>();
    kinds.forEach((type, kind) -> readers.put(kind, JSON.readerFor(type)));
    return readers;
  }

  static String kind(Event fact) {
    return Objects.requireNonNull(JournalNames.FACTS.get(fact.getClass()));
  }

  static String kind(Command command) {
    return Objects.requireNonNull(JournalNames.COMMANDS.get(command.getClass()));
  }

  static String encode(Event fact) {
    return JSON.writeValueAsString(fact);
  }

  static String encode(Command command) {
    return JSON.writeValueAsString(command);
  }

  static JsonParser parser(String json) {
    return JSON.createParser(json);
  }

  /** The parser stands at the object's start or at one of its names: what precedes is not ours. */
  static Event fact(String kind, JsonParser json) {
    return (Event) read(FACTS, kind, json);
  }

  static Command command(String kind, JsonParser json) {
    return (Command) read(COMMANDS, kind, json);
  }

  /**
   * At the end of an object Jackson would see nothing to read, where a record without fields is.
   */
  private static Object read(Map<String, ObjectReader> readers, String kind, JsonParser json) {
    ObjectReader reader = readers.get(kind);
    if (reader == null) {
      throw new IllegalArgumentException("no such kind: " + kind);
    }
    return json.hasToken(JsonToken.END_OBJECT)
        ? reader.readValue(NO_FIELDS)
        : reader.readValue(json);
  }
}
