package io.twinleg.snapshot;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/**
 * How a value of each type stands in a snapshot. Each shape writes and reads, one method beside the
 * other. Values and records are made anew; an object that the restored one already has, and keeps
 * for ever, is filled.
 */
final class Shapes {
  private final Map<Type, Shape> known = new LinkedHashMap<>();

  /** Of the values of one type; null is written as JSON's null. */
  interface Shape {
    void write(@Nullable Object value, JsonGenerator json);

    /**
     * @param present what is to be filled; null where the value is made anew
     */
    @Nullable Object read(JsonNode json, @Nullable Object present);

    /** Whether a value can be made of what was written alone. */
    default boolean isMade() {
      return true;
    }

    /** Its name in the format, and the types that it is made of. */
    String name();

    default void describe(Map<String, String> lines) {}
  }

  void describe(Type type, Map<String, String> lines) {
    of(type).describe(lines);
  }

  Shape of(Type type) {
    Shape shape = known.get(type);
    if (shape == null) {
      shape = made(type);
      known.put(type, shape);
    }
    return shape;
  }

  private Shape made(Type type) {
    return switch (type) {
      case Class<?> plain -> ofClass(plain);
      case ParameterizedType generic ->
          ofGeneric((Class<?>) generic.getRawType(), generic.getActualTypeArguments());
      case WildcardType wildcard -> of(wildcard.getUpperBounds()[0]);
      case TypeVariable<?> variable -> throw unknown(type);
      case GenericArrayType array -> throw unknown(type);
      default -> throw unknown(type);
    };
  }

  private static IllegalStateException unknown(Type type) {
    return new IllegalStateException("a snapshot cannot hold a " + type.getTypeName());
  }

  private Shape ofClass(Class<?> type) {
    if (type == long.class || type == Long.class) {
      return new Text("long", Long::valueOf);
    }
    if (type == int.class || type == Integer.class) {
      return new Text("int", Integer::valueOf);
    }
    if (type == boolean.class || type == Boolean.class) {
      return new Text("boolean", Boolean::valueOf);
    }
    if (type == String.class) {
      return new Text("String", text -> text);
    }
    if (type == BigDecimal.class) {
      return new Text("BigDecimal", BigDecimal::new);
    }
    if (type == Instant.class) {
      return new Text("Instant", Instant::parse);
    }
    if (type == Duration.class) {
      return new Text("Duration", Duration::parse);
    }
    if (type == OptionalInt.class) {
      return new MaybeInt();
    }
    if (type == Object.class) {
      return new LogValue();
    }
    if (type.isEnum()) {
      return new Constant(type);
    }
    if (type.isSealed()) {
      return new Alternatives(type, this);
    }
    if (type.isRecord()) {
      return new RecordShape(type, this);
    }
    if (type == long[].class) {
      return new Longs();
    }
    if (!type.getName().startsWith("io.twinleg.")) {
      throw unknown(type);
    }
    if (type.isInterface()) {
      return new Configured(type, this);
    }
    return new ObjectShape(type, this);
  }

  private Shape ofGeneric(Class<?> type, Type[] of) {
    if (type == Optional.class) {
      return new Maybe(of(of[0]));
    }
    if (Map.class.isAssignableFrom(type)) {
      return new Containers.Entries(of(of[0]), of(of[1]), maps(type));
    }
    if (Collection.class.isAssignableFrom(type)) {
      return new Containers.Elements(of(of[0]), type);
    }
    throw unknown(type);
  }

  /** What a map is made as, where it is not the object's own for ever. */
  private static Supplier<Map<Object, Object>> maps(Class<?> type) {
    return type == TreeMap.class ? TreeMap::new : LinkedHashMap::new;
  }

  // ---- values

  /** A value by its text, which is exact for each of these types. */
  private record Text(String name, Function<String, Object> parse) implements Shape {
    @Override
    public void write(@Nullable Object value, JsonGenerator json) {
      if (value == null) {
        json.writeNull();
      } else {
        json.writeString(value.toString());
      }
    }

    @Override
    public @Nullable Object read(JsonNode json, @Nullable Object present) {
      return json.isNull() ? null : parse.apply(json.asString());
    }
  }

  /** By its name: {@code toString} may be another text. */
  private record Constant(Class<?> type) implements Shape {
    @Override
    public void write(@Nullable Object value, JsonGenerator json) {
      if (value == null) {
        json.writeNull();
      } else {
        json.writeString(((Enum<?>) value).name());
      }
    }

    @Override
    public @Nullable Object read(JsonNode json, @Nullable Object present) {
      if (json.isNull()) {
        return null;
      }
      for (Object constant : type.getEnumConstants()) {
        if (((Enum<?>) constant).name().equals(json.asString())) {
          return constant;
        }
      }
      throw new IllegalArgumentException("no " + name() + ": " + json);
    }

    @Override
    public String name() {
      return simpleName(type);
    }

