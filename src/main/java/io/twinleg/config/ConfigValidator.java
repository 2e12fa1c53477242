package io.twinleg.config;

import io.twinleg.core.model.InvalidSetting;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Checks what was written, key by key against the table: unknown, of another kind, missing. */
final class ConfigValidator {
  private static final String MARKETS = "markets";
  private static final String STRATEGY = "strategy";
  private static final int MARKETS_MAX = 100;

  /** No key is longer than this, and a longer name gets no suggestion. */
  private static final int NAME_MAX = 60;

  /** A part of a key suggests the key from so many letters on. */
  private static final int PART_MIN = 5;

  private final ConfigException.Violations violations;
  private final ConfigValues values;
  private final SourceLocation file;
  private final Map<String, SourceLocation> sections = new LinkedHashMap<>();

  private ConfigValidator(String file, ConfigException.Violations violations) {
    this.violations = violations;
    this.values = new ConfigValues(file);
    this.file = SourceLocation.unset(file);
  }

  static ConfigValues values(
      ConfigNode root, String file, Config.Mode mode, ConfigException.Violations violations) {
    ConfigValidator validator = new ConfigValidator(file, violations);
    root.children().forEach(validator::topLevel);
    validator.joinCooldowns();
    boolean isAster = validator.values.at("venue").filter("aster"::equals).isPresent();
    ConfigKey.all().stream().filter(key -> key.isNeeded(mode, isAster)).forEach(validator::require);
    return validator.values;
  }

  private void topLevel(String name, ConfigNode node) {
    if (name.equals(MARKETS)) {
      markets(node);
    } else if (!ConfigKey.isSection(name)) {
      leaf(name, name, node);
    } else if (node.isObject()) {
      sections.put(name, node.origin());
      leaves(name, name, node);
    } else {
      refuse(node, name, "an object");
      ConfigKey.in(name).map(ConfigKey::path).forEach(values::substitute);
    }
  }

  private void markets(ConfigNode node) {
    switch (node.form()) {
      case OBJECT -> market(0, node);
      case LIST -> {
        int count = node.children().size();
        if (count < 1 || count > MARKETS_MAX) {
          String expected = "from 1 to " + MARKETS_MAX + " markets";
          violations.add(node.origin().refusal(MARKETS, "a list of " + count, expected));
        }
        values.listMarkets(count);
        node.children().forEach((index, market) -> market(Integer.parseInt(index), market));
      }
      case TEXT, NUMBER, FLAG, NULL -> {
        refuse(node, MARKETS, "an object or a list of objects");
        substituteMarket(0);
      }
    }
  }

  private void market(int index, ConfigNode node) {
    String path = MARKETS + "." + index;
    if (!node.isObject()) {
      refuse(node, path, "an object");
      substituteMarket(index);
      return;
    }
    sections.put(path, node.origin());
    node.children()
        .forEach((name, value) -> {
          String child = path + "." + name;
          if (!name.equals(STRATEGY)) {
            leaf(child, MARKETS + "." + name, value);
          } else if (value.isObject()) {
            leaves(child, STRATEGY, value);
          } else {
            refuse(value, child, "an object");
          }
        });
  }

  private void substituteMarket(int index) {
    ConfigKey.in(MARKETS).map(key -> values.path(index, key.path())).forEach(values::substitute);
  }

  private void refuse(ConfigNode node, String path, String expected) {
    String display = values.display(path);
    violations.add(node.origin().refusal(display, node.shown(display), expected));
  }

  private void leaves(String path, String section, ConfigNode node) {
    node.children().forEach((name, value) -> leaf(path + "." + name, section + "." + name, value));
  }

  private void leaf(String path, String keyPath, ConfigNode node) {
    String display = values.display(path);
    Optional<ConfigKey> key = ConfigKey.find(keyPath);
    if (key.isEmpty()) {
      String advice =
          suggestion(keyPath)
              .map(near -> "did you mean " + near + "?")
              .orElse("config_example.json shows every key");
      violations.add(
          node.origin().where() + ": unknown key " + Redaction.shown("", display) + ": " + advice);
      return;
    }
    if (key.get().mayBeNull() && node.form() == ConfigNode.Form.NULL) {
      return;
    }
    try {
      values.put(path, ValueParser.read(key.get(), display, node), node.origin());
    } catch (InvalidSetting e) {
      violations.add(node.origin().refusal(display, e.found(), e.expected()));
      values.put(path, key.get().sample(), node.origin());
      values.substitute(path);
    }
  }

