package io.twinleg.wire.aster;

import io.twinleg.core.model.Side;
import io.twinleg.wire.MalformedMessage;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads fields leniently as to their type, since the venue documents numbers and sends text or the
 * other way round, and strictly as to their content: what is missing or no number is a {@link
 * MalformedMessage}, never a default.
 */
public final class AsterJson {
  /** Of two values of one key, or of a second message behind the first, one would be lost. */
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(
              DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
              DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .build();

  /** NaN, hundreds of digits and an exponent that fills the memory are no numbers. */
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?[0-9]{1,24}(\\.[0-9]{0,24})?([eE][+-]?[0-9]{1,2})?");

  /** The year 2100. */
  private static final long NO_TIME = 4_102_444_800_000L;

  private AsterJson() {}

  /** Empty where the text is not one JSON value, such as an error page. */
  public static Optional<JsonNode> parse(String text) {
    try {
      JsonNode node = MAPPER.readTree(text);
      return node == null || node.isMissingNode() ? Optional.empty() : Optional.of(node);
    } catch (JacksonException notJson) {
      return Optional.empty();
    }
  }

  public static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  public static <T> ArrayNode array(List<T> items, Function<T, ? extends JsonNode> written) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    items.forEach(item -> array.add(written.apply(item)));
    return array;
  }

  /**
   * @throws MalformedMessage where it is no list, or any of its rows is unreadable
   */
  public static <T> List<T> list(JsonNode array, Function<JsonNode, T> read) {
    return rows(array, row -> true, read).whole();
  }

  /**
   * The rows of a list, each by itself: one that is unreadable does not take the others with it.
   *
   * @param ours whether an unreadable row is about us; one that is not is passed over
   * @throws MalformedMessage where it is no list
   */
  public static <T> RowList<T> rows(
      JsonNode array, Predicate<JsonNode> ours, Function<JsonNode, T> read) {
    if (!array.isArray()) {
      throw MalformedMessage.schema("a list is missing");
    }
    List<T> readable = new ArrayList<>();
    List<String> unreadable = new ArrayList<>();
    for (JsonNode row : array) {
      try {
        readable.add(MalformedMessage.ofImpossible(() -> read.apply(row)));
      } catch (MalformedMessage malformed) {
        if (ours.test(row)) {
          unreadable.add(malformed.detail());
        }
      }
    }
    return new RowList<>(readable, unreadable);
  }

  /**
   * What could be read of a list.
   *
   * @param unreadable one sentence for each row of ours that could not
   */
  public record RowList<T>(List<T> readable, List<String> unreadable) {
    public RowList {
      readable = List.copyOf(readable);
      unreadable = List.copyOf(unreadable);
    }

    public boolean isWhole() {
      return unreadable.isEmpty();
    }

    /**
     * @throws MalformedMessage where a row is unreadable: a list without it would be another list
     */
    public List<T> whole() {
      if (!isWhole()) {
        throw MalformedMessage.schema(unreadable.getFirst());
      }
      return readable;
    }
  }

  /** One row, or a list of them: with a symbol named the venue sends the object alone. */
  public static <T> List<T> oneOrMany(JsonNode node, Function<JsonNode, T> read) {
    return node.isArray() ? list(node, read) : List.of(read.apply(node));
  }

  /** Whether a row bears such a name; one without a readable name may. */
  static boolean isNamed(JsonNode row, String field, Predicate<String> names) {
    return optionalText(row, field).filter(name -> !names.test(name)).isEmpty();
  }

  /** A value of the core, which is made of what was read and may not accept it. */
  static <T> T value(String name, Supplier<T> made) {
    try {
      return made.get();
    } catch (IllegalArgumentException | ArithmeticException impossible) {
      throw MalformedMessage.schema(name + " is missing or unreadable");
    }
  }

  static Side side(JsonNode node, String name) {
    String word = text(node, name);
    return value(name, () -> Side.valueOf(word));
  }

  public static String text(JsonNode node, String name) {
    return optionalText(node, name)
        .orElseThrow(() -> MalformedMessage.schema(name + " is missing or unreadable"));
  }

  public static Optional<String> optionalText(JsonNode node, String name) {
    JsonNode field = node.path(name);
    return field.isValueNode() && !field.isNull()
        ? Optional.of(field.asString())
        : Optional.empty();
  }

  static BigDecimal decimal(JsonNode node, String name) {
    return optionalDecimal(node, name)
        .orElseThrow(() -> MalformedMessage.schema(name + " is missing or unreadable"));
  }

  /** One of a row that is itself a list. */
  static BigDecimal element(JsonNode row, int index, String name) {
    JsonNode field = row.path(index);
    return decimal(field.isValueNode() ? field.asString() : "", name);
  }

  static Optional<BigDecimal> optionalDecimal(JsonNode node, String name) {
    return optionalText(node, name)
        .filter(text -> !text.isBlank())
        .map(text -> decimal(text, name));
  }

  private static BigDecimal decimal(String text, String name) {
    if (!NUMBER.matcher(text).matches()) {
      throw MalformedMessage.schema(name + " is missing or unreadable");
    }
    return new BigDecimal(text);
  }

  static long whole(JsonNode node, String name) {
    return optionalWhole(node, name)
        .orElseThrow(() -> MalformedMessage.schema(name + " is missing or unreadable"));
  }

  public static Optional<Long> optionalWhole(JsonNode node, String name) {
    return optionalDecimal(node, name).map(number -> value(name, number::longValueExact));
  }

  /** In ms since 1970, before the year 2100. */
  static long time(JsonNode node, String name) {
    return possible(whole(node, name), name);
  }

  private static long possible(long time, String name) {
    if (time < 0 || time >= NO_TIME) {
      throw MalformedMessage.schema(name + " is no time: " + time);
    }
    return time;
  }

  /** Zero where the message is not dated; no decision may rest on such a time. */
  static long timeOrZero(JsonNode node, String name) {
    return optionalWhole(node, name).map(time -> possible(time, name)).orElse(0L);
  }

  static int small(JsonNode node, String name) {
    return value(name, () -> Math.toIntExact(whole(node, name)));
  }

  /** As a boolean or as text. */
  public static boolean flag(JsonNode node, String name) {
    return switch (text(node, name)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw MalformedMessage.schema(name + " is missing or unreadable");
    };
  }

  /** For a mark that says something only where it is there. */
  static boolean isMarked(JsonNode node, String name) {
    return optionalText(node, name).filter(Boolean::parseBoolean).isPresent();
  }

  /** Plain decimals: 1E-7 is not accepted on this wire. */
  public static String plain(BigDecimal value) {
    return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
  }
}
