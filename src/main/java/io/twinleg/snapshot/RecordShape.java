package io.twinleg.snapshot;

import io.twinleg.snapshot.Shapes.Shape;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/** A record: its components by name; one of a single component is that component. */
final class RecordShape implements Shape {
  private final Class<?> type;
  private final Shapes shapes;
  private final RecordComponent[] components;
  private final Constructor<?> constructor;
  private Shape @Nullable [] parts;

  RecordShape(Class<?> type, Shapes shapes) {
    this.type = type;
    this.shapes = shapes;
    this.components = type.getRecordComponents();
    try {
      this.constructor =
          type.getDeclaredConstructor(
              Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
      constructor.setAccessible(true);
      for (RecordComponent component : components) {
        component.getAccessor().setAccessible(true);
      }
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Found when first used: a record may hold itself. */
  private Shape[] parts() {
    if (parts == null) {
      parts =
          Arrays.stream(components)
              .map(component -> shapes.of(component.getGenericType()))
              .toArray(Shape[]::new);
    }
    return parts;
  }

  @Override
  public void write(@Nullable Object value, JsonGenerator json) {
    if (value == null) {
      json.writeNull();
    } else if (components.length == 1) {
      parts()[0].write(component(value, 0), json);
    } else {
      json.writeStartObject();
      for (int i = 0; i < components.length; i++) {
        json.writeName(components[i].getName());
        parts()[i].write(component(value, i), json);
      }
      json.writeEndObject();
    }
  }

  @Override
  public @Nullable Object read(JsonNode json, @Nullable Object present) {
    if (json.isNull()) {
      return null;
    }
    Object[] values = new Object[components.length];
    if (components.length == 1) {
      values[0] = parts()[0].read(json, null);
      return made(values);
    }
    ObjectShape.requireSize(json, components.length, name());
    for (int i = 0; i < components.length; i++) {
      String field = components[i].getName();
      values[i] = parts()[i].read(ObjectShape.required(json, field, name()), null);
    }
    return made(values);
  }

  private @Nullable Object component(Object value, int i) {
    try {
      return components[i].getAccessor().invoke(value);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException(e);
    }
  }

  private Object made(@Nullable Object[] values) {
    try {
      return constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      throw new IllegalArgumentException("no " + name() + ": " + e.getCause(), e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
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
    StringBuilder line = new StringBuilder(name());
    for (int i = 0; i < components.length; i++) {
      line.append(i == 0 ? ": " : ", ")
          .append(components[i].getName())
          .append(' ')
          .append(parts()[i].name());
    }
    lines.put(name(), line.toString());
    for (Shape part : parts()) {
      part.describe(lines);
    }
  }
}
