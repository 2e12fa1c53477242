package io.twinleg.cli;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A small configuration of one level: each key is asked for, and none may be left over. */
final class FlatConfig {
  private static final String COMMENTS = "_comments";
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private final Path file;
  private final JsonNode root;
  private final Set<String> asked = new TreeSet<>(Set.of(COMMENTS));

  private FlatConfig(Path file, JsonNode root) {
    this.file = file;
    this.root = root;
  }

  static FlatConfig read(Path file) {
    try {
      JsonNode root = JSON.readTree(ConfigFile.text(file));
      if (!root.isObject()) {
        throw new ConfigException(
            file + " is no JSON object: copy the config_example.json beside it");
      }
      return new FlatConfig(file, root);
    } catch (JacksonException damaged) {
      throw new ConfigException(
          Redaction.of(file + " is not valid JSON (" + damaged.getOriginalMessage() + ")"));
    }
  }

  String where(String key) {
    return key + " in " + file;
  }

  private JsonNode node(String key, String expected) {
    asked.add(key);
    JsonNode value = root.path(key);
    if (value.isMissingNode()) {
      throw new ConfigException(where(key) + " is missing: expected " + expected);
    }
    return value;
  }

  String text(String key, String pattern, String expected) {
    JsonNode value = node(key, expected);
    if (!value.isString() || !value.asString().strip().matches(pattern)) {
      throw wrong(key, value, expected);
    }
    return value.asString().strip();
  }

  BigDecimal number(String key, String least, String most) {
    String expected = "a number from " + least + " to " + most;
    JsonNode value = node(key, expected);
    boolean fits =
        value.isNumber()
            && value.decimalValue().compareTo(new BigDecimal(least)) >= 0
            && value.decimalValue().compareTo(new BigDecimal(most)) <= 0;
    if (!fits) {
      throw wrong(key, value, expected);
    }
    return value.decimalValue();
  }

  int whole(String key, int least, int most) {
    JsonNode value = node(key, "a whole number");
    if (!value.isIntegralNumber()) {
      throw wrong(key, value, "a whole number from " + least + " to " + most);
    }
    return number(key, Integer.toString(least), Integer.toString(most)).intValueExact();
  }

  boolean flag(String key) {
    JsonNode value = node(key, "true or false");
    if (!value.isBoolean()) {
      throw wrong(key, value, "true or false");
    }
    return value.asBoolean();
  }

  /** Absent, null and an empty text are one. */
  Optional<String> optionalText(String key) {
    asked.add(key);
    JsonNode value = root.path(key);
    return value.isValueNode() && !value.isNull() && !value.asString().isBlank()
        ? Optional.of(value.asString().strip())
        : Optional.empty();
  }

  /** A number, also in quotes; left empty, somebody else knows it. */
  Optional<BigDecimal> optionalNumber(String key) {
    return optionalText(key)
        .map(text -> {
          try {
            BigDecimal number = new BigDecimal(text);
            if (number.signum() > 0) {
              return number;
            }
          } catch (NumberFormatException notOne) {
            // refused below, with the key's name
          }
          throw wrong(key, root.path(key), "a number above 0, or nothing");
        });
  }

  void requireNothingElse() {
    for (String key : root.propertyNames()) {
      if (!asked.contains(key)) {
        throw new ConfigException(where(key) + " is not a key of this file: leave it out");
      }
    }
  }

  private ConfigException wrong(String key, JsonNode value, String expected) {
    return new ConfigException(
        where(key) + " is " + Redaction.shown(key, value.toString()) + ": expected " + expected);
  }
}
