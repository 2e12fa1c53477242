package io.twinleg.snapshot;

import io.twinleg.snapshot.Shapes.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/** One of the classes of a sealed interface: its name, and what it holds. */
final class Alternatives implements Shape {
  private final Class<?> type;
  private final Shapes shapes;
  private final Map<String, Class<?>> classes = new TreeMap<>();

  Alternatives(Class<?> type, Shapes shapes) {
    this.type = type;
    this.shapes = shapes;
    for (Class<?> permitted : type.getPermittedSubclasses()) {
      classes.put(Shapes.simpleName(permitted), permitted);
    }
  }

  @Override
  public void write(@Nullable Object value, JsonGenerator json) {
    if (value == null) {
      json.writeNull();
      return;
    }
    json.writeStartArray();
    json.writeString(Shapes.simpleName(value.getClass()));
    shapes.of(value.getClass()).write(value, json);
    json.writeEndArray();
  }

  @Override
  public @Nullable Object read(JsonNode json, @Nullable Object present) {
    if (json.isNull()) {
      return null;
    }
    Class<?> found = json.size() == 2 ? classes.get(json.get(0).asString()) : null;
    if (found == null) {
      throw new IllegalArgumentException("no " + name() + ": " + json);
    }
    return shapes.of(found).read(json.get(1), null);
  }

  @Override
  public String name() {
    return Shapes.simpleName(type);
  }

  @Override
  public void describe(Map<String, String> lines) {
    if (lines.containsKey(name())) {
      return;
    }
    List<String> names = new ArrayList<>(classes.keySet());
    lines.put(name(), name() + " = " + String.join(" | ", names));
    classes.values().forEach(each -> shapes.of(each).describe(lines));
  }
}