    @Override
    public void describe(Map<String, String> lines) {
      List<String> names = new ArrayList<>();
      for (Object constant : type.getEnumConstants()) {
        names.add(((Enum<?>) constant).name());
      }
      lines.put(name(), name() + " = " + String.join(" | ", names));
    }
  }

  private record Maybe(Shape of) implements Shape {
    @Override
    public void write(@Nullable Object value, JsonGenerator json) {
      of.write(((Optional<?>) Objects.requireNonNull(value)).orElse(null), json);
    }

    @Override
    public Object read(JsonNode json, @Nullable Object present) {
      return Optional.ofNullable(of.read(json, null));
    }

    @Override
    public String name() {
      return "Optional<" + of.name() + ">";
    }

    @Override
    public void describe(Map<String, String> lines) {
      of.describe(lines);
    }
  }

  private record MaybeInt() implements Shape {
    @Override
    public void write(@Nullable Object value, JsonGenerator json) {
      OptionalInt maybe = (OptionalInt) Objects.requireNonNull(value);
      if (maybe.isPresent()) {
        json.writeString(Integer.toString(maybe.getAsInt()));
      } else {
        json.writeNull();
      }
    }

    @Override
    public Object read(JsonNode json, @Nullable Object present) {
      return json.isNull()
          ? OptionalInt.empty()
          : OptionalInt.of(Integer.parseInt(json.asString()));
    }

    @Override
    public String name() {
      return "OptionalInt";
    }
  }

  /** A field of a log line: a text, a truth, a number, or a list or map of these. */
  private record LogValue() implements Shape {
    private static final Map<String, Function<String, Object>> KINDS =
        Map.of(
            "String", text -> text,
            "Boolean", Boolean::valueOf,
            "Long", Long::valueOf,
            "Integer", Integer::valueOf,
            "BigDecimal", BigDecimal::new);

    @Override
    public void write(@Nullable Object value, JsonGenerator json) {
      switch (value) {
        case null -> throw new IllegalStateException("a log line has a field without a value");
        case List<?> list -> {
          json.writeStartArray();
          list.forEach(each -> write(each, json));
          json.writeEndArray();
        }
        case Map<?, ?> map -> {
          json.writeStartObject();
          map.forEach((key, each) -> {
            json.writeName(key.toString());
            write(each, json);
          });
          json.writeEndObject();
        }
        default -> {
          String kind = value.getClass().getSimpleName();
          if (!KINDS.containsKey(kind)) {
            throw new IllegalStateException("a log line has a field of " + value.getClass());
          }
          json.writeString(kind + ":" + value);
        }
      }
    }

    @Override
    public Object read(JsonNode json, @Nullable Object present) {
      if (json.isArray()) {
        List<Object> list = new ArrayList<>();
        json.forEach(each -> list.add(read(each, null)));
        return Collections.unmodifiableList(list);
      }
      if (json.isObject()) {
        Map<String, Object> map = new LinkedHashMap<>();
        json.propertyNames().forEach(name -> map.put(name, read(json.path(name), null)));
        return map;
      }
      String[] parts = json.asString().split(":", 2);
      return Objects.requireNonNull(KINDS.get(parts[0]), parts[0]).apply(parts[1]);
    }

    @Override
    public String name() {
      return "Object";
    }
  }

  /** The numbers of an array that the object keeps for ever. */
  private record Longs() implements Shape {
    @Override
    public void write(@Nullable Object value, JsonGenerator json) {
      long[] numbers = (long[]) Objects.requireNonNull(value);
      json.writeArray(numbers, 0, numbers.length);
    }

    @Override
    public Object read(JsonNode json, @Nullable Object present) {
      long[] numbers = (long[]) Objects.requireNonNull(present);
      if (array(json).size() != numbers.length) {
        throw new IllegalArgumentException("%d numbers are needed".formatted(numbers.length));
      }
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = json.get(i).asLong();
      }
      return numbers;
    }

    @Override
    public boolean isMade() {
      return false;
    }

    @Override
    public String name() {
      return "long[]";
    }
  }

  /** One of the classes behind an interface; the configuration says which, and makes it. */
  private record Configured(Class<?> type, Shapes shapes) implements Shape {
    @Override
    public void write(@Nullable Object value, JsonGenerator json) {
      shapes.of(Objects.requireNonNull(value).getClass()).write(value, json);
    }

    @Override
    public @Nullable Object read(JsonNode json, @Nullable Object present) {
      return shapes.of(Objects.requireNonNull(present).getClass()).read(json, present);
    }

    @Override
    public boolean isMade() {
      return false;
    }

    @Override
    public String name() {
      return simpleName(type);
    }
  }

  // ---- collections

  static JsonNode array(JsonNode json) {
    if (!json.isArray()) {
      throw new IllegalArgumentException("a list is needed, found " + json);
    }
    return json;
  }

  /** Names are unique in the program; a nested class is named with the one around it. */
  static String simpleName(Class<?> type) {
    Class<?> outer = type.getEnclosingClass();
    return outer == null ? type.getSimpleName() : simpleName(outer) + "." + type.getSimpleName();
  }
}