  /**
   * The cooldown may stand in either section; where both have it, they must agree (R31), unless one
   * of them is of the command line, which overrides the file.
   */
  private void joinCooldowns() {
    String here = ConfigKey.COOLDOWN;
    String other = ConfigKey.COOLDOWN_IN_STRATEGY;
    if (!values.isGiven(other)) {
      return;
    }
    String value = values.at(here).orElseThrow();
    String otherValue = values.at(other).orElseThrow();
    boolean isOverride = values.origin(here).isOverride();
    boolean otherIsOverride = values.origin(other).isOverride();
    if (!values.isGiven(here) || (otherIsOverride && !isOverride)) {
      values.put(here, otherValue, values.origin(other).spelled(other));
    } else if (!value.equals(otherValue) && isOverride == otherIsOverride) {
      String expected = "the same as %s (%s), or only one of the two".formatted(here, value);
      violations.add(values.origin(other).refusal(other, otherValue, expected));
    }
  }

  private void require(ConfigKey key) {
    boolean isOfMarket = key.section().equals(MARKETS);
    if (!isOfMarket && !(key.section().equals(STRATEGY) && values.markets() > 0)) {
      require(key, key.path());
    } else {
      IntStream.range(0, values.markets())
          .mapToObj(market -> values.path(market, key.path()))
          .distinct()
          .forEach(path -> require(key, path));
    }
  }

  private void require(ConfigKey key, String path) {
    if (values.isGiven(path) || values.isFaulty(path)) {
      return;
    }
    String section = path.substring(0, Math.max(0, path.lastIndexOf('.')));
    String sample = key.isQuoted() ? "" : ", such as " + key.sample();
    violations.add(
        "%s: %s is missing: expected %s"
            .formatted(
                sections.getOrDefault(section, file).where(),
                values.display(path),
                ValueParser.expectedOf(key) + sample));
    values.substitute(path);
  }

  // ---- what a mistyped or misplaced key was probably meant to be

  private static Optional<String> suggestion(String path) {
    if (path.indexOf('.') < 0) {
      return LegacyConfig.modern(path)
          .or(() -> nearest(path, ConfigKey.topLevel().stream()))
          .or(() -> elsewhere(path));
    }
    String section = path.substring(0, path.indexOf('.'));
    String name = last(path);
    return named(name)
        .or(() -> LegacyConfig.modern(name))
        .or(() ->
            nearest(name, ConfigKey.in(section).map(ConfigKey::name))
                .map(near -> section + "." + near))
        .or(() -> elsewhere(name));
  }

  /** The right name in the wrong section. */
  private static Optional<String> named(String name) {
    return ConfigKey.all().stream()
        .map(ConfigKey::path)
        .filter(path -> last(path).equals(name))
        .findFirst();
  }

  private static Optional<String> elsewhere(String name) {
    return nearest(name, ConfigKey.all().stream().map(key -> last(key.path())))
        .flatMap(ConfigValidator::named);
  }

  private static String last(String path) {
    return path.substring(path.lastIndexOf('.') + 1);
  }

  private static Optional<String> nearest(String name, Stream<String> known) {
    return known
        .filter(candidate -> isNear(name, candidate))
        .min(Comparator.comparingInt(candidate -> distance(name, candidate)));
  }

  /** At most a third of the letters may be wrong: a guess from further away does not help. */
  private static boolean isNear(String name, String known) {
    int longer = Math.min(NAME_MAX, Math.max(name.length(), known.length()));
    return name.length() <= NAME_MAX
        && (distance(name, known) <= Math.max(2, longer / 3)
            || (name.length() >= PART_MIN && known.contains(name)));
  }

  /** How many letters must be added, removed or changed. */
  private static int distance(String from, String to) {
    int[] previous = IntStream.rangeClosed(0, to.length()).toArray();
    for (int i = 1; i <= from.length(); i++) {
      int[] current = new int[to.length() + 1];
      current[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int change = from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1;
        int shift = Math.min(previous[j], current[j - 1]) + 1;
        current[j] = Math.min(previous[j - 1] + change, shift);
      }
      previous = current;
    }
    return previous[to.length()];
  }
}
