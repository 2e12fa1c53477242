package io.twinleg.config;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A small configuration of one level: every key must be read, and none may be left over. */
public final class FlatConfig {
  private static final String COMMENTS = "_comments";
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private final Path file;
  private final JsonNode root;
  private final Set<String> known = new TreeSet<>(Set.of(COMMENTS));

  private FlatConfig(Path file, JsonNode root) {
    this.file = file;
    this.root = root;
  }

  public static FlatConfig read(Path file) {
    try {
      JsonNode root = JSON.readTree(ConfigJson.text(file));
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

  private String where(String key) {
    return key + " in " + file;
  }

  private JsonNode node(String key, String expected) {
    known.add(key);
    JsonNode value = root.path(key);
    if (value.isMissingNode()) {
      throw new ConfigException(where(key) + " is missing: expected " + expected);
    }
    return value;
  }

  public String text(String key, String pattern, String expected) {
    JsonNode value = node(key, expected);
    if (!value.isString() || !value.asString().strip().matches(pattern)) {
      throw wrong(key, value, expected);
    }
    return value.asString().strip();
  }

  public BigDecimal number(String key, String min, String max) {
    String expected = "a number from " + min + " to " + max;
    JsonNode value = node(key, expected);
    boolean fits =
        value.isNumber()
            && value.decimalValue().compareTo(new BigDecimal(min)) >= 0
            && value.decimalValue().compareTo(new BigDecimal(max)) <= 0;
    if (!fits) {
      throw wrong(key, value, expected);
    }
    return value.decimalValue();
  }

  public int whole(String key, int min, int max) {
    JsonNode value = node(key, "a whole number");
    if (!value.isIntegralNumber()) {
      throw wrong(key, value, "a whole number from " + min + " to " + max);
    }
    return number(key, Integer.toString(min), Integer.toString(max)).intValueExact();
  }

  public boolean flag(String key) {
    JsonNode value = node(key, "true or false");
    if (!value.isBoolean()) {
      throw wrong(key, value, "true or false");
    }
    return value.asBoolean();
  }

  /** Absent, null and an empty text are one. */
  public Optional<String> optionalText(String key) {
    known.add(key);
    JsonNode value = root.path(key);
    return value.isValueNode() && !value.isNull() && !value.asString().isBlank()
        ? Optional.of(value.asString().strip())
        : Optional.empty();
  }

  /** A number above 0, also in quotes; nothing where it is left empty. */
  public Optional<BigDecimal> optionalNumber(String key) {
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

  public void requireNothingElse() {
    for (String key : root.propertyNames()) {
      if (!known.contains(key)) {
        throw new ConfigException(where(key) + " is not a key of this file: leave it out");
      }
    }
  }

  /** A secret, or where it is read from, as it is written; nothing where it is left empty. */
  public Optional<String> optionalSecret(String key, Predicate<String> isOne, String expected) {
    Optional<String> text = optionalText(key);
    if (text.filter(isOne.negate()).isPresent()) {
      throw hidden(key, expected);
    }
    return text;
  }

  public ConfigException hidden(String key, String expected) {
    return new ConfigException(where(key) + " is " + Redaction.HIDDEN + ": expected " + expected);
  }

  public String url(String key) {
    String text = text(key, ".*", VenueUrl.EXPECTED);
    return VenueUrl.normal(text)
        .orElseThrow(() ->
            new ConfigException(where(key) + " is " + text + ": expected " + VenueUrl.EXPECTED));
  }

  private ConfigException wrong(String key, JsonNode value, String expected) {
    return new ConfigException(
        where(key) + " is " + Redaction.shown(key, value.toString()) + ": expected " + expected);
  }
}
