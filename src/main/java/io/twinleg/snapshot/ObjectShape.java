package io.twinleg.snapshot;

import io.twinleg.snapshot.Shapes.Shape;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/**
 * An object with state: all its fields by name, but static and {@code transient} ones. It is made
 * by its constructor of which every parameter is one of these fields; where it has none, because it
 * also takes settings, the object that was made of the configuration is filled.
 */
final class ObjectShape implements Shape {
  private final Class<?> type;
  private final Shapes shapes;
  private final Map<String, Field> fields = new TreeMap<>();
  private final @Nullable Constructor<?> constructor;
  private @Nullable Map<String, Shape> parts;

  ObjectShape(Class<?> type, Shapes shapes) {
    this.type = type;
    this.shapes = shapes;
    for (Field field : type.getDeclaredFields()) {
      if (!Modifier.isStatic(field.getModifiers()) && !Modifier.isTransient(field.getModifiers())) {
        field.setAccessible(true);
        fields.put(field.getName(), field);
      }
    }
    if (type.getSuperclass() != Object.class) {
      throw new IllegalStateException(
          type + " extends another class, which a snapshot cannot hold");
    }
    this.constructor = constructor().orElse(null);
  }

  private Optional<Constructor<?>> constructor() {
    Optional<Constructor<?>> found =
        Arrays.stream(type.getDeclaredConstructors())
            .filter(each -> Arrays.stream(each.getParameters()).allMatch(this::isField))
            .max(Comparator.comparingInt(Constructor::getParameterCount));
    found.ifPresent(each -> each.setAccessible(true));
    return found;
  }

  private boolean isField(Parameter parameter) {
    Field field = fields.get(parameter.getName());
    return field != null && field.getType() == parameter.getType();
  }

  /** Found when first used: an object may hold itself. */
  private Map<String, Shape> parts() {
    if (parts == null) {
      Map<String, Shape> found = new LinkedHashMap<>();
      fields.forEach((name, field) -> found.put(name, shapes.of(field.getGenericType())));
      parts = found;
    }
    return parts;
  }

  @Override
  public boolean isMade() {
    return constructor != null;
  }

  @Override
  public void write(@Nullable Object object, JsonGenerator json) {
    if (object == null) {
      json.writeNull();
      return;
    }
    json.writeStartObject();
    parts()
        .forEach((name, shape) -> {
          json.writeName(name);
          shape.write(get(object, name), json);
        });
    json.writeEndObject();
  }

  @Override
  public @Nullable Object read(JsonNode json, @Nullable Object present) {
    if (json.isNull()) {
      return null;
    }
    requireSize(json, fields.size(), name());
    if (present != null) {
      parts().forEach((name, shape) -> fill(present, name, shape, json));
      return present;
    }
    Constructor<?> by = constructor;
    if (by == null) {
      throw new IllegalArgumentException("the configuration makes no such " + name());
    }
    Map<String, @Nullable Object> arguments = new LinkedHashMap<>();
    for (Parameter parameter : by.getParameters()) {
      String name = parameter.getName();
      arguments.put(name, shape(name).read(required(json, name, name()), null));
    }
    Object made = made(by, arguments.values().toArray());
    parts()
        .forEach((name, shape) -> {
          if (!arguments.containsKey(name)) {
            fill(made, name, shape, json);
          }
        });
    return made;
  }

  private Shape shape(String name) {
    return Objects.requireNonNull(parts().get(name));
  }

  /** A final field keeps its object, which is filled; in another one a new value is put. */
  private void fill(Object object, String name, Shape shape, JsonNode json) {
    Field field = Objects.requireNonNull(fields.get(name));
    boolean isFinal = Modifier.isFinal(field.getModifiers());
    Object present = isFinal || !shape.isMade() ? get(object, name) : null;
    Object read = shape.read(required(json, name, name()), present);
    if (!isFinal) {
      set(object, field, read);
    } else if (!Objects.equals(read, present)) {
      throw new IllegalArgumentException(
          "%s.%s is %s, and the configuration's %s".formatted(name(), name, read, present));
    }
  }

  private @Nullable Object get(Object object, String name) {
    try {
      return Objects.requireNonNull(fields.get(name)).get(object);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void set(Object object, Field field, @Nullable Object value) {
    try {
      field.set(object, value);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Object made(Constructor<?> constructor, @Nullable Object[] arguments) {
    try {
      return constructor.newInstance(arguments);
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException(
          "no " + constructor.getDeclaringClass().getSimpleName() + ": " + e, e);
    }
  }

  static JsonNode required(JsonNode json, String field, String of) {
    JsonNode found = json.get(field);
    if (found == null) {
      throw new IllegalArgumentException(of + " has no " + field);
    }
    return found;
  }

  static void requireSize(JsonNode json, int fields, String of) {
    if (!json.isObject() || json.size() != fields) {
      throw new IllegalArgumentException(
          "%s needs %d fields, found %d".formatted(of, fields, json.size()));
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
    String separator = ": ";
    for (Map.Entry<String, Shape> part : parts().entrySet()) {
      line.append(separator).append(part.getKey()).append(' ').append(part.getValue().name());
      separator = ", ";
    }
    lines.put(name(), line.toString());
    parts().values().forEach(each -> each.describe(lines));
  }
}
