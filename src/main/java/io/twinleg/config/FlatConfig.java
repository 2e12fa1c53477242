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
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private final Path file;
  private final JsonNode root;
  private final Set<String> known = new TreeSet<>(Set.of(ConfigJson.COMMENTS));

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

  public String text(String key, String pattern, String expected) {
    return required(
            key, expected, value -> value.isString() && value.asString().strip().matches(pattern))
        .asString()
        .strip();
  }

  public BigDecimal number(String key, String min, String max) {
    return required(key, "a number from " + min + " to " + max, value -> isWithin(value, min, max))
        .decimalValue();
  }

  public int whole(String key, int min, int max) {
    String expected = "a whole number from " + min + " to " + max;
    return required(
            key,
            expected,
            value ->
                value.isIntegralNumber()
                    && isWithin(value, String.valueOf(min), String.valueOf(max)))
        .intValue();
  }

  private static boolean isWithin(JsonNode value, String min, String max) {
    return value.isNumber()
        && value.decimalValue().compareTo(new BigDecimal(min)) >= 0
        && value.decimalValue().compareTo(new BigDecimal(max)) <= 0;
  }

  public boolean flag(String key) {
    return required(key, "true or false", JsonNode::isBoolean).asBoolean();
  }

  public String url(String key) {
    String expected = Credentials.EXPECTED_URL;
    String text = text(key, ".*", expected);
    return Credentials.normalUrl(text).orElseThrow(() -> refused(key, text, expected));
  }

  private JsonNode required(String key, String expected, Predicate<JsonNode> fits) {
    known.add(key);
    JsonNode value = root.path(key);
    if (value.isMissingNode()) {
      throw new ConfigException(where(key) + " is missing: expected " + expected);
    }
    if (!fits.test(value)) {
      throw refused(key, Redaction.shown(key, value.toString()), expected);
    }
    return value;
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
    Optional<String> text = optionalText(key);
    try {
      Optional<BigDecimal> number = text.map(BigDecimal::new).filter(each -> each.signum() > 0);
      if (number.isPresent() || text.isEmpty()) {
        return number;
      }
    } catch (NumberFormatException notOne) {
      // refused below, with the key's name
    }
    throw refused(
        key, Redaction.shown(key, root.path(key).toString()), "a number above 0, or nothing");
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
    return refused(key, Redaction.HIDDEN, expected);
  }

  private ConfigException refused(String key, String found, String expected) {
    return new ConfigException(where(key) + " is " + found + ": expected " + expected);
  }

  private String where(String key) {
    return key + " in " + file;
  }

  public void requireNothingElse() {
    for (String key : root.propertyNames()) {
      if (!known.contains(key)) {
        throw new ConfigException(where(key) + " is not a key of this file: leave it out");
      }
    }
  }
}
