package io.twinleg.config;

import io.twinleg.config.ConfigNode.Form;
import io.twinleg.core.model.InvalidSetting;
import io.twinleg.core.model.SettingChecks;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;

/** One value of the kind of its key, in its one normal text: equal settings are equal texts. */
final class ValueParser {
  private static final int DIGITS_MAX = 18;
  private static final int NUMBER_LENGTH_MAX = 100;
  private static final String ADDRESS = "0x[0-9a-fA-F]{40}";
  private static final String NAME = "[^\\s\\p{Cntrl}/]+";

  private final ConfigKey key;
  private final String path;
  private final ConfigNode node;

  private ValueParser(ConfigKey key, String path, ConfigNode node) {
    this.key = key;
    this.path = path;
    this.node = node;
  }

  /**
   * @throws InvalidSetting when the value is of another kind, or out of the key's own range
   */
  static String read(ConfigKey key, String path, ConfigNode node) {
    ValueParser parser = new ValueParser(key, path, node);
    if (!node.isScalar()) {
      throw parser.refused(expectedOf(key));
    }
    return parser.normal();
  }

  private String normal() {
    return switch (key.kind()) {
      case DECIMAL -> decimal();
      case WHOLE -> whole();
      case FLAG -> flag();
      case CHOICE -> matching(key.choices().contains(text()));
      case NAME -> matching(text().matches(NAME));
      case PAIR -> matching(text().matches(NAME + "/" + NAME));
      case TEXT -> matching(!text().isBlank() && !text().matches("(?s).*\\p{Cntrl}.*"));
      case ADDRESS -> matching(text().matches(ADDRESS)).toLowerCase(Locale.ROOT);
      case SECRET -> matching(SecretReference.isKey(text()));
      case TOKEN -> matching(SecretReference.isToken(text()));
      case URL -> VenueUrl.normal(text()).orElseThrow(() -> refused(expectedOf(key)));
    };
  }

  static String expectedOf(ConfigKey key) {
    return switch (key.kind()) {
      case DECIMAL -> "a number";
      case WHOLE -> "a whole number";
      case FLAG -> "true or false";
      case CHOICE -> either(key.choices()) + (key.hint().isEmpty() ? "" : " (" + key.hint() + ")");
      case NAME -> "a name in double quotes, without spaces and slashes";
      case PAIR -> "a pair with one slash, such as \"HYPE/USDC\"";
      case TEXT -> "a text in double quotes";
      case ADDRESS -> "an address: 0x and 40 hexadecimal digits";
      case SECRET -> SecretReference.EXPECTED_KEY;
      case TOKEN -> SecretReference.EXPECTED_TOKEN;
      case URL -> VenueUrl.EXPECTED;
    };
  }

  /** "a, b or c". */
  private static String either(List<String> choices) {
    String last = choices.getLast();
    return choices.size() == 1
        ? last
        : String.join(", ", choices.subList(0, choices.size() - 1)) + " or " + last;
  }

  private String matching(boolean valid) {
    if (!valid) {
      throw refused(expectedOf(key));
    }
    return text();
  }

  /** What was typed after {@code --set KEY=} is a text also where it looks like a number. */
  private String text() {
    if (node.form() != Form.TEXT && !(node.origin().isUnquoted() && node.form() != Form.NULL)) {
      throw refused(expectedOf(key));
    }
    return node.text();
  }

  private String flag() {
    if (node.form() != Form.FLAG) {
      throw refused(expectedOf(key) + unquoted());
    }
    return node.text();
  }

  private String whole() {
    BigDecimal value = number();
    if (value.scale() > 0) {
      throw refused(expectedOf(key));
    }
    if (value.abs().compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) > 0) {
      throw refused("a whole number of at most " + Integer.MAX_VALUE);
    }
    if (!key.valid().isEmpty()) {
      SettingChecks.within(path, value.longValue(), Long.parseLong(min()), Long.parseLong(max()));
    }
    return value.toPlainString();
  }

  private String decimal() {
    BigDecimal value = number();
    if (key.valid().equals("0<")) {
      SettingChecks.positive(path, value);
    } else if (!key.valid().isEmpty()) {
      SettingChecks.within(path, value, min(), max());
    }
    return value.toPlainString();
  }

  private String min() {
    return key.valid().substring(0, key.valid().indexOf(".."));
  }

  private String max() {
    return key.valid().substring(key.valid().indexOf("..") + 2);
  }

  /** Finite, and of at most 18 digits on either side; checked before it is expanded. */
  private BigDecimal number() {
    if (node.form() != Form.NUMBER) {
      throw refused(expectedOf(key) + unquoted());
    }
    BigDecimal value = parsed().stripTrailingZeros();
    if ((long) value.precision() - value.scale() > DIGITS_MAX || value.scale() > DIGITS_MAX) {
      throw refused(tooLong());
    }
    return value.scale() < 0 ? value.setScale(0) : value;
  }

  private BigDecimal parsed() {
    String text = node.text();
    if (text.endsWith("NaN") || text.endsWith("Infinity") || text.endsWith("INF")) {
      throw refused("a finite number");
    }
    if (text.length() > NUMBER_LENGTH_MAX) {
      throw refused(tooLong());
    }
    try {
      return new BigDecimal(text);
    } catch (NumberFormatException e) {
      // An exponent that no int holds.
      throw refused(tooLong());
    }
  }

  private static String tooLong() {
    return "a number of at most %d digits before and %d after the point"
        .formatted(DIGITS_MAX, DIGITS_MAX);
  }

  private String unquoted() {
    return node.form() == Form.TEXT && !node.origin().isUnquoted() ? " without quotes" : "";
  }

  private InvalidSetting refused(String expected) {
    return new InvalidSetting(path, node.shown(path), expected);
  }
}
