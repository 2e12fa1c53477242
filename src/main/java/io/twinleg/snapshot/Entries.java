package io.twinleg.snapshot;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/** Pairs of key and value. The object that stands under a key already is filled. */
record Entries(Shapes.Shape key, Shapes.Shape value, Supplier<Map<Object, Object>> maps)
    implements Shapes.Shape {
  @Override
  public void write(@Nullable Object map, JsonGenerator json) {
    json.writeStartArray();
    ((Map<?, ?>) Objects.requireNonNull(map))
        .forEach((k, v) -> {
          key.write(k, json);
          value.write(v, json);
        });
    json.writeEndArray();
  }

  @Override
  @SuppressWarnings("unchecked")
  public Object read(JsonNode json, @Nullable Object present) {
    Map<Object, Object> before = present == null ? Map.of() : (Map<Object, Object>) present;
    Map<Object, Object> entries = new LinkedHashMap<>();
    for (int i = 0; i + 1 < Shapes.array(json).size(); i += 2) {
      Object k = key.read(json.get(i), null);
      entries.put(k, value.read(json.get(i + 1), before.get(k)));
    }
    Map<Object, Object> filled = present == null ? maps.get() : before;
    if (!value.isMade() && !entries.keySet().equals(before.keySet())) {
      throw new IllegalArgumentException(
          "it has " + entries.keySet() + ", the configuration " + before.keySet());
    }
    filled.clear();
    filled.putAll(entries);
    return filled;
  }

  @Override
  public String name() {
    return "Map<" + key.name() + ", " + value.name() + ">";
  }

  @Override
  public void describe(Map<String, String> lines) {
    key.describe(lines);
    value.describe(lines);
  }
}
