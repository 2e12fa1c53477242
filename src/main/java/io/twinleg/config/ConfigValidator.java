package io.twinleg.config;

import static io.twinleg.config.ConfigValues.MARKETS;

import io.twinleg.core.model.InvalidSetting;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Checks what was written, key by key against the table: unknown, of another kind, missing. */
public final class ConfigValidator {
  private static final int MARKETS_MAX = 100;
  private static final String LIST =
      "an object or a list of objects, or \"auto\" for run and validate";

  /** No key is longer than this, and a longer name gets no suggestion. */
  private static final int NAME_MAX = 60;

  /** A part of a key suggests the key from so many letters on. */
  private static final int PART_MIN = 5;

  private final Map<String, ConfigNode> nodes;
  private final String file;
  private final Set<String> violations;
  private final ConfigValues values;

  private ConfigValidator(Map<String, ConfigNode> nodes, String file, Set<String> violations) {
    this.nodes = nodes;
    this.file = file;
    this.violations = violations;
    this.values = new ConfigValues(nodes, file);
  }

  static ConfigValues values(
      Map<String, ConfigNode> nodes, String file, Config.Mode mode, Set<String> violations) {
    ConfigValidator validator = new ConfigValidator(nodes, file, violations);
    validator.checkAll();
    validator.joinCooldowns();
    boolean isAster = validator.values.at("venue").filter("aster"::equals).isPresent();
    ConfigKey.all().stream().filter(key -> key.isNeeded(mode, isAster)).forEach(validator::require);
    return validator.values;
  }

  /** What was given, where it does not matter what is missing. */
  static ConfigValues given(Map<String, ConfigNode> nodes, String file, Set<String> violations) {
    ConfigValidator validator = new ConfigValidator(nodes, file, violations);
    validator.checkAll();
    return validator.values;
  }

  /** What is below a value that is refused is not looked at. */
  private void checkAll() {
    List<String> refused = new ArrayList<>();
    nodes.forEach((path, node) -> {
      boolean isBelow = refused.stream().anyMatch(each -> path.startsWith(each + "."));
      if (!path.isEmpty() && !isBelow && !check(path, node)) {
        refused.add(path);
      }
    });
  }

  private boolean check(String path, ConfigNode node) {
    if (path.equals(MARKETS) && node.isList()) {
      int count = ConfigValues.listed(nodes, MARKETS);
      if (count < 1 || count > MARKETS_MAX) {
        refuse(path, node, "a list of " + count, "from 1 to " + MARKETS_MAX + " markets");
      }
      if (count < 1) {
        ConfigKey.in(MARKETS).flatMap(values::paths).forEach(values::substitute);
      }
      return true;
    }
    boolean isMarket = values.markets().contains(path);
    boolean isOwnStrategy = values.keyOf(path + ".").equals("strategy.");
    if (!isMarket && !isOwnStrategy && !ConfigKey.sections().contains(path)) {
      return checkValue(path, node);
    }
    if (!node.isObject()) {
      String expected = path.equals(MARKETS) ? LIST : "an object";
      refuse(path, node, node.shown(path), expected);
      ConfigKey.in(isMarket ? MARKETS : path)
          .flatMap(values::paths)
          .filter(each -> each.startsWith(path))
          .forEach(values::substitute);
    }
    return node.isObject();
  }

  private boolean checkValue(String path, ConfigNode node) {
    String keyPath = values.keyOf(path);
    Optional<ConfigKey> key = ConfigKey.find(keyPath);
    if (key.isEmpty()) {
      String advice =
          suggestion(keyPath)
              .map(near -> "did you mean " + near + "?")
              .orElse("config_example.json shows every key");
      violations.add(
          node.origin().where() + ": unknown key " + Redaction.shown("", path) + ": " + advice);
      return false;
    }
    if (key.get().mayBeNull() && node.isNull()) {
      return true;
    }
    try {
      values.put(path, key.get().normal(path, node), node.origin());
      return true;
    } catch (InvalidSetting e) {
      refuse(path, node, e.found(), e.expected());
      values.put(path, key.get().sample(), node.origin());
      values.substitute(path);
      return false;
    }
  }

  private void refuse(String path, ConfigNode node, String found, String expected) {
    violations.add(node.origin().refusal(path, found, expected));
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
    IntStream.range(0, values.markets().size())
        .mapToObj(market -> values.path(market, key.path()))
        .distinct()
        .filter(path -> !values.isGiven(path) && !values.isFaulty(path))
        .forEach(path -> {
          ConfigNode section = nodes.get(path.substring(0, Math.max(0, path.lastIndexOf('.'))));
          String place = section == null || !path.contains(".") ? file : section.origin().where();
          String sample = key.isQuoted() ? "" : ", such as " + key.sample();
          violations.add(place + ": " + path + " is missing: expected " + key.expected() + sample);
          values.substitute(path);
        });
  }

  // ---- what a mistyped or misplaced key was probably meant to be

  private static Optional<String> suggestion(String path) {
    String name = path.substring(path.lastIndexOf('.') + 1);
    String section = path.substring(0, Math.max(0, path.indexOf('.')));
    Stream<String> beside =
        section.isEmpty()
            ? Stream.concat(ConfigKey.in("").map(ConfigKey::path), ConfigKey.sections().stream())
            : ConfigKey.in(section).map(ConfigKey::path);
    return ConfigKey.all().stream()
        .map(ConfigKey::path)
        .filter(known -> known.endsWith("." + name) && !section.isEmpty())
        .findFirst()
        .or(() -> LegacyConfig.modern(name))
        .or(() -> nearest(name, beside))
        .or(() -> nearest(name, ConfigKey.all().stream().map(ConfigKey::path)));
  }

  /** By the last names of the paths. */
  private static Optional<String> nearest(String name, Stream<String> paths) {
    return paths
        .filter(path -> isNear(name, path.substring(path.indexOf('.') + 1)))
        .min(
            Comparator.comparingInt(path -> distance(name, path.substring(path.indexOf('.') + 1))));
  }

  /**
   * Whether one may be meant by the other: at most a third of the letters may be wrong, as a guess
   * from further away does not help.
   */
  public static boolean isNear(String name, String known) {
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
