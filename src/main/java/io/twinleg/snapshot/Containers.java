package io.twinleg.snapshot;

import io.twinleg.snapshot.Shapes.Shape;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/** The shapes of what holds others: a list, a set, a queue, a map. */
final class Containers {
  private Containers() {}

  record Elements(Shape of, Class<?> type) implements Shape {
    @Override
    public void write(@Nullable Object value, JsonGenerator json) {
      json.writeStartArray();
      ((Collection<?>) Objects.requireNonNull(value)).forEach(each -> of.write(each, json));
      json.writeEndArray();
    }

    @Override
    @SuppressWarnings("unchecked")
    public Object read(JsonNode json, @Nullable Object present) {
      if (!of.isMade()) {
        return fill(json, (Collection<?>) Objects.requireNonNull(present));
      }
      List<Object> elements = new ArrayList<>();
      Shapes.array(json).forEach(each -> elements.add(of.read(each, null)));
      if (present != null) {
        Collection<Object> filled = (Collection<Object>) present;
        filled.clear();
        filled.addAll(elements);
        return filled;
      }
      if (type == ArrayDeque.class) {
        return new ArrayDeque<>(elements);
      }
      return Set.class.isAssignableFrom(type)
          ? new LinkedHashSet<>(elements)
          : List.copyOf(elements);
    }

    /** Those that the configuration made, one after the other. */
    private Collection<?> fill(JsonNode json, Collection<?> present) {
      if (Shapes.array(json).size() != present.size()) {
        throw new IllegalArgumentException(
            "it has %d, the configuration %d".formatted(json.size(), present.size()));
      }
      int i = 0;
      for (Object each : present) {
        of.read(json.get(i++), each);
      }
      return present;
    }

    @Override
    public boolean isMade() {
      return of.isMade();
    }

    @Override
    public String name() {
      return type.getSimpleName() + "<" + of.name() + ">";
    }

    @Override
    public void describe(Map<String, String> lines) {
      of.describe(lines);
    }
  }

  /** Pairs of key and value. The object that stands under a key already is filled. */
  record Entries(Shape key, Shape value, Supplier<Map<Object, Object>> maps) implements Shape {
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
}
